/** `docs/THREATS.md` and `docs/accessibility.md` may only name tests, documents and headings that exist. */
import { readFileSync } from 'node:fs'
import { missingLinks, missingTests } from './named-tests.ts'

const documents = ['docs/THREATS.md', 'docs/SECURITY.md', 'docs/accessibility.md']

if (import.meta.main) {
  const missing = documents.flatMap(path => {
    const text = readFileSync(path, 'utf8')
    return [...missingTests(text), ...missingLinks(path, text)].map(line => `${path}: ${line}`)
  })
  for (const line of missing) process.stderr.write(`${line}\n`)
  process.exitCode = missing.length === 0 ? 0 : 1
}
