import { forgetBrowsers } from '../account/store.ts'
import { anyone, inside } from '../session/access.ts'
import type { Cookies } from '../session/cookies.ts'
import type { Door } from '../session/door.ts'
import { cutOff } from '../session/ending.ts'
import { gateAddress, readGate, refuseAtGate } from '../session/reauthentication.ts'
import { type ReauthenticationParts, reauthenticate } from '../session/reauthentication-check.ts'
import type { Services } from '../session/services.ts'
import { sayingOf } from '../session/sign-out.ts'
import {
  insideRoute,
  type Route,
  redirect,
  redirectSaying,
  route,
  send,
  type Visit,
} from '../session/visit.ts'
import type { Session } from '../session/visitor.ts'
import { safePath } from '../web/request.ts'
import { readActivity } from './activity.ts'
import { postEndComputer, postEndSession, readDevices } from './devices.ts'
import { securityPage } from './security-page.ts'
import { isSecurityMessage, type SecurityMessage } from './security-words.ts'

interface SecurityParts {
  readonly services: Services
  readonly checks: ReauthenticationParts
  readonly cookies: Cookies
  readonly fail: Door['fail']
}

export function securityRoutes(parts: SecurityParts): readonly Route[] {
  return [
    route('GET', '/.well-known/change-password', anyone, visit => redirect(visit, '/security/password')),
    insideRoute('GET', '/security', inside, visit => showSecurity(parts, visit), { proof: 'fresh' }),
    insideRoute('POST', '/security', inside, visit => postGate(parts, visit)),
    insideRoute('POST', '/security/sessions/end', inside, visit => postEndSession(parts.services, visit)),
    insideRoute('POST', '/security/computers/end', inside, visit => postEndComputer(parts.services, visit)),
    insideRoute('POST', '/security/sign-out-everywhere', inside, visit => postEverywhere(parts, visit)),
  ]
}

const messageOf = (said: string | undefined): SecurityMessage | undefined =>
  isSecurityMessage(said) ? said : undefined

async function showSecurity({ services }: SecurityParts, visit: Visit<Session>): Promise<Response> {
  const { store } = services
  const { visitor } = visit
  const credential = await store.read
    .selectFrom('credential')
    .select('set_at')
    .where('account_id', '=', visitor.person.id)
    .executeTakeFirst()
  const page = securityPage(await visit.frame(), visitor, {
    passwordSetAt: credential?.set_at,
    activity: await readActivity(store, visitor.person.id),
    devices: await readDevices(services, visit),
    message: messageOf(visit.said()),
  })
  return send(visit, page)
}

/** The gate leads only to pages of ours, and to Security Settings when it is not told where. */
const pathAfter = (visit: Visit): string =>
  visit.form.has('to') ? safePath(visit.form.get('to')) : gateAddress

async function postGate(parts: SecurityParts, visit: Visit<Session>): Promise<Response> {
  const outcome = await reauthenticate(parts.checks, visit, readGate(visit.form))
  if (!outcome.ok)
    return refuseAtGate(
      { fail: ({ c }, status) => parts.fail(c, status) },
      visit,
      { to: pathAfter(visit) },
      outcome.refusals,
    )
  if (outcome.value.cookie !== undefined) parts.cookies.setHolder(visit.c, outcome.value.cookie)
  return redirect(visit, pathAfter(visit))
}

/** Needs no fresh password: anyone who ends sessions takes nothing. One's own goes too. */
async function postEverywhere(
  { services, cookies }: SecurityParts,
  visit: Visit<Session>,
): Promise<Response> {
  const { id } = visit.visitor.person
  await services.store.write(async tx => {
    await forgetBrowsers(tx, id)
    const ended = await cutOff(services, tx, id, 'ended-by-person', visit.now)
    await services.audit.record(tx, {
      event: 'session_expired',
      ...visit.trace(),
      subject: id,
      args: { reason: 'ended-by-person', ended },
    })
  })
  cookies.expireHolder(visit.c)
  visit.c.header('clear-site-data', '"cache", "storage"')
  const ended = { accountId: id, endedAt: visit.now }
  return redirectSaying(visit, '/sign-in', await sayingOf(services.store, 'ended-by-person', ended))
}
