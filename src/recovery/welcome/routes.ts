import { barOf } from '../../account/rules.ts'
import { proveEmail } from '../../account/store.ts'
import { anyone } from '../../session/access.ts'
import type { Cookies } from '../../session/cookies.ts'
import { answerNoCookie } from '../../session/no-cookie.ts'
import type { Services } from '../../session/services.ts'
import { startPending } from '../../session/sign-ins.ts'
import { type Route, redirect, route, send, type Visit } from '../../session/visit.ts'
import { recoveryFacts } from '../forgot/store.ts'
import {
  claimLink,
  createLinkCookie,
  type LinkCookie,
  type LinkRow,
  mailedRoute,
  noteReuse,
  readLink,
} from '../mailed-link.ts'
import { deadWelcomePage, welcomePage } from './pages.ts'

/**
 * Set up your account, from the mailed link: Continue begins the first sign-in in place of the temporary password, and
 * leads back to its open step, in any browser, until the person has a password of their own or the link's time is over.
 */
export function welcomeRoutes(services: Services, cookies: Cookies): readonly Route[] {
  const cookie = createLinkCookie('welcome', services.settings.LINTEL_ORIGIN)
  const show = (stale: boolean, status: number) => async (visit: Visit) => {
    const link = await openLink(services, cookie, visit)
    if (link === undefined) return dead(visit, status)
    const given = { name: link.first_name || link.last_name, username: link.username, stale }
    return send(visit, welcomePage(await visit.frame(), given), status)
  }
  return [
    mailedRoute('welcome', cookie),
    route('GET', '/welcome', anyone, show(false, 200)),
    route('POST', '/welcome', anyone, visit => postWelcome(services, cookies, cookie, visit), {
      stale: show(true, 403),
    }),
  ]
}

const dead = async (visit: Visit, status: number) =>
  visit.sentCookie ? send(visit, deadWelcomePage(await visit.frame()), status) : answerNoCookie(visit, status)

/** The link stands for the temporary password: without one in force it opens nothing. */
async function openLink(services: Services, cookie: LinkCookie, visit: Visit): Promise<LinkRow | undefined> {
  const held = cookie.read(visit.c)
  const link = held && (await readLink(services, 'welcome', held.token))
  if (link === undefined) return undefined
  const live =
    link.expires_at > visit.now &&
    link.epoch === link.account_epoch &&
    link.is_temporary === 1 &&
    barOf(recoveryFacts(link), visit.now) === undefined
  if (!live && link.used_at !== null) await noteReuse(services, visit, link)
  return live ? link : undefined
}

async function postWelcome(
  services: Services,
  cookies: Cookies,
  cookie: LinkCookie,
  visit: Visit,
): Promise<Response> {
  const link = await openLink(services, cookie, visit)
  if (link === undefined) return dead(visit, 422)
  const token = await services.store.write(async tx => {
    const first = await claimLink(tx, link.token_hash, visit.now)
    if (first) await proveEmail(tx, link.account_id, link.epoch, visit.now)
    await services.audit.record(tx, {
      event: first ? 'authn_token_revoked' : 'authn_token_reuse',
      ...visit.trace(),
      subject: link.account_id,
      args: { link: 'welcome', used: true },
    })
    const proofs = { 'mailed-link': visit.now }
    const proven = { accountId: link.account_id, epoch: link.epoch, proofs, failuresBefore: 0, returnTo: '/' }
    return startPending(tx, proven, visit)
  })
  cookie.expire(visit.c)
  cookies.setHolder(visit.c, token)
  return redirect(visit, '/')
}
