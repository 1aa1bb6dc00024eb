import { sql } from 'kysely'
import { newId } from '../store/ids.ts'
import { putsRows } from '../store/many-rows.ts'
import type { Role } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { indexWords, indexWordsOfMany } from './index-words.ts'
import { foldName } from './names.ts'
import { inRanges } from './ranges.ts'
import { holdSignInEmails, serveEmailsOf } from './sign-in-emails.ts'
import { noWork, rowOfWork, type WorkFacts, workColumns } from './work.ts'

export interface NewAccount extends Partial<WorkFacts> {
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly role: Role
  /** The first is the primary one. */
  readonly organizationIds: readonly string[]
  readonly workgroupIds: readonly string[]
}

const administrators = 'active administrators'

/** Makes an account without a credential; a taken username throws what `isTaken` knows. */
export async function createAccount(tx: Tx, given: NewAccount, now: number): Promise<string> {
  const id = newId(now)
  const serves = await holdSignInEmails(tx)
  await tx.db
    .insertInto('account')
    .values(rowOf(id, given, now))
    .execute()
  if (serves) await serveEmailsOf(tx, [id])
  await putMemberships(tx.db, membershipsOf(id, given.organizationIds))
  for (const workgroup_id of given.workgroupIds) {
    await tx.db.insertInto('account_workgroup').values({ account_id: id, workgroup_id }).execute()
  }
  await indexWords(tx, id)
  if (given.role === 'administrator') await countAdministrator(tx, 1)
  return id
}

const membershipsOf = (account_id: string, organizationIds: readonly string[]) =>
  organizationIds.map((organization_id, index) => ({
    account_id,
    organization_id,
    is_active: 1,
    may_sign_in: 1,
    may_edit: 1,
    is_primary: index === 0 ? 1 : 0,
  }))

const rowOf = (id: string, given: NewAccount, now: number) => ({
  id,
  username: given.username,
  username_key: foldName(given.username),
  first_name: given.firstName,
  last_name: given.lastName,
  email: given.email,
  email_key: foldName(given.email),
  ...rowOfWork({ ...noWork, ...given }),
  role: given.role,
  role_since: now,
  epoch: 1,
  version: 1,
  created_at: now,
  active_since: now,
  recovery_asked: 0 as const,
  language: '',
  theme: 'system' as const,
  training_state: 'unknown' as const,
})

/** Rows of many accounts of users without a credential. */
export interface UserRows {
  /** In the order given. */
  readonly ids: readonly string[]
  readonly accounts: readonly ReturnType<typeof rowOf>[]
  readonly memberships: Parameters<typeof putMemberships>[1]
  readonly groups: Parameters<typeof putGroups>[1]
}

/** Makes ready everything of many accounts that needs no store, before others have to wait for it. */
export function userRows(given: readonly Omit<NewAccount, 'role'>[], now: number): UserRows {
  const made = given.map(person => ({ id: newId(now), person }))
  return {
    ids: made.map(({ id }) => id),
    accounts: made.map(({ id, person }) => rowOf(id, { ...person, role: 'user' }, now)),
    memberships: made.flatMap(({ id, person }) => membershipsOf(id, person.organizationIds)),
    groups: made.flatMap(({ id, person }) =>
      person.workgroupIds.map(workgroup_id => ({ account_id: id, workgroup_id })),
    ),
  }
}

/**
 * Puts accounts into the store, yet without the words by which they are found: these are many, and can follow when
 * others have had their turn. A taken username throws what `isTaken` knows.
 */
export async function putUsers(tx: Tx, rows: UserRows): Promise<void> {
  const { db } = tx
  const serves = await holdSignInEmails(tx)
  await putAccounts(db, rows.accounts)
  if (serves) await serveEmailsOf(tx, rows.ids)
  await putMemberships(db, rows.memberships)
  await putGroups(db, rows.groups)
}

