import { createHash } from 'node:crypto'

/**
 * Migrations that stores have run, each with the digest of its SQL (SHA-256, 16 hexadecimal digits). Whoever edits one
 * makes two different schemas of the same number; a change is a migration of its own. A release adds its new ones here.
 */
export const frozenMigrations: Readonly<Record<string, string>> = {
  '001-front-door.ts': '493521570b22b78a',
  '002-the-desk.ts': 'b84a9184f0a8749c',
  '003-words-of-an-account.ts': 'f9856631da69b71d',
  '004-several-authenticators.ts': 'ece84a7c0bc4d859',
  '005-one-id-of-a-sign-in.ts': '5e1779acd47bd16e',
  '006-what-a-mail-server-said.ts': '163e0c3867492e7a',
  '007-birth-of-a-chain.ts': 'd2efc9ec70e0b479',
  '008-applications.ts': 'e62c2fe953ef8ff8',
}

const folder = 'src/store/migrations/'

/** Frozen migrations that are gone or no longer what was run. */
export function findThawed(
  sources: Readonly<Record<string, string>>,
  frozen = frozenMigrations,
): readonly string[] {
  return Object.entries(frozen)
    .filter(([name, digest]) => digestOf(sources[folder + name] ?? '') !== digest)
    .map(([name]) => `${folder}${name}: stores have run it as it was. Write a new migration instead.`)
}

/** From the first backtick on: comments before the SQL may be put better. */
const digestOf = (text: string): string =>
  createHash('sha256')
    .update(text.slice(Math.max(0, text.indexOf('`'))))
    .digest('hex')
    .slice(0, 16)
