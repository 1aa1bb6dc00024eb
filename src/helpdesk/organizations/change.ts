import { sql } from 'kysely'
import { indexWordsOfMany } from '../../account/index-words.ts'
import { nameKey } from '../../account/names.ts'
import { type Agent, traceOf } from '../../administration/act.ts'
import type { Audit, AuditEvent } from '../../audit/audit.ts'
import type { PlaceChanged } from '../../audit/evidence.ts'
import { done, type Outcome, type RefusalOf, refuse } from '../../refusals.ts'
import type { Tx } from '../../store/store.ts'
import { createOrganization, createWorkgroup } from '../../workspace/store.ts'
import { putGiving } from './giving.ts'
import type { PlaceEntry, PlaceKind } from './rules.ts'
import { columns, type PlaceFacts } from './store.ts'

export type PlaceCode = RefusalOf<'place'>

/** The agent, and the organization or workgroup as their page showed it. */
export interface PlaceAct {
  readonly agent: Agent
  readonly kind: PlaceKind
  readonly id: string
  readonly seenVersion: number
  /** Milliseconds since 1970. */
  readonly now: number
}

type Parts = { readonly audit: Audit }

const nameTaken = { code: 'place.name-taken', field: 'name' } as const
const keyTaken = { code: 'place.key-taken', field: 'key' } as const
const moved = { code: 'place.changed-meanwhile' } as const

/** The record of a change; the subject is the organization or workgroup, so that its history can be read. */
function recordOf(
  { agent, id }: Pick<PlaceAct, 'agent' | 'id'>,
  event: 'sensitive_create' | 'sensitive_update',
  args: PlaceChanged,
): AuditEvent {
  return { event, ...traceOf(agent, id), args }
}

/** What of an entry another one has. */
async function takenBy(
  tx: Tx,
  kind: PlaceKind,
  { name, key }: PlaceEntry,
  exceptId = '',
): Promise<typeof nameTaken | typeof keyTaken | undefined> {
  const others = await tx.db
    .selectFrom(kind)
    .select('name_key')
    .where(eb => eb.or([eb('name_key', '=', nameKey(name)), eb('key', '=', keyOf(key))]))
    .where('id', '<>', exceptId)
    .execute()
  if (others.some(other => other.name_key === nameKey(name))) return nameTaken
  return others.length > 0 ? keyTaken : undefined
}

const keyOf = (key: string): string | null => (key === '' ? null : key)

/** Makes one. A name or key that another transaction takes at the same moment throws what `isTaken` knows. @returns its id. */
export async function createPlace(
  { audit }: Parts,
  tx: Tx,
  { agent, kind, now }: Omit<PlaceAct, 'id' | 'seenVersion'>,
  entry: PlaceEntry,
): Promise<Outcome<string, PlaceCode>> {
  const taken = await takenBy(tx, kind, entry)
  if (taken !== undefined) return refuse(taken)
  const id = await (kind === 'organization' ? createOrganization : createWorkgroup)(tx, entry, now)
  const giving = entry.giving && (await putGiving(tx, id, entry.giving))
  await audit.record(
    tx,
    recordOf({ agent, id }, 'sensitive_create', { what: kind, name: entry.name, key: entry.key, ...giving }),
  )
  return done(id)
}

/** Takes the row when it still is what the page showed; it then stays so for the rest of the transaction. */
async function take(tx: Tx, { kind, id, seenVersion }: PlaceAct): Promise<PlaceFacts | undefined> {
  return tx.db
    .updateTable(kind)
    .set({ version: sql<number>`version + 1` })
    .where('id', '=', id)
    .where('version', '=', seenVersion)
    .returning(columns)
    .executeTakeFirst()
}

/** Renames one and says anew what it allows and, of a workgroup, who may give it; people are then found by the new name. */
export async function editPlace(
  { audit }: Parts,
  tx: Tx,
  act: PlaceAct,
  entry: PlaceEntry,
): Promise<Outcome<undefined, PlaceCode>> {
  const { kind, id } = act
  const taken = await takenBy(tx, kind, entry, id)
  if (taken !== undefined) return refuse(taken)
  const before = await take(tx, act)
  if (before === undefined) return refuse(moved)
  await tx.db
    .updateTable(kind)
    .set({ name: entry.name, name_key: nameKey(entry.name), allows: entry.allows, key: keyOf(entry.key) })
    .where('id', '=', id)
    .execute()
  const giving = entry.giving && (await putGiving(tx, id, entry.giving))
  if (kind === 'organization' && before.name !== entry.name) await indexMembers(tx, id)
  await audit.record(
    tx,
    recordOf(act, 'sensitive_update', {
      what: kind,
      change: 'edited',
      name: entry.name,
      nameBefore: before.name,
      allowsChanged: before.allows !== entry.allows,
      ...(keyOf(entry.key) !== before.key && { key: entry.key, keyBefore: before.key ?? '' }),
      ...giving,
    }),
  )
  return done(undefined)
}

/** Retires one, or brings it back. Memberships stay as they are; while it is retired nobody works in it. */
export async function retirePlace(
  { audit }: Parts,
  tx: Tx,
  act: PlaceAct,
  retire: boolean,
): Promise<Outcome<undefined, PlaceCode>> {
  const { kind, id } = act
  const changed = await tx.db
    .updateTable(kind)
    .set({ retired_at: retire ? act.now : null, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .where('version', '=', act.seenVersion)
    .where('retired_at', retire ? 'is' : 'is not', null)
    .returning('name')
    .executeTakeFirst()
  if (changed === undefined) {
    const now = await tx.db.selectFrom(kind).select('retired_at').where('id', '=', id).executeTakeFirst()
    const isRetired = now !== undefined && now.retired_at !== null
    if (retire && isRetired) return refuse({ code: 'place.already-retired' })
    return refuse(!retire && !isRetired ? { code: 'place.not-retired' } : moved)
  }
  await audit.record(
    tx,
    recordOf(act, 'sensitive_update', {
      what: kind,
      change: retire ? 'retired' : 'brought-back',
      name: changed.name,
    }),
  )
  return done(undefined)
}

async function indexMembers(tx: Tx, organizationId: string): Promise<void> {
  const members = await tx.db
    .selectFrom('account_organization')
    .select('account_id')
    .where('organization_id', '=', organizationId)
    .execute()
  await indexWordsOfMany(
    tx,
    members.map(({ account_id }) => account_id),
  )
}
