import { setImmediate as turn } from 'node:timers/promises'
import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Keyring } from '../../store/keyring.ts'
import { sealedIn } from '../../store/reseal.ts'
import type { PeopleImportTable } from '../../store/schema.ts'
import type { Store, Tx } from '../../store/store.ts'
import type { ListTable } from '../lists/table.ts'
import type { CheckedRow } from './rules.ts'
import type { UpdateRow } from './update-rules.ts'

/** Rows that are sealed together and shown on one page. */
export const pageLength = 200
/** Milliseconds after which work that has not come to its end is taken to have died with its process. */
const patience = 5 * 60_000

export type Batch = Selectable<PeopleImportTable>
type Key = Pick<Batch, 'account_id' | 'id'>
type Given = Key & Pick<Batch, 'kind' | 'file_name' | 'sha256'>

interface BatchParts {
  readonly store: Store
  readonly keyring: Keyring
}

/** Opens only for this upload and page: nothing of a file lies in clear in the store. */
const contextOf = ({ id }: Pick<Key, 'id'>, part: number): string => `people import ${id} ${part}`

export const sealedRows = sealedIn(
  'people_import_part',
  'rows_sealed',
  'account_id',
  {
    id: sql`(select id from people_import where people_import.account_id = people_import_part.account_id)`,
    part: sql.ref('part'),
  },
  ({ id, part }) => contextOf({ id }, Number(part)),
)

/** The one file that an agent has given, with where its import stands. */
export const readBatch = ({ store }: BatchParts, accountId: string): Promise<Batch | undefined> =>
  store.read.selectFrom('people_import').selectAll().where('account_id', '=', accountId).executeTakeFirst()

/** Tells whether something works on the batch now, in this process or another. */
export const isUnderWay = ({ state, changed_at }: Batch, now: number): boolean =>
  (state === 'checking' || state === 'importing') && changed_at > now - patience

/** Puts a new file in the place of the agent's last one; false while that is under way. */
export async function beginBatch(
  { db }: Pick<Tx, 'db'>,
  given: Given & { readonly state: 'unmapped' | 'checking' },
  now: number,
): Promise<boolean> {
  const fresh = {
    ...given,
    rows_all: 0,
    rows_refused: 0,
    rows_untrained: 0,
    rows_same: 0,
    trouble: null,
    checked_at: now,
    changed_at: now,
  }
  const taken = await db
    .insertInto('people_import')
    .values(fresh)
    .onConflict(conflict =>
      conflict
        .column('account_id')
        .doUpdateSet(fresh)
        .where(eb =>
          eb.or([
            eb('people_import.state', 'in', ['unmapped', 'checked', 'done']),
            eb('people_import.changed_at', '<=', now - patience),
          ]),
        ),
    )
    .returning('id')
    .executeTakeFirst()
  if (taken === undefined) return false
  await db.deleteFrom('people_import_part').where('account_id', '=', given.account_id).execute()
  return true
}

/** Keeps a file whose columns are to be chosen, sealed; false while the agent's last one is under way. */
export async function keepUnmapped(
  { keyring }: Pick<BatchParts, 'keyring'>,
  tx: Pick<Tx, 'db'>,
  given: Given,
  { table, now }: { readonly table: ListTable; readonly now: number },
): Promise<boolean> {
  if (!(await beginBatch(tx, { ...given, state: 'unmapped' }, now))) return false
  const rows_sealed = keyring.seal(JSON.stringify(table), contextOf(given, 0))
  await tx.db
    .insertInto('people_import_part')
    .values({ account_id: given.account_id, part: 0, rows_sealed })
    .execute()
  return true
}

/** The file of a batch that is not mapped yet. */
export async function readUnmapped(parts: BatchParts, batch: Batch): Promise<ListTable | undefined> {
  const text = batch.state === 'unmapped' ? await openPart(parts, batch, 0) : undefined
  return text === undefined ? undefined : (JSON.parse(text) as ListTable)
}

/** Begins the check of a file whose columns were chosen; undefined: another was given since, or it is under way. */
export const beginCheck = ({ db }: Pick<Tx, 'db'>, batch: Key, now: number): Promise<Batch | undefined> =>
  db
    .updateTable('people_import')
    .set({ state: 'checking', checked_at: now, changed_at: now })
    .where('account_id', '=', batch.account_id)
    .where('id', '=', batch.id)
    .where('state', '=', 'unmapped')
    .returningAll()
    .executeTakeFirst()

