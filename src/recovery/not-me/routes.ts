import { anyone } from '../../session/access.ts'
import { answerNoCookie } from '../../session/no-cookie.ts'
import type { Services } from '../../session/services.ts'
import { type Route, route, send, type Visit } from '../../session/visit.ts'
import { isGuarded } from '../forgot/rules.ts'
import {
  createLinkCookie,
  type LinkCookie,
  type LinkRow,
  mailedRoute,
  noteReuse,
  readLink,
} from '../mailed-link.ts'
import { deadNotMePage, endedPage, notMePage } from './pages.ts'
import { shutAccount } from './store.ts'

/** "This was not me": the link shows what will happen; only the button does it. */
export function notMeRoutes(services: Services): readonly Route[] {
  const cookie = createLinkCookie('not-me', services.settings.LINTEL_ORIGIN)
  const show = (stale: boolean, status: number) => async (visit: Visit) => {
    const link = await openLink(services, cookie, visit)
    if (link === undefined) return dead(visit, 200)
    return send(visit, notMePage(await visit.frame(), { username: link.username, stale }), status)
  }
  return [
    mailedRoute('not-me', cookie),
    route('GET', '/not-me', anyone, show(false, 200)),
    route('POST', '/not-me', anyone, visit => postNotMe(services, cookie, visit), {
      stale: show(true, 403),
    }),
  ]
}

const dead = async (visit: Visit, status: number) =>
  visit.sentCookie ? send(visit, deadNotMePage(await visit.frame()), status) : answerNoCookie(visit, status)

/**
 * The link while it works. It does not die with the account's epoch: anyone who took the account over could raise that and so
 * take the owner's alarm away.
 */
async function openLink(services: Services, cookie: LinkCookie, visit: Visit): Promise<LinkRow | undefined> {
  const held = cookie.read(visit.c)
  const link = held && (await readLink(services, 'not-me', held.token))
  if (link === undefined || link.expires_at <= visit.now) return undefined
  if (link.used_at === null) return link
  await noteReuse(services, visit, link)
  return undefined
}

async function postNotMe(services: Services, cookie: LinkCookie, visit: Visit): Promise<Response> {
  const link = await openLink(services, cookie, visit)
  if (link === undefined) return dead(visit, 422)
  const shut = await services.store.write(async tx => {
    if (!(await shutAccount(services, tx, link, visit.now))) return false
    await services.audit.record(tx, { event: 'authn_not_me', ...visit.trace(), subject: link.account_id })
    return true
  })
  if (!shut) return dead(visit, 422)
  cookie.expire(visit.c)
  return send(visit, endedPage(await visit.frame(), isGuarded(link.security_changed_at, visit.now)))
}
