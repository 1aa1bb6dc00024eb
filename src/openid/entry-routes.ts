import type { Application } from '../applications/rules.ts'
import { findApplication } from '../applications/store.ts'
import { inside } from '../session/access.ts'
import { firstStepAt, isCodeProven } from '../session/proofs.ts'
import { showGate } from '../session/reauthentication.ts'
import type { Services } from '../session/services.ts'
import { insideRoute, type Route, redirect, send, type Visit } from '../session/visit.ts'
import type { Session } from '../session/visitor.ts'
import { continuePage, notAllowedPage, setUpPage } from './entry-pages.ts'
import { entryAddress, paths } from './paths.ts'
import { askedAt } from './stamp.ts'

/**
 * Where an application's request waits while the person signs in, does open steps or proves something again: the request is
 * in the address, so that nothing of it can expire. It ends in a page, not in a redirect: the policy of pages lets no form
 * lead to another site, and browsers count redirects after a form.
 */
export const entryRoutes = (services: Services): readonly Route[] => [
  insideRoute('GET', entryAddress, inside, visit => enter(services, visit)),
]

async function enter(services: Services, visit: Visit<Session>): Promise<Response> {
  const query = new URL(visit.c.req.url).search.slice(1)
  const parameters = new URLSearchParams(query)
  const wish = parameters.get('wish')
  parameters.delete('wish')
  const request = parameters.toString()
  const application = await findApplication(services.store, parameters.get('client_id') ?? '')
  if (application === undefined || application.disabledAt !== null) return redirect(visit, '/')
  if (wish === 'not-allowed')
    return send(visit, notAllowedPage(await visit.frame(), application.name, visit.visitor), 403)
  const gate = await gateFor(services, visit, { application, wish, request })
  return gate ?? send(visit, continuePage(await goingOn(visit, request), application.name, onward(request)))
}

const onward = (request: string): string => `${paths.authorization}?${request}`

/** The page leads on by itself; it needs no script. */
async function goingOn(visit: Visit<Session>, request: string) {
  visit.c.header('refresh', `0; url=${onward(request)}`)
  return visit.frame()
}

async function gateFor(
  { keyring }: Services,
  visit: Visit<Session>,
  given: { readonly application: Application; readonly wish: string | null; readonly request: string },
): Promise<Response | undefined> {
  const { visitor, c, now } = visit
  const here = c.req.path + new URL(c.req.url).search
  const since = askedAt(keyring, given.request, now) ?? now
  if (given.wish === 'second-step' && !isCodeProven(visitor.proofs)) {
    if (!visitor.facts.hasSecondStep)
      return send(visit, setUpPage(await visit.frame(), given.application.name))
    return showGate(visit, visitor, { to: here, refusals: [] }, 200)
  }
  if (given.wish === 'prove-again' && firstStepAt(visitor.proofs) < since)
    return showGate(visit, visitor, { to: here, refusals: [] }, 200)
  return undefined
}