/** Keeps the checked rows, sealed, in this order, in which they are shown. Nothing is kept for an upload that was replaced. */
export async function putChecked(
  { store, keyring }: BatchParts,
  batch: Key,
  rows: readonly (CheckedRow | UpdateRow)[],
  given: Pick<Batch, 'trouble' | 'checked_at' | 'rows_refused' | 'rows_untrained' | 'rows_same'>,
  now: number,
): Promise<void> {
  const parts: { account_id: string; part: number; rows_sealed: string }[] = []
  for (let part = 0; part * pageLength < rows.length; part++) {
    const page = rows.slice(part * pageLength, (part + 1) * pageLength)
    const rows_sealed = keyring.seal(JSON.stringify(page), contextOf(batch, part))
    parts.push({ account_id: batch.account_id, part, rows_sealed })
    await turn()
  }
  await store.write(async ({ db }) => {
    const kept = await db
      .updateTable('people_import')
      .set({
        ...given,
        state: 'checked',
        rows_all: rows.length,
        changed_at: now,
      })
      .where('account_id', '=', batch.account_id)
      .where('id', '=', batch.id)
      .where('state', 'in', ['checking', 'importing'])
      .executeTakeFirst()
    if (kept.numUpdatedRows !== 1n) return
    await db.deleteFrom('people_import_part').where('account_id', '=', batch.account_id).execute()
    for (const part of parts) await db.insertInto('people_import_part').values(part).execute()
  })
}

/** One page of the checked rows, counted from 0; empty when there is none. */
export async function readPart<Row extends CheckedRow | UpdateRow>(
  parts: BatchParts,
  batch: Key,
  part: number,
): Promise<readonly Row[]> {
  const text = await openPart(parts, batch, part)
  return text === undefined ? [] : (JSON.parse(text) as Row[])
}

async function openPart(
  { store, keyring }: BatchParts,
  batch: Key,
  part: number,
): Promise<string | undefined> {
  const row = await store.read
    .selectFrom('people_import_part')
    .select('rows_sealed')
    .where('account_id', '=', batch.account_id)
    .where('part', '=', part)
    .executeTakeFirst()
  return row && keyring.open(row.rows_sealed, contextOf(batch, part))
}

/** Every checked row, page by page, so that others get their turn. */
export async function readAllParts<Row extends CheckedRow | UpdateRow>(
  parts: BatchParts,
  batch: Batch,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (let part = 0; part * pageLength < batch.rows_all; part++) {
    rows.push(...(await readPart<Row>(parts, batch, part)))
    await turn()
  }
  return rows
}

/** Begins the import of a checked file; of several requests for it one begins. */
export const beginImport = ({ db }: Pick<Tx, 'db'>, batch: Key, now: number): Promise<Batch | undefined> =>
  db
    .updateTable('people_import')
    .set({ state: 'importing', trouble: null, changed_at: now })
    .where('account_id', '=', batch.account_id)
    .where('id', '=', batch.id)
    .where('rows_refused', '=', 0)
    .where(eb =>
      eb.or([
        eb('state', '=', 'checked'),
        eb.and([eb('state', '=', 'importing'), eb('changed_at', '<=', now - patience)]),
      ]),
    )
    .returningAll()
    .executeTakeFirst()

/** Ends an import in the transaction that makes or changes its accounts: it happens once, no matter who asks. The rows are forgotten. */
export async function claimImport({ db }: Tx, batch: Key, now: number): Promise<boolean> {
  const claimed = await db
    .updateTable('people_import')
    .set({ state: 'done', changed_at: now })
    .where('account_id', '=', batch.account_id)
    .where('id', '=', batch.id)
    .where('state', '=', 'importing')
    .executeTakeFirst()
  if (claimed.numUpdatedRows !== 1n) return false
  await db.deleteFrom('people_import_part').where('account_id', '=', batch.account_id).execute()
  return true
}

/** Work that broke off: an import can be tried again, a check starts anew with the file. */
export async function noteFailure({ store }: BatchParts, batch: Key, now: number): Promise<void> {
  await store.write(async ({ db }) => {
    const where = (state: Batch['state']) =>
      db
        .updateTable('people_import')
        .set({ state: 'checked', trouble: 'failed', changed_at: now })
        .where('account_id', '=', batch.account_id)
        .where('id', '=', batch.id)
        .where('state', '=', state)
        .execute()
    await where('importing')
    await db
      .deleteFrom('people_import')
      .where('account_id', '=', batch.account_id)
      .where('id', '=', batch.id)
      .where('state', '=', 'checking')
      .execute()
  })
}
