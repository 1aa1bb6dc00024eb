import { setImmediate as turn } from 'node:timers/promises'
import { foldName, nameKey } from '../../account/names.ts'
import { firstIdAt } from '../../store/ids.ts'
import type { Role } from '../../store/schema.ts'
import type { Store, Tx } from '../../store/store.ts'
import { stillHolds, type TrainingGate } from '../../training/rules.ts'
import { giveableBy, readPlaces } from '../places.ts'
import { holds, inReach, type Reach } from '../reach.ts'
import { lookalikes } from '../usernames.ts'
import { type CheckedRow, type OpenPlaces, type PersonRow, usernamesToLookFor } from './rules.ts'

type Reader = Store['read'] | Tx['db']

/** Values in one query. Each query has exactly so many, so that its text is prepared once. */
const valuesAtOnce = 500

/** The values in lists of one length; the last list is filled up with its own last value. */
export function lists(values: Iterable<string>): readonly (readonly string[])[] {
  const all = [...new Set(values)]
  return Array.from({ length: Math.ceil(all.length / valuesAtOnce) }, (_, index) => {
    const list = all.slice(index * valuesAtOnce, (index + 1) * valuesAtOnce)
    return [...list, ...Array<string>(valuesAtOnce - list.length).fill(list.at(-1) ?? '')]
  })
}

/** The addresses by which rows are looked for; nobody is found by having none. */
const addressesOf = (rows: readonly PersonRow[]): readonly string[] =>
  rows.map(({ email }) => foldName(email)).filter(key => key !== '')

/** The open organizations and workgroups within the agent's limit. */
export async function openPlaces(store: Store, { reach, role }: Limits): Promise<OpenPlaces> {
  const { organizations, workgroups } = await readPlaces(store, reach, role)
  const byName = (list: typeof organizations) =>
    new Map(list.map(({ id, name }) => [nameKey(name), id] as const))
  return {
    organizations: byName(organizations),
    workgroups: byName(workgroups),
    isLimited: reach !== undefined,
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

/** Which of the rows' addresses belong to accounts that an agent with this limit may see, or that sign in with them. */
export async function knownEmails(
  db: Reader,
  rows: readonly PersonRow[],
  reach: Reach,
): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (const list of lists(addressesOf(rows))) {
    const found = await db
      .selectFrom('account')
      .select('email_key')
      .where('email_key', 'in', list)
      .where(eb => eb.or([inReach(reach), eb('sign_in_email_key', 'is not', null)]))
      .execute()
    for (const { email_key } of found) known.add(email_key)
  }
  return known
}

/** What an agent's import is held to. */
export interface Limits {
  /** Says which workgroups the agent may give. */
  readonly role: Role
  readonly reach: Reach
  /** Undefined: nobody's training is asked for. */
  readonly training: TrainingAsked | undefined
}

/** What policy asks of the training of a new person. */
export interface TrainingAsked {
  /** `warn`: who is not known to be trained is named; `required`: nobody else is made. */
  readonly gate: Exclude<TrainingGate, 'off'>
  /** Why people are imported though their training is not known to be finished; '' for no reason. */
  readonly override: string
  readonly trainingMonths: number
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Which of the rows' addresses belong to people whose training Moodle knows to be finished, and not too long ago. */
export async function trainedEmails(
  db: Reader,
  rows: readonly PersonRow[],
  { trainingMonths, now }: Pick<TrainingAsked, 'trainingMonths' | 'now'>,
): Promise<ReadonlySet<string>> {
  const trained = new Set<string>()
  for (const list of lists(addressesOf(rows))) {
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

/** Accounts that may have been made since a check: usernames by id. */
async function madeSince(db: Reader, checkedAt: number): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('account')
    .select(['id', 'username_key'])
    .where('id', '>', firstIdAt(checkedAt - clockMargin))
    .execute()
  return new Map(rows.map(({ id, username_key }) => [id, username_key]))
}

/** Usernames that are looked at before others get their turn. */
const namesAtOnce = 500

/** Findings from before others had to wait: most of the look at new usernames is behind it then. */
export interface FirstLook {
  readonly usernames: ReadonlySet<string>
  readonly seen: ReadonlySet<string>
}

/** Looks at the accounts made since the check; undefined: one of them has a username that a row must not have now. */
export async function lookFirst(
  { read }: Store,
  rows: readonly CheckedRow[],
  checkedAt: number,
): Promise<FirstLook | undefined> {
  const usernames = new Set(rows.map(({ username }) => username))
  const since = [...(await madeSince(read, checkedAt))]
  for (let from = 0; from < since.length; from += namesAtOnce) {
    if (since.slice(from, from + namesAtOnce).some(([, username]) => clashes(username, usernames)))
      return undefined
    await turn()
  }
  return { usernames, seen: new Set(since.map(([id]) => id)) }
}

const clashes = (username: string, usernames: ReadonlySet<string>): boolean =>
  usernames.has(username) || lookalikes(username).some(name => usernames.has(name))

/**
 * Tells whether one of the rows no longer fits the store as it is inside this transaction: a place was closed, training was
 * taken back where it is asked for, or somebody with such a username or address was made since the check. Two equal
 * usernames at the same moment are told apart by the store itself.
 */
export async function hasChanged(
  { db }: Tx,
  rows: readonly CheckedRow[],
  { reach, role, training }: Limits,
  checkedAt: number,
  { usernames, seen }: FirstLook,
): Promise<boolean> {
  for (const [id, username] of await madeSince(db, checkedAt))
    if (!seen.has(id) && clashes(username, usernames)) return true
  if ((await knownEmails(db, rows, reach)).size > 0) return true
  if (training !== undefined && isClosed(training)) {
    const trained = await trainedEmails(db, rows, training)
    if (rows.some(({ email }) => !trained.has(foldName(email)))) return true
  }
  const organizations = new Set(rows.flatMap(row => row.organizationIds))
  const workgroups = new Set(rows.flatMap(row => row.workgroupIds))
  const giveable = await giveableBy(db, role, reach)
  return (
    ![...workgroups].every(id => holds(giveable, id)) ||
    (reach !== undefined && [...organizations].some(id => !reach.includes(id))) ||
    !(await areOpen(db, 'organization', organizations)) ||
    !(await areOpen(db, 'workgroup', workgroups))
  )
}

/** Tells whether nobody is made whose training is not known to be finished. */
export const isClosed = ({ gate, override }: TrainingAsked): boolean => gate === 'required' && override === ''

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
