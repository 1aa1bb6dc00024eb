/** `docs/THREATS.md` and `docs/accessibility.md` may only name tests that exist. */
import { readFileSync } from 'node:fs'
import { missingTests } from './named-tests.ts'

if (import.meta.main) {
  const missing = ['docs/THREATS.md', 'docs/accessibility.md'].flatMap(path =>
    missingTests(readFileSync(path, 'utf8')).map(line => `${path}: ${line}`),
  )
  for (const line of missing) process.stderr.write(`${line}\n`)
  process.exitCode = missing.length === 0 ? 0 : 1
}
