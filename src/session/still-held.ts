import { barOf, stateColumns, stateOf } from '../account/rules.ts'
import type { Store } from '../store/store.ts'
import { expiryOf } from './limits.ts'
import { policyOf, type Session } from './visitor.ts'

/**
 * Tells whether a session may still do what it was let in for; asked by work that takes longer than a request. Its id may have
 * changed meanwhile. `now` in milliseconds since 1970.
 */
export async function isStillHeld({ read }: Store, session: Session, now: number): Promise<boolean> {
  const row = await read
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .select(['ended_at', 'last_seen_at', 'session.created_at', 'session.epoch as holder_epoch'])
    .select(['account.epoch as account_epoch', 'role', ...stateColumns])
    .where('session.id', '=', session.id)
    .executeTakeFirst()
  if (row === undefined || row.ended_at !== null || row.holder_epoch !== row.account_epoch) return false
  const times = { createdAt: row.created_at, lastSeenAt: row.last_seen_at }
  return (
    row.role === session.person.role &&
    expiryOf(times, policyOf(session), now) === undefined &&
    barOf(stateOf(row), now) === undefined
  )
}
