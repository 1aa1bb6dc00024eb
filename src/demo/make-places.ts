import { newId } from '../store/ids.ts'
import type { Tx } from '../store/store.ts'
import { createOrganization, createWorkgroup } from '../workspace/store.ts'
import { ages, type PastRecord } from './past.ts'
import {
  agreements,
  type Group,
  keys,
  news,
  organizations,
  type Place,
  retired,
  victimServices,
  workgroups,
} from './places.ts'

const day = 24 * 3_600_000
const keyOf = (name: Place | Group): string => keys[name] ?? ''

/** Makes organizations, workgroups and news; their records are added to the past. @returns the ids by name. */
export async function makePlaces(
  tx: Tx,
  past: PastRecord[],
  now: number,
): Promise<ReadonlyMap<string, string>> {
  const actor = 'system'
  past.push({
    at: now - ages.log,
    event: { event: 'access_baseline', actor, args: { of: 'everything', accounts: 0 } },
  })
  const at = now - ages.places
  const made = (what: 'organization' | 'workgroup', subject: string, name: string) =>
    void past.push({ at, event: { event: 'sensitive_create', actor, subject, args: { what, name } } })
  for (const [name, allows] of organizations)
    made('organization', await createOrganization(tx, { name, key: keyOf(name), allows }, at), name)
  for (const [name, allows] of workgroups)
    made('workgroup', await createWorkgroup(tx, { name, key: keyOf(name), allows }, at), name)
  for (const [name, licenses, agreement_on] of agreements)
    await tx.db.updateTable('organization').set({ licenses, agreement_on }).where('name', '=', name).execute()
  await tx.db
    .updateTable('organization')
    .set({ is_victim_service: 1 })
    .where('name', 'in', victimServices)
    .execute()
  for (const { title, text, from, until } of news) {
    await tx.db
      .insertInto('news')
      .values({ id: newId(now), title, text, shown_from: now + from * day, shown_until: now + until * day })
      .execute()
  }
  for (const { id, name } of await tx.db
    .updateTable('organization')
    .set({ retired_at: now - ages.retired })
    .where('name', 'in', retired)
    .returning(['id', 'name'])
    .execute())
    past.push({
      at: now - ages.retired,
      event: {
        event: 'sensitive_update',
        actor,
        subject: id,
        args: { what: 'organization', change: 'retired', name },
      },
    })
  const all = [
    ...(await tx.db.selectFrom('organization').select(['id', 'name']).execute()),
    ...(await tx.db.selectFrom('workgroup').select(['id', 'name']).execute()),
  ]
  return new Map(all.map(({ id, name }) => [name, id]))
}
