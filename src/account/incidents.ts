import { sql } from 'kysely'
import type { EventName } from '../audit/events.ts'
import { newId } from '../store/ids.ts'
import type { IncidentKind } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'

/** Opens an incident, unless one of this kind is open for the account already. */
export async function openIncident(
  tx: Tx,
  accountId: string,
  kind: IncidentKind,
  now: number,
): Promise<void> {
  const open = await tx.db
    .selectFrom('incident')
    .select('id')
    .where('closed_at', 'is', null)
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  if (open !== undefined) return
  await tx.db
    .insertInto('incident')
    .values({ id: newId(now), account_id: accountId, kind, opened_at: now })
    .execute()
}

const day = 24 * 3_600_000

/** Kind of the incident that tells administrators of a second step reset and a new password within a day: how accounts are stolen by telephone. */
export const takeoverKind = 'password-and-two-step-reset' satisfies IncidentKind

/** The two halves of a take-over, as the audit log names them. */
const halves = {
  password: () => isEvent('authn_password_change'),
  'two-step': (accountId: string) =>
    sql<boolean>`(actor <> ${accountId} and (${isEvent('authn_mfa_remove')}
      or (${isEvent('authn_mfa_enroll')} and args like '%"replaced":true%')))`,
} as const

const isEvent = (event: EventName) => sql<boolean>`event = ${event}`

/**
 * Opens an incident when the other half was done to the same account within 24 hours: a new password by any road, Forgot
 * password and the person's own page included, and a second step that somebody else took away or gave in the place of one, in either order. The account's
 * row is held by the caller, so that of two at once one sees the other.
 *
 * @param done the half that is being done now
 */
export async function watchTakeover(
  tx: Tx,
  accountId: string,
  done: keyof typeof halves,
  now: number,
): Promise<void> {
  const other = done === 'password' ? 'two-step' : 'password'
  const half = await tx.db
    .selectFrom('audit_record')
    .select('id')
    .where('subject', '=', accountId)
    .where('at', '>', now - day)
    .where(halves[other](accountId))
    .executeTakeFirst()
  if (half !== undefined) await openIncident(tx, accountId, takeoverKind, now)
}
