/** `docs/THREATS.md` may only name tests that exist: each row ends with `file` › name. */
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
  const missing = missingTests(readFileSync('docs/THREATS.md', 'utf8'))
  for (const line of missing) process.stderr.write(`docs/THREATS.md: ${line}\n`)
  process.exit(missing.length === 0 ? 0 : 1)
}
