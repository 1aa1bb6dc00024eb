/** `docs/THREATS.md` and `docs/accessibility.md` may only name tests that exist: each row ends with `file` › name. */
import { existsSync, readFileSync } from 'node:fs'

const named = /`([^`]+\.test\.ts)` › (.+?) \|$/gm

/** What is wrong with the named tests; empty: nothing. */
export function missingTests(document: string): readonly string[] {
  return [...document.matchAll(named)].flatMap(([, file = '', name = '']) => {
    if (!existsSync(file)) return [`${file} does not exist`]
    return readFileSync(file, 'utf8').includes(name) ? [] : [`${file} has no test "${name}"`]
  })
}

if (import.meta.main) {
  const missing = ['docs/THREATS.md', 'docs/accessibility.md'].flatMap(path =>
    missingTests(readFileSync(path, 'utf8')).map(line => `${path}: ${line}`),
  )
  for (const line of missing) process.stderr.write(`${line}\n`)
  process.exit(missing.length === 0 ? 0 : 1)
}
