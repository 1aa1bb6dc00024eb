import type { Policy } from '../policy/table.ts'
import type { EndReason } from '../store/schema.ts'

const minute = 60_000

/** Milliseconds that a pending sign-in lives. */
export const pendingLifetime = 30 * minute
/** Milliseconds in which the id before a rotation is still honoured, for requests that were on their way. */
export const rotationGrace = 10_000
/** Milliseconds that a clock may be set back without ending what began before; a longer leap would bring back what is over. */
export const clockSlack = minute
/** `last_seen_at` is written at most this often, in milliseconds. */
export const seenEvery = minute

interface SessionTimes {
  readonly createdAt: number
  readonly lastSeenAt: number
}

/** When a session ends if nothing more is asked for, in milliseconds since 1970, and which limit that is. */
export function endOf(
  times: SessionTimes,
  policy: Policy,
): { readonly at: number; readonly reason: 'idle' | 'absolute' } {
  const idle = times.lastSeenAt + policy.idleMinutes * minute
  const absolute = times.createdAt + policy.sessionHours * 60 * minute
  return idle < absolute ? { at: idle, reason: 'idle' } : { at: absolute, reason: 'absolute' }
}

/**
 * Which limit a session has passed. One that was seen later than it is now was seen before the clock was set back: nobody
 * knows for how long it has been idle, so it is over.
 */
export function expiryOf(
  times: SessionTimes,
  policy: Policy,
  now: number,
): Extract<EndReason, 'idle' | 'absolute'> | undefined {
  if (times.lastSeenAt > now + clockSlack) return 'idle'
  const end = endOf(times, policy)
  return end.at <= now ? end.reason : undefined
}
