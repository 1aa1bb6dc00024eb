import { setImmediate as turn } from 'node:timers/promises'
import { foldName, fullName, wordsOf } from '../../account/names.ts'
import { type AccountState, barOf } from '../../account/rules.ts'
import type { ListEntry } from './mapping.ts'

/** One of our accounts, as far as it is compared. */
export interface OurAccount {
  readonly id: string
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly state: AccountState
}

/**
 * `left`: open over there, deactivated or closed here; `unknown`: open over there, nobody here; `missing`: open here, not
 * over there; `differs`: the same person with another name or email address.
 */
export const findingKinds = ['left', 'unknown', 'missing', 'differs'] as const
export type FindingKind = (typeof findingKinds)[number]

export interface Finding {
  readonly kind: FindingKind
  /** Over there; undefined: not in the list. */
  readonly entry: ListEntry | undefined
  readonly account: OurAccount | undefined
  readonly differs: readonly ('name' | 'email')[]
}

/** Entries, or accounts, after which others get their turn. */
const slice = 500

/** Looks one thing up; what several have tells nobody apart. */
async function indexBy(accounts: readonly OurAccount[], keyOf: (account: OurAccount) => string) {
  const index = new Map<string, OurAccount | null>()
  for (const [place, account] of accounts.entries()) {
    if (place % slice === slice - 1) await turn()
    const key = keyOf(account)
    if (key !== '') index.set(key, index.has(key) ? null : account)
  }
  return (key: string): OurAccount | undefined => (key === '' ? undefined : (index.get(key) ?? undefined))
}

/** A name in whatever order and writing: "Warsame, Amina" is "Amina Warsame". */
const nameOf = (text: string): string => wordsOf(text).toSorted().join(' ')
const ourName = ({ firstName, lastName }: OurAccount): string => nameOf(fullName(firstName, lastName))

function differences(entry: ListEntry, account: OurAccount): Finding['differs'] {
  const [name, email] = [nameOf(entry.name), foldName(entry.email)]
  return [
    ...(name !== '' && name !== ourName(account) ? (['name'] as const) : []),
    ...(email !== '' && email !== foldName(account.email) ? (['email'] as const) : []),
  ]
}

const hasLeft = (account: OurAccount, now: number): boolean => {
  const bar = barOf(account.state, now)
  return bar === 'deactivated' || bar === 'closed'
}

/**
 * Compares a list with our accounts: by username, else by email address, else by name, where only one of ours has it.
 * Findings come kind by kind, in the order of the list and then of ours. `now` in milliseconds since 1970.
 */
export async function compareList(
  entries: readonly ListEntry[],
  accounts: readonly OurAccount[],
  now: number,
): Promise<readonly Finding[]> {
  const byUsername = await indexBy(accounts, ({ username }) => foldName(username))
  const byEmail = await indexBy(accounts, ({ email }) => foldName(email))
  const byName = await indexBy(accounts, ourName)
  const found: Finding[] = []
  const open = new Set<string>()
  for (const [index, entry] of entries.entries()) {
    if (index % slice === slice - 1) await turn()
    const account =
      byUsername(foldName(entry.username)) ?? byEmail(foldName(entry.email)) ?? byName(nameOf(entry.name))
    if (account === undefined) {
      if (entry.isActive) found.push({ kind: 'unknown', entry, account, differs: [] })
      continue
    }
    if (entry.isActive) open.add(account.id)
    const isLeft = hasLeft(account, now)
    const differs = differences(entry, account)
    if (isLeft && entry.isActive) found.push({ kind: 'left', entry, account, differs })
    else if (!isLeft && differs.length > 0) found.push({ kind: 'differs', entry, account, differs })
  }
  for (const account of accounts)
    if (!open.has(account.id) && !hasLeft(account, now))
      found.push({ kind: 'missing', entry: undefined, account, differs: [] })
  return findingKinds.flatMap(kind => found.filter(finding => finding.kind === kind))
}
