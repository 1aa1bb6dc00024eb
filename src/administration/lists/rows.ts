import { fullName } from '../../account/names.ts'
import { barOf } from '../../account/rules.ts'
import { csvLine } from '../../web/csv.ts'
import type { Finding } from './compare.ts'

/** Columns of a comparison, to hand over: what the list says, and what is so here. */
export const comparisonColumns = [
  'finding',
  'differs',
  'line',
  'their_username',
  'their_name',
  'their_email',
  'username',
  'name',
  'email',
  'state',
] as const

type Column = (typeof comparisonColumns)[number]

export const comparisonRow = (
  { kind, entry, account, differs }: Finding,
  now: number,
): Readonly<Record<Column, string | number | null>> => ({
  finding: kind,
  differs: differs.join(' '),
  line: entry?.line ?? null,
  their_username: entry?.username ?? null,
  their_name: entry?.name ?? null,
  their_email: entry?.email ?? null,
  username: account?.username ?? null,
  name: account === undefined ? null : fullName(account.firstName, account.lastName),
  email: account?.email ?? null,
  state: account === undefined ? null : (barOf(account.state, now) ?? 'active'),
})

export const comparisonLine = (finding: Finding, now: number): string => {
  const row = comparisonRow(finding, now)
  return csvLine(comparisonColumns.map(name => row[name]))
}
