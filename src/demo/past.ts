import { type AuditEvent, createAudit } from '../audit/audit.ts'
import type { StandingChanged } from '../audit/evidence.ts'
import type { Services } from '../session/services.ts'
import type { Tx } from '../store/store.ts'
import type { DemoPerson } from './people.ts'

const day = 24 * 3_600_000
/** When the log of the demo began, its places were made, its people, and its contacts. Milliseconds before now. */
export const ages = {
  log: 411 * day,
  places: 410 * day,
  people: 400 * day,
  contacts: 2 * day,
  retired: 200 * day,
} as const

/** One record of the demo's past. */
export interface PastRecord {
  readonly at: number
  readonly event: AuditEvent
}

/** Writes the past in its order, in a chain of its own. */
export async function writePast(
  { keyring }: Pick<Services, 'keyring'>,
  tx: Tx,
  past: readonly PastRecord[],
): Promise<void> {
  let now = 0
  const audit = createAudit(keyring, () => now)
  for (const { at, event } of past.toSorted((a, b) => a.at - b.at)) {
    now = at
    await audit.record(tx, event)
  }
}

/** When somebody was deactivated. */
export const deactivatedBefore = 20 * day
/** When the helpdesk suspended, locked or planned something. */
const deskBefore = 14 * day

/** The records of how an account came into its state. */
export function standingPast(subject: string, person: DemoPerson, now: number): readonly PastRecord[] {
  const trace = { actor: 'system', subject } as const
  const past: PastRecord[] = []
  const updated = (before: number, args: StandingChanged) =>
    void past.push({ at: now - before, event: { event: 'user_updated', ...trace, args } })
  const { deactivated, suspendedFor, leavesIn, dormantFor } = person
  if (deactivated !== undefined)
    past.push({
      at: now - deactivatedBefore,
      event: { event: 'user_archived', ...trace, args: { ended: 0, reason: deactivated } },
    })
  if (suspendedFor !== undefined)
    updated(deskBefore, { change: 'suspended', until: now + suspendedFor, ended: 0 })
  if (leavesIn !== undefined) updated(deskBefore, { change: 'leaving', before: null, after: now + leavesIn })
  if (dormantFor !== undefined)
    updated(dormantFor, { change: 'dormant', unusedSince: now - dormantFor - 90 * day })
  if (person.training === 'lapsed')
    updated(deskBefore, { change: 'training', before: 'finished', after: 'lapsed' })
  if (person.blocked)
    past.push({
      at: now - day,
      event: { event: 'authn_login_lock', ...trace, args: { why: 'lock-down' } },
    })
  return past
}
