import type { EventName } from '../audit/events.ts'
import type { Store } from '../store/store.ts'

/** The events that a person sees of their own account, with the key of their words. */
const shownEvents = {
  authn_login_success: 'signedIn',
  authn_login_successafterfail: 'signedInAfterFailures',
  authn_login_fail: 'refused',
  authn_mfa_fail: 'wrongCode',
  authn_reauth_fail: 'wrongAtGate',
} as const satisfies Partial<Record<EventName, string>>

export type ActivityResult = (typeof shownEvents)[keyof typeof shownEvents]

/** One try to sign in. */
export interface Activity {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly address: string
  readonly userAgent: string
  readonly result: ActivityResult
}

const mostShown = 10

const isShown = (event: string): event is keyof typeof shownEvents => Object.hasOwn(shownEvents, event)

/** The newest tries on one account, from the audit log; never anybody else's. */
export async function readActivity({ read }: Store, accountId: string): Promise<readonly Activity[]> {
  const rows = await read
    .selectFrom('audit_record')
    .select(['at', 'event', 'address', 'args'])
    .where('subject', '=', accountId)
    .where('event', 'in', Object.keys(shownEvents))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostShown)
    .execute()
  return rows.flatMap(({ at, event, address, args }) =>
    isShown(event)
      ? [{ at, address: address ?? '', userAgent: browserOf(args), result: shownEvents[event] }]
      : [],
  )
}

function browserOf(args: string): string {
  const { browser } = JSON.parse(args) as { browser?: unknown }
  return typeof browser === 'string' ? browser : ''
}
