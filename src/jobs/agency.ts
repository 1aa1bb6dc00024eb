import { endDueReports } from '../agency/leavers.ts'
import { runRenewals } from '../agency/renewal-clock.ts'
import { endStaleRequests } from '../agency/requests.ts'
import { remindContacts, settleReviews } from '../agency/review-end.ts'
import { readPolicy } from '../policy/policy.ts'
import type { Services } from '../session/services.ts'
import { readBelief } from './believed.ts'

/** What the agency's desk leaves to the clock: leavers whose last day is over, requests that nobody answers, reviews and renewals. */
export async function runAgency(
  services: Services,
  clock: number,
  stopping: AbortSignal = new AbortController().signal,
): Promise<string> {
  const now = await readBelief(services, clock)
  const policy = await readPolicy(services.store)
  const left = await endDueReports(services, policy, now)
  const stale = await endStaleRequests(services, policy, now)
  const reminded = await remindContacts(services, policy, now)
  const suspended = await settleReviews(services, policy, now, stopping)
  const renewals = await runRenewals(services, policy, now, stopping)
  return JSON.stringify({ left, stale, reminded, suspended, ...renewals })
}
