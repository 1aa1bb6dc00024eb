import { setImmediate as turn } from 'node:timers/promises'
import { foldName } from '../../account/rules.ts'
import type { Store, Tx } from '../../store/store.ts'
import { stillHolds } from '../../training/rules.ts'
import { lookalikes } from '../create/rules.ts'
import { readPlaces } from '../create/store.ts'
import { inScope, type Scope } from '../scope.ts'
import { type CheckedRow, type OpenPlaces, type PersonRow, usernamesToLookFor } from './rules.ts'

type Reader = Store['read'] | Tx['db']

/** Values in one query. Each query has exactly so many, so that its text is prepared once. */
const valuesAtOnce = 500

/** The values in lists of one length; the last list is filled up with its own last value. */
function lists(values: Iterable<string>): readonly (readonly string[])[] {
  const all = [...new Set(values)]
  return Array.from({ length: Math.ceil(all.length / valuesAtOnce) }, (_, index) => {
    const list = all.slice(index * valuesAtOnce, (index + 1) * valuesAtOnce)
    return [...list, ...Array<string>(valuesAtOnce - list.length).fill(list.at(-1) ?? '')]
  })
}

/** The open organizations and workgroups within the agent's limit, with the names that search words are made of. */
export async function openPlaces(
  store: Store,
  scope: Scope,
): Promise<OpenPlaces & { readonly organizationNames: ReadonlyMap<string, string> }> {
  const { organizations, workgroups } = await readPlaces(store, scope)
  const byName = (list: typeof organizations) =>
    new Map(list.map(({ id, name }) => [foldName(name), id] as const))
  return {
    organizations: byName(organizations),
    workgroups: byName(workgroups),
    isLimited: scope !== undefined,
    organizationNames: new Map(organizations.map(({ id, name }) => [id, name])),
  }
}

/** Which of the usernames that these rows must not have, or must not look like, are taken. */
export async function takenUsernames(db: Reader, rows: readonly PersonRow[]): Promise<ReadonlySet<string>> {
  const taken = new Set<string>()
  for (const list of lists(rows.flatMap(usernamesToLookFor))) {
    const found = await db
      .selectFrom('account')
      .select('username_key')
      .where('username_key', 'in', list)
      .execute()
    for (const { username_key } of found) taken.add(username_key)
    await turn()
  }
  return taken
}

/** Which of the rows' addresses belong to accounts that an agent with this limit may see. */
export async function knownEmails(
  db: Reader,
  rows: readonly PersonRow[],
  scope: Scope,
): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (const list of lists(rows.map(({ email }) => foldName(email)))) {
    const found = await db
      .selectFrom('account')
      .select('email_key')
      .where('email_key', 'in', list)
      .where(inScope(scope))
      .execute()
    for (const { email_key } of found) known.add(email_key)
  }
  return known
}

/** What policy asks of the training of a new person. */
export interface TrainingAsked {
  readonly trainingMonths: number
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Which of the rows' addresses belong to people whose training Moodle knows to be finished, and not too long ago. */
export async function trainedEmails(
  db: Reader,
  rows: readonly PersonRow[],
  { trainingMonths, now }: TrainingAsked,
): Promise<ReadonlySet<string>> {
  const trained = new Set<string>()
  for (const list of lists(rows.map(({ email }) => foldName(email)))) {
    const found = await db
      .selectFrom('training_candidate')
      .select(['email_key', 'finished_at'])
      .where('email_key', 'in', list)
      .where('state', '=', 'finished')
      .execute()
    for (const { email_key, finished_at } of found) {
      const known = stillHolds({ kind: 'finished', at: finished_at ?? undefined }, trainingMonths, now)
      if (known.kind === 'finished') trained.add(email_key)
    }
  }
  return trained
}

/** Milliseconds by which the clocks of two processes may differ. */
const clockMargin = 10 * 60_000

/**
 * Whether one of the rows no longer fits the store as it is inside this transaction: a place was closed, or somebody
 * with such a username or address was made since the check. Two equal usernames at the same moment are told apart by
 * the store itself.
 */
export async function hasChanged(
  { db }: Tx,
  rows: readonly CheckedRow[],
  scope: Scope,
  checkedAt: number,
): Promise<boolean> {
  const usernames = new Set(rows.map(({ username }) => username))
  const since = await db
    .selectFrom('account')
    .select('username_key')
    .where('id', '>', firstIdAt(checkedAt - clockMargin))
    .execute()
  for (const [index, { username_key }] of since.entries()) {
    if ([username_key, ...lookalikes(username_key)].some(name => usernames.has(name))) return true
    if (index % valuesAtOnce === 0) await turn()
  }
  if ((await knownEmails(db, rows, scope)).size > 0) return true
  const organizations = new Set(rows.flatMap(row => row.organizationIds))
  const workgroups = new Set(rows.flatMap(row => row.workgroupIds))
  return (
    (scope !== undefined && [...organizations].some(id => !scope.includes(id))) ||
    !(await areOpen(db, 'organization', organizations)) ||
    !(await areOpen(db, 'workgroup', workgroups))
  )
}

/** The smallest id (UUIDv7) that can be made in a millisecond. */
function firstIdAt(now: number): string {
  const hex = now.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

async function areOpen(
  db: Reader,
  table: 'organization' | 'workgroup',
  ids: ReadonlySet<string>,
): Promise<boolean> {
  if (ids.size === 0) return true
  const found = await db.selectFrom(table).select('id').where('retired_at', 'is', null).execute()
  const open = new Set(found.map(({ id }) => id))
  return [...ids].every(id => open.has(id))
}
