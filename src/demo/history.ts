import { type AuditEvent, createAudit } from '../audit/audit.ts'
import type { Services } from '../session/services.ts'
import type { Tx } from '../store/store.ts'

const minute = 60_000
const day = 24 * 60 * minute
const daysBack = 29
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/**
 * Four weeks of sign-ins for the console's drawing and the audit page, in a chain of their own: fewer at the weekend,
 * a wrong try here and there, and a password reset now and then.
 */
export async function fillHistory(
  { keyring }: Pick<Services, 'keyring'>,
  tx: Tx,
  people: readonly string[],
  now: number,
): Promise<void> {
  let at = now - daysBack * day
  const audit = createAudit(keyring, () => at)
  for (let back = daysBack; back > 0; back--) {
    at = now - back * day
    const isWeekend = [0, 6].includes(new Date(at).getUTCDay())
    for (const [index, id] of people.entries()) {
      if ((index + back) % (isWeekend ? 5 : 3) !== 0 && (isWeekend || (index * back) % 4 === 0)) continue
      at += 3 * minute
      await audit.record(tx, ...visitOf(id, index, back))
    }
  }
}

type Events = readonly [AuditEvent, ...AuditEvent[]]

/** One person's sign-in on one day. */
function visitOf(id: string, index: number, back: number): Events {
  const trace = { actor: id, subject: id, address: `192.0.2.${10 + index}` }
  const fail = {
    ...trace,
    actor: 'anonymous',
    event: 'authn_login_fail',
    args: { failures: 1, browser },
  } as const
  const begin = { ...trace, event: 'session_created' } as const
  if ((index * 7 + back) % 19 === 0)
    return [
      fail,
      { ...trace, event: 'authn_recovery_complete' },
      { ...trace, event: 'authn_login_success', args: { browser } },
      begin,
    ]
  if ((index * 5 + back) % 6 === 0)
    return [fail, { ...trace, event: 'authn_login_successafterfail', args: { failures: 1, browser } }, begin]
  return [{ ...trace, event: 'authn_login_success', args: { browser } }, begin]
}
