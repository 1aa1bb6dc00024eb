import type { AuditEvent } from '../audit/audit.ts'
import type { Tx } from '../store/store.ts'
import type { PastRecord } from './past.ts'

const minute = 60_000
const day = 24 * 60 * minute
const daysBack = 29
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/**
 * Four weeks of sign-ins for the console's drawing and the audit page: fewer at the weekend, a wrong try here and there,
 * and a password reset now and then.
 */
export function* visits(people: readonly string[], now: number): Generator<PastRecord> {
  for (let back = daysBack; back > 0; back--) {
    let at = now - back * day
    const isWeekend = [0, 6].includes(new Date(at).getUTCDay())
    for (const [index, id] of people.entries()) {
      if ((index + back) % (isWeekend ? 5 : 3) !== 0 && (isWeekend || (index * back) % 4 === 0)) continue
      at += 3 * minute
      for (const event of visitOf(id, index, back)) yield { at, event }
    }
  }
}

/** The last sign-in of an account is the one that the log has. */
export async function noteLastVisits({ db }: Tx, people: readonly string[]): Promise<void> {
  const rows = await db
    .selectFrom('audit_record')
    .select(eb => ['subject', eb.fn.max('at').as('at')])
    .where('event', '=', 'session_created')
    .where('subject', 'in', people)
    .groupBy('subject')
    .execute()
  for (const { subject, at } of rows)
    await db
      .updateTable('account')
      .set({ last_sign_in_at: at })
      .where('id', '=', subject ?? '')
      .execute()
}

/** One person's sign-in on one day. */
function visitOf(id: string, index: number, back: number): readonly AuditEvent[] {
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
