import { sql } from 'kysely'
import { newId } from '../store/ids.ts'
import type { Role } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { foldName, searchWords } from './rules.ts'

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

/**
 * Makes many accounts of users without a credential, with one statement for each table: at most 200, because each value
 * is a parameter. A taken username throws what `isTaken` knows. `organizations` are names by id.
 * @returns their ids, in the order given.
 */
export async function createUsers(
  tx: Tx,
  given: readonly Omit<NewAccount, 'role'>[],
  organizations: ReadonlyMap<string, string>,
  now: number,
): Promise<readonly string[]> {
  const made = given.map(person => ({ id: newId(now), person }))
  const memberships = made.flatMap(({ id, person }) =>
    person.organizationIds.map(organization_id => ({
      account_id: id,
      organization_id,
      is_active: 1 as const,
      may_sign_in: 1 as const,
      may_edit: 1 as const,
    })),
  )
  const groups = made.flatMap(({ id, person }) =>
    person.workgroupIds.map(workgroup_id => ({ account_id: id, workgroup_id })),
  )
  const words = made.flatMap(({ id, person }) => {
    const places = person.organizationIds.map(organization => organizations.get(organization) ?? '')
    const texts = [person.firstName, person.lastName, person.username, person.email, ...places]
    return searchWords(...texts).map(word => ({ word, account_id: id }))
  })
  const { db } = tx
  await db
    .insertInto('account')
    .values(made.map(({ id, person }) => rowOf(id, { ...person, role: 'user' }, now)))
    .execute()
  for (const rows of inChunks(memberships)) await db.insertInto('account_organization').values(rows).execute()
  for (const rows of inChunks(groups)) await db.insertInto('account_workgroup').values(rows).execute()
  for (const rows of inChunks(words)) await db.insertInto('account_word').values(rows).execute()
  return made.map(({ id }) => id)
}

/** Rows in one statement at most. */
const mostRows = 1_000

const inChunks = <Row>(rows: readonly Row[]): readonly (readonly Row[])[] =>
  Array.from({ length: Math.ceil(rows.length / mostRows) }, (_, index) =>
    rows.slice(index * mostRows, (index + 1) * mostRows),
  )

/** Rewrites the words by which a person is found: name, username, e-mail, organizations. */
export const indexWords = (tx: Tx, accountId: string): Promise<void> => indexWordsOfMany(tx, [accountId])

/** Accounts read, and words written, by one statement: below the engines' limits of parameters. */
const indexedAtOnce = 200
const rowsAtOnce = 5_000

/** The same for many people, after an organization of theirs has a new name. */
export async function indexWordsOfMany(tx: Tx, accountIds: readonly string[]): Promise<void> {
  for (let from = 0; from < accountIds.length; from += indexedAtOnce)
    await indexSome(tx, accountIds.slice(from, from + indexedAtOnce))
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
  const rows = accounts.flatMap(({ id, ...texts }) =>
    searchWords(...Object.values(texts), ...(names.get(id) ?? []).map(({ name }) => name)).map(word => ({
      word,
      account_id: id,
    })),
  )
  await tx.db.deleteFrom('account_word').where('account_id', 'in', accountIds).execute()
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await tx.db
      .insertInto('account_word')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute()
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
 * Raises the credential epoch: every pending sign-in, session, gate stamp, kept form and link of the account that is
 * older dies at its next request. With `from` it is a claim: only one of several that saw the same epoch succeeds.
 * @returns the new epoch, or undefined when the claim was lost.
 */
export async function raiseEpoch(tx: Tx, accountId: string, from?: number): Promise<number | undefined> {
  let update = tx.db.updateTable('account').set({ epoch: sql<number>`epoch + 1` }).where('id', '=', accountId)
  if (from !== undefined) update = update.where('epoch', '=', from)
  return (await update.returning('epoch').executeTakeFirst())?.epoch
}
