import type { Ending, NamedGrant } from './grants.ts'

/** Columns of who had access; each row is one thing that one person had. */
export const accessColumns = [
  'account_id',
  'username',
  'first_name',
  'last_name',
  'kind',
  'name',
  'may_sign_in',
  'may_edit',
  'since',
  'authorized_by',
] as const

/** Columns of what ended. */
export const endedColumns = [...accessColumns, 'ended_at', 'ended_by', 'why'] as const

type AccessColumn = (typeof accessColumns)[number]
type EndedColumn = (typeof endedColumns)[number]

type Cell = string | number | null
type NameOf = (actor: string) => string

/** Lines that follow each other are mostly of one moment, which is written out once. */
let last = { at: 0, text: new Date(0).toISOString() }

function timeOf(at: number | null): string | null {
  if (at === null) return null
  if (last.at !== at) last = { at, text: new Date(at).toISOString() }
  return last.text
}

/** One row; times in UTC. Nothing in `since` and `authorized_by`: it was so when the log began to hold it. */
export const accessRow = (grant: NamedGrant, nameOf: NameOf): Readonly<Record<AccessColumn, Cell>> => ({
  account_id: grant.accountId,
  username: grant.username,
  first_name: grant.firstName,
  last_name: grant.lastName,
  kind: grant.kind,
  name: grant.name,
  may_sign_in: grant.flags?.signIn ?? null,
  may_edit: grant.flags?.edit ?? null,
  since: timeOf(grant.since),
  authorized_by: grant.by === null ? null : nameOf(grant.by),
})

export const endedRow = (ending: Ending, nameOf: NameOf): Readonly<Record<EndedColumn, Cell>> => ({
  ...accessRow(ending, nameOf),
  ended_at: timeOf(ending.endedAt),
  ended_by: nameOf(ending.endedBy),
  why: ending.why,
})
