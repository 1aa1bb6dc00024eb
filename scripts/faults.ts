/**
 * `npm run faults`: asks the npm registry whether a part that runs in Lintel has a known fault (ASVS V15.2.1). Fails on one
 * that is called high or critical. A registry that gives no answer proves nothing: that is said, and is no failure.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

interface Part {
  readonly name: string
  readonly severity: string
  readonly via: readonly (string | { readonly title: string; readonly url: string })[]
}

interface Answer {
  readonly vulnerabilities?: Readonly<Record<string, Part>>
  /** Instead of faults: why there is no answer. */
  readonly message?: string
}

const grave = new Set(['high', 'critical'])

/** What to say of npm's answer in JSON, and whether it is a failure. */
export function tellFaults(text: string): { readonly lines: readonly string[]; readonly failed: boolean } {
  const { vulnerabilities, message = 'npm printed nothing' }: Answer = text === '' ? {} : JSON.parse(text)
  if (vulnerabilities === undefined)
    return { lines: [`Not known: the registry gave no answer (${message}).`], failed: false }
  const parts = Object.values(vulnerabilities)
  const lines = parts.map(({ name, severity, via }) => {
    const causes = via.map(cause => (typeof cause === 'string' ? cause : `${cause.title} ${cause.url}`))
    return `${severity}: ${name}: ${causes.join(', ')}`
  })
  return {
    lines: lines.length === 0 ? ['No part that runs has a known fault.'] : lines,
    failed: parts.some(({ severity }) => grave.has(severity)),
  }
}

if (import.meta.main) {
  const words = ['audit', '--omit=dev', '--json', '--fetch-retries=0']
  const { stdout } = spawnSync('npm', words, { cwd: join(import.meta.dirname, '..'), encoding: 'utf8' })
  const { lines, failed } = tellFaults(stdout ?? '')
  for (const line of lines) process.stdout.write(`${line}\n`)
  if (failed) process.exitCode = 1
}
