import { createHash } from 'node:crypto'

/**
 * Migrations that stores have run, each with the digest of its file (SHA-256, 16 hexadecimal signs). Whoever edits one
 * makes two different schemas of the same number; a change is a migration of its own. A release adds its new ones here.
 */
export const frozenMigrations: Readonly<Record<string, string>> = {
  '001-front-door.ts': 'd3ad01164de5a924',
  '002-the-desk.ts': 'e74c428a2486e368',
  '003-words-of-an-account.ts': '20f0d837e0f2e5d3',
  '004-several-authenticators.ts': 'b51dec044a1f017a',
  '005-one-id-of-a-sign-in.ts': '0e12a6a53d145bc2',
  '006-what-a-mail-server-said.ts': 'bede98c155d2dddf',
  '007-birth-of-a-chain.ts': '0f2cd8c6d50b9073',
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

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)
