import type { Store, Tx } from '../store/store.ts'

/** Goes up with every change of how names are folded (`names.ts`). */
const reading = 2
const counter = 'reading of names'

/** Whether all that is searched by in the store was written as names are read now. */
export async function isReadAsNow({ read }: Store): Promise<boolean> {
  const row = await read.selectFrom('counter').select('value').where('name', '=', counter).executeTakeFirst()
  return row !== undefined && Number(row.value) >= reading
}

/** Notes that it is. */
export async function noteReading(tx: Tx): Promise<void> {
  await tx.db
    .insertInto('counter')
    .values({ name: counter, value: reading })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value: reading }))
    .execute()
}