/** Makes many accounts of users without a credential. @returns their ids, in the order given. */
export async function createUsers(
  tx: Tx,
  given: readonly Omit<NewAccount, 'role'>[],
  now: number,
): Promise<readonly string[]> {
  const rows = userRows(given, now)
  await putUsers(tx, rows)
  await indexWordsOfMany(tx, rows.ids)
  return rows.ids
}

const putAccounts = putsRows('account', [
  'id',
  'username',
  'username_key',
  'first_name',
  'last_name',
  'email',
  'email_key',
  ...workColumns,
  'role',
  'role_since',
  'epoch',
  'version',
  'created_at',
  'active_since',
  'recovery_asked',
  'language',
  'theme',
  'training_state',
])
const putMemberships = putsRows('account_organization', [
  'account_id',
  'organization_id',
  'is_active',
  'may_sign_in',
  'may_edit',
  'is_primary',
])
const putGroups = putsRows('account_workgroup', ['account_id', 'workgroup_id'])

/**
 * Counts one active administrator more or less. Taking the last one away is refused: the count is one row, so two
 * administrators who remove each other at the same moment cannot both succeed.
 */
export async function countAdministrator(tx: Tx, change: 1 | -1): Promise<boolean> {
  if (change === 1) {
    await tx.db
      .insertInto('counter')
      .values({ name: administrators, value: 1 })
      .onConflict(conflict => conflict.column('name').doUpdateSet({ value: sql<number>`counter.value + 1` }))
      .execute()
    return true
  }
  const changed = await tx.db
    .updateTable('counter')
    .set({ value: sql<number>`value - 1` })
    .where('name', '=', administrators)
    .where('value', '>', 1)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/**
 * Holds an account's row for the rest of the transaction. @returns false when its credentials have changed since `epoch`
 * was read: what asks then is dead.
 */
export async function holdAccount(tx: Tx, accountId: string, epoch: number): Promise<boolean> {
  const held = await tx.db
    .updateTable('account')
    .set(eb => ({ version: eb.ref('version') }))
    .where('id', '=', accountId)
    .where('epoch', '=', epoch)
    .executeTakeFirst()
  return held.numUpdatedRows === 1n
}

/** Notes that somebody used a link that was mailed to the address of the account, unless the account has changed since. */
export async function proveEmail(tx: Tx, accountId: string, epoch: number, now: number): Promise<void> {
  await tx.db
    .updateTable('account')
    .set({ email_proven_at: now })
    .where('id', '=', accountId)
    .where('epoch', '=', epoch)
    .execute()
}

/**
 * Raises the credential epoch: every pending sign-in, session, gate stamp, kept form and link of the account that is
 * older dies at its next request. With `from` it is a claim: only one of several that saw the same epoch succeeds.
 * @returns the new epoch, or undefined when the claim was lost.
 */
export async function raiseEpoch(tx: Tx, accountId: string, from?: number): Promise<number | undefined> {
  let update = tx.db.updateTable('account').set({ epoch: sql<number>`epoch + 1` }).where('id', '=', accountId)
  if (from !== undefined) update = update.where('epoch', '=', from)
  return (await update.returning('epoch').executeTakeFirst())?.epoch
}

/** Makes every browser of a person a stranger, until its next full sign-in. */
export async function forgetBrowsers(tx: Tx, accountId: string): Promise<void> {
  await tx.db
    .updateTable('account')
    .set({ browser_generation: sql<number>`browser_generation + 1` })
    .where('id', '=', accountId)
    .execute()
}

/** The same for everyone, by the hands of an operator. */
export const raiseEveryEpoch = (tx: Tx, atOnce?: number): Promise<void> =>
  inRanges(
    tx,
    (after, last) =>
      tx.db
        .updateTable('account')
        .set({ epoch: sql<number>`epoch + 1` })
        .where('id', '>', after)
        .$if(last !== undefined, update => update.where('id', '<=', last ?? ''))
        .execute(),
    atOnce,
  )
