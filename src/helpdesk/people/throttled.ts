import { inReach, type Reach } from '../../administration/reach.ts'
import type { Keyring } from '../../store/keyring.ts'
import type { Store } from '../../store/store.ts'
import { strangerLimit } from '../../throttle/rules.ts'
import { counterName } from '../../throttle/store.ts'

const day = 24 * 3_600_000
/** Before so many failures nobody waits. */
const fewest = 5
const mostLooked = 500

/**
 * Ids of the accounts whose sign-in has to wait now. Counters do not say whose they are, so this asks for whom the audit
 * log has enough failures in the last 24 hours, after which a quiet counter is gone.
 */
export async function readThrottled(
  { store, keyring }: { readonly store: Store; readonly keyring: Keyring },
  reach: Reach,
  now: number,
): Promise<readonly string[]> {
  const failing = await store.read
    .selectFrom('audit_record')
    .innerJoin('account', 'account.id', 'audit_record.subject')
    .select(['account.id', 'account.username_key'])
    .where('event', 'in', ['authn_login_fail', 'authn_login_fail_max'])
    .where('at', '>', now - day)
    .where(inReach(reach))
    .groupBy(['account.id', 'account.username_key'])
    .having(eb => eb.fn.countAll(), '>=', fewest)
    .limit(mostLooked)
    .execute()
  return throttledAmong({ store, keyring }, failing, now)
}

/** Of some accounts the ids of those whose sign-in has to wait now. */
export async function throttledAmong(
  { store, keyring }: { readonly store: Store; readonly keyring: Keyring },
  accounts: readonly { readonly id: string; readonly username_key: string }[],
  now: number,
): Promise<readonly string[]> {
  const owners = new Map(
    accounts.flatMap(({ id, username_key }) => [
      [counterName(keyring, 'password-stranger', username_key), id] as const,
      [counterName(keyring, 'password-known', username_key), id] as const,
    ]),
  )
  if (owners.size === 0) return []
  const waiting = await store.read
    .selectFrom('throttle')
    .select('name')
    .where('name', 'in', [...owners.keys()])
    .where(eb => eb.or([eb('blocked_until', '>', now), eb('failures', '>=', strangerLimit)]))
    .execute()
  return [...new Set(waiting.flatMap(({ name }) => owners.get(name) ?? []))]
}
