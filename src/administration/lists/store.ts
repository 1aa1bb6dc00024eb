import { sql } from 'kysely'
import { newId } from '../../store/ids.ts'
import type { Keyring } from '../../store/keyring.ts'
import { sealedIn } from '../../store/reseal.ts'
import type { ListMappingTable, VendorListTable } from '../../store/schema.ts'
import type { Store, Tx } from '../../store/store.ts'
import { fits, type ListEntry, type Mapping } from './mapping.ts'
import type { ListTable } from './table.ts'

interface Parts {
  readonly store: Store
  readonly keyring: Keyring
}

/** Opens only for this upload: nothing of a list lies in clear in the store. */
const contextOf = ({ id }: { readonly id: string }): string => `vendor list ${id}`

export const sealedLists = sealedIn(
  'vendor_list',
  'content_sealed',
  'account_id',
  { id: sql.ref('id') },
  contextOf,
)

/** What is kept of an agent's list: the file until its columns are mapped, then its people. */
export type KeptList = Pick<VendorListTable, 'id' | 'file_name' | 'uploaded_at'> &
  (
    | { readonly is: 'unmapped'; readonly table: ListTable }
    | { readonly is: 'mapped'; readonly entries: readonly ListEntry[] }
  )

type Content = { readonly table: ListTable } | { readonly entries: readonly ListEntry[] }

/** Puts an agent's list in the place of the one before. */
export async function keepList(
  { keyring }: Pick<Parts, 'keyring'>,
  { db }: Tx,
  accountId: string,
  given: { readonly fileName: string; readonly content: Content; readonly now: number },
): Promise<void> {
  const id = newId(given.now)
  const row = {
    id,
    file_name: given.fileName,
    uploaded_at: given.now,
    content_sealed: keyring.seal(JSON.stringify(given.content), contextOf({ id })),
  }
  await db
    .insertInto('vendor_list')
    .values({ account_id: accountId, ...row })
    .onConflict(conflict => conflict.column('account_id').doUpdateSet(row))
    .execute()
}

/** Maps the columns of the list that the page showed; false: another was uploaded since. */
export async function mapList(
  { keyring }: Pick<Parts, 'keyring'>,
  { db }: Tx,
  accountId: string,
  { id, entries }: { readonly id: string; readonly entries: readonly ListEntry[] },
): Promise<boolean> {
  const content_sealed = keyring.seal(JSON.stringify({ entries }), contextOf({ id }))
  const changed = await db
    .updateTable('vendor_list')
    .set({ content_sealed })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/** The agent's list; undefined: there is none, or no key opens it. */
export async function readList({ store, keyring }: Parts, accountId: string): Promise<KeptList | undefined> {
  const row = await store.read
    .selectFrom('vendor_list')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  const text = row && keyring.open(row.content_sealed, contextOf(row))
  if (row === undefined || text === undefined) return undefined
  const content = JSON.parse(text) as Content
  const { id, file_name, uploaded_at } = row
  return {
    ...{ id, file_name, uploaded_at },
    ...('table' in content
      ? { is: 'unmapped', table: content.table }
      : { is: 'mapped', entries: content.entries }),
  }
}

/** Whose mappings: an agent's, of the lists that they compare or of the files that they import. */
export interface MappingKey {
  readonly account_id: string
  readonly purpose: 'compare' | 'import'
}

/** The agent's newest mapping that a list has all columns of. */
export async function knownMapping<Field extends string>(
  { read }: Store,
  { account_id, purpose }: MappingKey,
  header: readonly string[],
): Promise<Mapping<Field> | undefined> {
  const rows = await read
    .selectFrom('list_mapping')
    .select('columns')
    .where('account_id', '=', account_id)
    .where('purpose', '=', purpose)
    .orderBy('changed_at', 'desc')
    .orderBy('name')
    .execute()
  return rows
    .map(({ columns }) => JSON.parse(columns) as Mapping<Field>)
    .find(mapping => fits(mapping, header))
}

/** What is remembered of one mapping. */
export type Remembered = Pick<ListMappingTable, 'name'> & Pick<MappingKey, 'purpose'>

/** The mappings that an agent has named. */
export const readMappings = ({ read }: Store, accountId: string): Promise<readonly Remembered[]> =>
  read
    .selectFrom('list_mapping')
    .select(['purpose', 'name'])
    .where('account_id', '=', accountId)
    .orderBy('purpose')
    .orderBy('name')
    .execute()

/** Removes an agent's list, unless another was uploaded since, and mappings of theirs. */
export async function forgetLists(
  { db }: Tx,
  accountId: string,
  listId: string | undefined,
  mappings: readonly Remembered[],
): Promise<void> {
  if (listId !== undefined)
    await db.deleteFrom('vendor_list').where('account_id', '=', accountId).where('id', '=', listId).execute()
  for (const { purpose, name } of mappings)
    await db
      .deleteFrom('list_mapping')
      .where('account_id', '=', accountId)
      .where('purpose', '=', purpose)
      .where('name', '=', name)
      .execute()
}

/** Mappings that an agent may keep; the oldest make room. */
const mostMappings = 20

export async function keepMapping(
  { db }: Tx,
  key: MappingKey,
  { name, mapping }: { readonly name: string; readonly mapping: Mapping<string> },
  changed_at: number,
): Promise<void> {
  const row = { columns: JSON.stringify(mapping), changed_at }
  await db
    .insertInto('list_mapping')
    .values({ ...key, name, ...row })
    .onConflict(conflict => conflict.columns(['account_id', 'purpose', 'name']).doUpdateSet(row))
    .execute()
  const names = await db
    .selectFrom('list_mapping')
    .select('name')
    .where('account_id', '=', key.account_id)
    .where('purpose', '=', key.purpose)
    .orderBy('changed_at', 'desc')
    .offset(mostMappings)
    .limit(mostMappings)
    .execute()
  if (names.length > 0)
    await db
      .deleteFrom('list_mapping')
      .where('account_id', '=', key.account_id)
      .where('purpose', '=', key.purpose)
      .where(
        'name',
        'in',
        names.map(each => each.name),
      )
      .execute()
}
