import { readFileSync } from 'node:fs'

/** Settings that are secrets, or hold one: each can stand in a file that is named by its name with `_FILE` instead. */
export const secretSettings = ['DATABASE_URL', 'SMTP_URL', 'MOODLE_TOKEN', 'LINTEL_METRICS_TOKEN'] as const

type Env = Readonly<Record<string, string | undefined>>

/** The environment with what the files of secrets say, and without their names. */
export function readSecretSettings(given: Env): { readonly env: Env; readonly problems: readonly string[] } {
  const env = { ...given }
  const problems: string[] = []
  for (const name of secretSettings) {
    const path = env[`${name}_FILE`]
    delete env[`${name}_FILE`]
    if (path === undefined || path === '') continue
    if (env[name] !== undefined && env[name] !== '') {
      problems.push(`${name} and ${name}_FILE are both set: set one of them.`)
      continue
    }
    try {
      env[name] = readFileSync(path, 'utf8').replace(/\r?\n$/, '')
      if (env[name] === '') problems.push(`${name}_FILE names a file that is empty.`)
    } catch {
      problems.push(`${name}_FILE names a file that is not there, or that this user may not read.`)
    }
  }
  return { env, problems }
}
