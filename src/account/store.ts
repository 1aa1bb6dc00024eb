import { setImmediate as turn } from 'node:timers/promises'
import { sql } from 'kysely'
import { firstIdAt, newId } from '../store/ids.ts'
import { putsRows } from '../store/many-rows.ts'
import type { Role } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'
import { foldName, searchWords } from './names.ts'

export interface NewAccount {
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly role: Role
  readonly organizationIds: readonly string[]
  readonly workgroupIds: readonly string[]
}

const administrators = 'active administrators'

/** Makes an account without a credential; a taken username throws what `isTaken` knows. */
export async function createAccount(tx: Tx, given: NewAccount, now: number): Promise<string> {
  const id = newId(now)
  await tx.db
    .insertInto('account')
    .values(rowOf(id, given, now))
    .execute()
  for (const organization_id of given.organizationIds) {
    await tx.db
      .insertInto('account_organization')
      .values({ account_id: id, organization_id, is_active: 1, may_sign_in: 1, may_edit: 1 })
      .execute()
  }
  for (const workgroup_id of given.workgroupIds) {
    await tx.db.insertInto('account_workgroup').values({ account_id: id, workgroup_id }).execute()
  }
  await indexWords(tx, id)
  if (given.role === 'administrator') await countAdministrator(tx, 1)
  return id
}

const rowOf = (id: string, given: NewAccount, now: number) => ({
  id,
  username: given.username,
  username_key: foldName(given.username),
  first_name: given.firstName,
  last_name: given.lastName,
  email: given.email,
  email_key: foldName(given.email),
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
    memberships: made.flatMap(({ id, person }) =>
      person.organizationIds.map(organization_id => ({
        account_id: id,
        organization_id,
        is_active: 1,
        may_sign_in: 1,
        may_edit: 1,
      })),
    ),
    groups: made.flatMap(({ id, person }) =>
      person.workgroupIds.map(workgroup_id => ({ account_id: id, workgroup_id })),
    ),
  }
}

/**
 * Puts accounts into the store, yet without the words by which they are found: these are many, and can follow when
 * others have had their turn. A taken username throws what `isTaken` knows.
 */
export async function putUsers({ db }: Tx, rows: UserRows): Promise<void> {
  await putAccounts(db, rows.accounts)
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
])
const putGroups = putsRows('account_workgroup', ['account_id', 'workgroup_id'])
const putWords = putsRows('account_word', ['word', 'account_id'])

/** Rewrites the words by which a person is found: name, username, email, organizations. */
export const indexWords = (tx: Tx, accountId: string): Promise<void> => indexWordsOfMany(tx, [accountId])

/** Accounts read by one statement: below the engines' limits of parameters. */
const indexedAtOnce = 100

/** The same for many people, after an organization of theirs has a new name. */
export async function indexWordsOfMany(tx: Tx, accountIds: readonly string[]): Promise<void> {
  for (let from = 0; from < accountIds.length; from += indexedAtOnce)
    await indexSome(tx, accountIds.slice(from, from + indexedAtOnce))
}

/** Writes the words of many people in short transactions, between which others write. */
export async function indexWordsInTurns(store: Store, accountIds: readonly string[]): Promise<void> {
  for (let from = 0; from < accountIds.length; from += indexedAtOnce) {
    await store.write(tx => indexSome(tx, accountIds.slice(from, from + indexedAtOnce)))
    await turn()
  }
}

/** Milliseconds after which what makes accounts is taken to have died before it wrote their words. */
const patience = 10 * 60_000
/** Milliseconds for which new accounts are looked at for that. */
const newFor = 30 * 86_400_000

/** Writes the words of new accounts that were left without them. @returns of how many. */
export async function indexLeftOver(store: Store, now: number): Promise<number> {
  let [count, from] = [0, firstIdAt(now - newFor)]
  for (;;) {
    const found = await withoutWords(store, from, firstIdAt(now - patience))
    if (found.length === 0) return count
    await indexWordsInTurns(store, found)
    count += found.length
    from = found.at(-1) ?? from
  }
}

async function withoutWords({ read }: Store, beyond: string, before: string): Promise<readonly string[]> {
  const rows = await read
    .selectFrom('account')
    .select('id')
    .where('id', '>', beyond)
    .where('id', '<', before)
    .where(eb =>
      eb.not(
        eb.exists(
          eb.selectFrom('account_word').select('word').whereRef('account_word.account_id', '=', 'account.id'),
        ),
      ),
    )
    .orderBy('id')
    .limit(indexedAtOnce)
    .execute()
  return rows.map(({ id }) => id)
}

async function indexSome(tx: Tx, accountIds: readonly string[]): Promise<void> {
  const accounts = await tx.db
    .selectFrom('account')
    .select(['id', 'first_name', 'last_name', 'username', 'email'])
    .where('id', 'in', accountIds)
    .execute()
  const memberships = await tx.db
    .selectFrom('account_organization')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select(['account_id', 'name'])
    .where('account_id', 'in', accountIds)
    .execute()
  const names = Map.groupBy(memberships, ({ account_id }) => account_id)
  const rows = accounts.flatMap(({ id, first_name, last_name, username, email }) =>
    searchWords(
      [first_name, last_name],
      [username, email, ...(names.get(id) ?? []).map(({ name }) => name)],
    ).map(word => ({ word, account_id: id })),
  )
  await tx.db.deleteFrom('account_word').where('account_id', 'in', accountIds).execute()
  await putWords(tx.db, rows)
}

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

/** Accounts in one statement: a million at once take longer than PostgreSQL is given for one. */
const mostAtOnce = 20_000

/** The same for everyone, by the hands of an operator. */
export async function raiseEveryEpoch({ db }: Tx, atOnce = mostAtOnce): Promise<void> {
  let after = ''
  for (;;) {
    const rest = db.selectFrom('account').select('id').where('id', '>', after).orderBy('id')
    const last = await rest
      .offset(atOnce - 1)
      .limit(1)
      .executeTakeFirst()
    await db
      .updateTable('account')
      .set({ epoch: sql<number>`epoch + 1` })
      .where('id', '>', after)
      .$if(last !== undefined, update => update.where('id', '<=', last?.id ?? ''))
      .execute()
    if (last === undefined) return
    after = last.id
  }
}
