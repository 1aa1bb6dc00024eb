import { foldName } from '../../account/names.ts'
import { mayManage } from '../../account/rules.ts'
import { type WorkFacts, workFields, workFrom } from '../../account/work.ts'
import type { Role } from '../../store/schema.ts'
import type { Details } from '../details.ts'
import { checkNames, type Names, namesFrom, tidyEntry, tidyNames } from '../entry.ts'
import { checkWork, tidyWork } from '../work-entry.ts'
import type { PeopleField } from './columns.ts'
import type { RowProblem } from './problems.ts'
import { namesOf } from './rules.ts'

/** What a file may change of an account that is here. */
const updateFields = ['firstName', 'lastName', 'email', ...workFields] as const
export type UpdateField = (typeof updateFields)[number]

/** Accounts that one file changes at most: it is one transaction, for which others who write wait on SQLite. */
const mostChanged = 1_000

/** A row as written: what is not in the file, or blank, is absent. */
export interface WrittenUpdate {
  /** Where the row ends in the file; the first line is 1. */
  readonly line: number
  /** Empty: the account is found by its email. */
  readonly username: string
  readonly given: Readonly<Partial<Record<UpdateField, string>>>
  readonly problems: readonly RowProblem[]
  /** Version of the account in an earlier preview. */
  readonly seenVersion?: number
}

/** An account that a row may mean. */
export interface Found extends Names, WorkFacts {
  readonly id: string
  readonly username: string
  readonly version: number
  readonly role: Role
  /** The agent sees all that they work in. */
  readonly isWhole: boolean
}

interface Change {
  readonly field: UpdateField
  readonly before: string
  readonly after: string
}

/** A row beside its account: only what changes, or why nothing may. */
export interface UpdateRow {
  readonly written: WrittenUpdate
  /** Undefined: no account was found, or several. */
  readonly account: Pick<Found, 'id' | 'username' | 'version' | 'firstName' | 'lastName'> | undefined
  readonly changes: readonly Change[]
  /** The account's details with the changes. */
  readonly after: Details | undefined
  /** Somebody changed the account since an earlier preview. */
  readonly isStale: boolean
  readonly problems: readonly RowProblem[]
}

/** Reads the cells of a row. A blank one says nothing. */
export function readUpdate(
  cell: (name: PeopleField) => string,
  line: number,
  extra: readonly string[],
): WrittenUpdate {
  const split = namesOf(cell('name'))
  const { username, ...names } = tidyEntry({ ...namesFrom(cell), username: cell('username') })
  const texts = {
    ...names,
    firstName: names.firstName || split.firstName,
    lastName: names.lastName || split.lastName,
    ...tidyWork(workFrom(cell)),
  }
  return {
    line,
    username,
    given: Object.fromEntries(
      updateFields.map(field => [field, texts[field]] as const).filter(([, text]) => text !== ''),
    ),
    problems: extra.some(text => text !== '') ? [{ code: 'import.cells' }] : [],
  }
}

/** Compares a row with the accounts that it may mean. */
export function planUpdate(written: WrittenUpdate, found: readonly Found[], role: Role): UpdateRow {
  const [account, another] = found
  const nothing = { written, account: undefined, changes: [], after: undefined, isStale: false }
  const key = written.username || (written.given.email ?? '')
  const refuse = (code: RowProblem['code']): UpdateRow => ({
    ...nothing,
    problems: [...written.problems, { code, text: key }],
  })
  if (key === '') return refuse('import.no-key')
  if (account === undefined) return refuse('import.not-found')
  if (another !== undefined) return refuse('import.email-several')
  const { id, username, version, firstName, lastName } = account
  const merged = { ...account, ...givenBeside(written) }
  const [names, work] = [tidyNames(merged), tidyWork(merged)]
  const changes = updateFields
    .map(field => ({ field, before: account[field], after: { ...names, ...work }[field] }))
    .filter(change => change.before !== change.after)
  const problems: RowProblem[] = [...written.problems]
  if (changes.length > 0) {
    if (!mayManage(role, account.role)) problems.push({ code: 'account.not-yours' })
    else if (!account.isWhole) problems.push({ code: 'account.works-elsewhere' })
    problems.push(...checkNames(names), ...checkWork(work))
  }
  const { seenVersion = version } = written
  return {
    written,
    account: { id, username, version, firstName, lastName },
    changes,
    after: { ...names, work },
    isStale: seenVersion !== version,
    problems,
  }
}

/** What is given besides what the account is found by: that is not changed. */
function givenBeside({ username, given }: WrittenUpdate): WrittenUpdate['given'] {
  const { email, ...others } = given
  return username === '' ? others : given
}

/** The new address of a row, folded; undefined: it stays. */
export const newEmailOf = ({ changes }: UpdateRow): string | undefined => {
  const after = changes.find(({ field }) => field === 'email')?.after
  return after && foldName(after)
}

/**
 * What rows have in common: an account is in a file once, a new address too. `signIns`: who signs in with an address, by
 * the folded one.
 */
export function checkTogether(
  rows: readonly UpdateRow[],
  signIns: ReadonlyMap<string, string>,
): readonly UpdateRow[] {
  const accounts = new Map<string, number>()
  const emails = new Map<string, number>()
  let changed = 0
  return rows.map(row => {
    const { written, account } = row
    const problems = [...row.problems]
    const twice = account && accounts.get(account.id)
    if (twice !== undefined) problems.push({ code: 'import.account-twice', line: twice })
    else if (account !== undefined) accounts.set(account.id, written.line)
    const email = newEmailOf(row)
    const line = email === undefined ? undefined : emails.get(email)
    const holder = email === undefined ? undefined : signIns.get(email)
    if (line !== undefined) problems.push({ code: 'import.email-twice', line })
    else if (email !== undefined) emails.set(email, written.line)
    if (holder !== undefined && holder !== account?.id)
      problems.push({ code: 'account.email-taken', field: 'email' })
    if (row.changes.length > 0) changed += 1
    if (row.changes.length > 0 && changed > mostChanged) problems.push({ code: 'import.too-many-changes' })
    return { ...row, problems }
  })
}

/** The row as it was written, for another look; what the agent saw of the account is kept. */
export const asWrittenUpdate = ({ written, account }: UpdateRow): WrittenUpdate => ({
  ...written,
  ...(account && { seenVersion: account.version }),
})

const rank = ({ problems, isStale, changes }: UpdateRow): number => {
  if (problems.length > 0) return 0
  if (isStale) return 1
  return changes.length > 0 ? 2 : 3
}

/** Rows in the order in which they are shown: errors, what changed meanwhile, what will change, and the rest. */
export const updatesInOrder = (rows: readonly UpdateRow[]): readonly UpdateRow[] =>
  rows.toSorted((one, other) => rank(one) - rank(other))
