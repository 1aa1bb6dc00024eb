import { openIncident } from '../account/incidents.ts'
import type { EventName } from '../audit/events.ts'
import type { IncidentKind } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import type { Act } from './act.ts'

const day = 24 * 3_600_000

/** Kind of the incident that tells administrators of a password and a second step reset within a day: how accounts are stolen by telephone. */
export const takeoverKind = 'password-and-two-step-reset' satisfies IncidentKind

/** What an agent may have a hand in is for administrators to close. */
export const administratorsClose: readonly IncidentKind[] = [
  takeoverKind,
  'agent-limit',
  'last-administrator',
]

/** Opens an incident when someone else did the other half (`other`) to the same account within 24 hours. */
export async function watchTakeover(tx: Tx, act: Act, other: EventName): Promise<void> {
  const half = await tx.db
    .selectFrom('audit_record')
    .select('id')
    .where('subject', '=', act.subjectId)
    .where('at', '>', act.now - day)
    .where('event', '=', other)
    .where('actor', '<>', act.subjectId)
    .executeTakeFirst()
  if (half === undefined) return
  await openIncident(tx, act.subjectId, takeoverKind, act.now)
}
