import { indexWordsInTurns } from '../account/index-words.ts'
import { foldName, nameKey } from '../account/names.ts'
import { isReadAsNow, noteReading } from '../account/reading.ts'
import type { Services } from '../session/services.ts'
import type { Store, Tx } from '../store/store.ts'

const accountsAtOnce = 1_000

/**
 * Brings what an older program wrote to how names are read now: the keys of organizations, workgroups and email addresses,
 * and the words by which people are found. Done once; what is cut off begins anew at the next run.
 */
export async function readNamesAnew(
  { store }: Services,
  _now: number,
  stopping: AbortSignal,
): Promise<string> {
  if (await isReadAsNow(store)) return '{}'
  for (const kind of ['organization', 'workgroup'] as const) await store.write(tx => rekeyPlaces(tx, kind))
  let [people, after] = [0, '']
  for (;;) {
    const found = await accountsBeyond(store, after)
    const last = found.at(-1)
    if (last === undefined) break
    if (stopping.aborted) return JSON.stringify({ people, stopped: true })
    const moved = found.filter(({ email, email_key }) => foldName(email) !== email_key)
    if (moved.length > 0) await store.write(tx => rekeyEmails(tx, moved))
    await indexWordsInTurns(
      store,
      found.map(({ id }) => id),
    )
    people += found.length
    after = last.id
  }
  await store.write(noteReading)
  return JSON.stringify({ people })
}

/** Two names that are read alike since then keep their old keys: people put them right. */
async function rekeyPlaces({ db }: Tx, kind: 'organization' | 'workgroup'): Promise<void> {
  const places = await db.selectFrom(kind).select(['id', 'name', 'name_key']).orderBy('id').execute()
  const taken = new Set(places.map(({ name_key }) => name_key))
  for (const { id, name, name_key } of places) {
    const key = nameKey(name)
    if (key === name_key || taken.has(key)) continue
    await db.updateTable(kind).set({ name_key: key }).where('id', '=', id).execute()
    taken.add(key)
  }
}

const accountsBeyond = ({ read }: Store, id: string) =>
  read
    .selectFrom('account')
    .select(['id', 'email', 'email_key'])
    .where('id', '>', id)
    .orderBy('id')
    .limit(accountsAtOnce)
    .execute()

async function rekeyEmails({ db }: Tx, accounts: readonly { id: string; email: string }[]): Promise<void> {
  for (const { id, email } of accounts)
    await db
      .updateTable('account')
      .set({ email_key: foldName(email) })
      .where('id', '=', id)
      .execute()
}
