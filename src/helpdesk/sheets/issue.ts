import type { Bar } from '../../account/rules.ts'
import type { Act } from '../../administration/act.ts'
import {
  issueTemporaryPassword,
  type PreparedPassword,
  preparePassword,
} from '../../administration/credential.ts'
import { mailWelcome, type WelcomeParts } from '../../administration/welcome.ts'
import type { Hasher } from '../../password/hashing.ts'
import type { Policy } from '../../policy/table.ts'
import type { Tx } from '../../store/store.ts'
import type { SheetsEntry } from './rules.ts'
import { type Newcomer, stillNew, type Wanted } from './store.ts'

/** The credential given to one person. */
export interface Given {
  readonly person: Newcomer
  /** To be shown once, on the sheet. */
  readonly temporaryPassword: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  /** Why they still cannot sign in with it. */
  readonly bar: Bar | undefined
}

/** A temporary password for each, hashed after everyone who is signing in; undefined when the server is too busy. */
export async function preparePasswords(
  hasher: Hasher,
  count: number,
): Promise<readonly PreparedPassword[] | undefined> {
  const all = await Promise.all(Array.from({ length: count }, () => preparePassword(hasher, 'import')))
  const made = all.flatMap(one => (one.busy ? [] : [one.value]))
  return made.length === count ? made : undefined
}

/**
 * Puts a temporary password in force for everyone chosen who is as the page showed them, and mails the link where that
 * was asked for. Who has changed meanwhile, or is not the agent's to manage, is left out.
 */
export async function giveAll(
  parts: WelcomeParts,
  tx: Tx,
  wanted: Wanted,
  act: Omit<Act, 'subjectId' | 'seenVersion'>,
  entry: Pick<SheetsEntry, 'chosen' | 'how'>,
  passwords: readonly PreparedPassword[],
  given: { readonly policy: Policy },
): Promise<readonly Given[]> {
  const people = await stillNew(
    tx,
    wanted,
    entry.chosen.map(({ id }) => id),
  )
  const done: Given[] = []
  for (const [index, { id, version }] of entry.chosen.entries()) {
    const person = people.get(id)
    const password = passwords[index]
    if (person === undefined || password === undefined) continue
    const one = { ...act, subjectId: id, seenVersion: version }
    const { hash, text } = password
    const issued =
      entry.how === 'mail'
        ? await mailWelcome(parts, tx, one, { ...given, hash })
        : await issueTemporaryPassword(parts, tx, one, hash, given.policy)
    if (issued.ok) done.push({ person, temporaryPassword: text, ...issued.value })
  }
  return done
}
