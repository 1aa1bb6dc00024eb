import { type Application, isAllowed } from '../applications/rules.ts'
import { findApplication } from '../applications/store.ts'
import { statusOf } from '../refusals.ts'
import { inside } from '../session/access.ts'
import { recordRefusal } from '../session/forgery.ts'
import { firstStepAt, isCodeProven } from '../session/proofs.ts'
import { showGate } from '../session/reauthentication.ts'
import type { Services } from '../session/services.ts'
import { insideRoute, type Route, redirect, send, type Visit } from '../session/visit.ts'
import type { Session } from '../session/visitor.ts'
import { makeChoice } from '../workspace/choosing.ts'
import { readChoices } from '../workspace/store.ts'
import { continuePage, notAllowedPage, placePage, setUpPage } from './entry-pages.ts'
import { entryAddress, paths } from './paths.ts'
import { askedAt, isPlaceChosen, withPlaceChosen } from './stamp.ts'
import { askerOf } from './tokens.ts'

/**
 * Where an application's request waits while the person signs in, does open steps or proves something again: the request is
 * in the address, so that nothing of it can expire. It ends in a page, not in a redirect: the policy of pages lets no form
 * lead to another site, and browsers count redirects after a form.
 */
export const entryRoutes = (services: Services): readonly Route[] => [
  insideRoute('GET', entryAddress, inside, visit => enter(services, visit)),
  insideRoute('POST', entryAddress, inside, visit => postPlace(services, visit)),
]

async function enter(services: Services, visit: Visit<Session>): Promise<Response> {
  const { wish, parameters, request } = asked(new URL(visit.c.req.url).search.slice(1))
  const application = await findApplication(services.store, parameters.get('client_id') ?? '')
  if (application === undefined || application.disabledAt !== null) return redirect(visit, '/')
  if (wish === 'not-allowed' && !isAllowed(application.allowed, askerOf(visit.visitor))) {
    await recordRefusal(services, visit, 'authz_fail', `${entryAddress} ${application.id}`)
    return send(visit, notAllowedPage(await visit.frame(), application.name, visit.visitor), 403)
  }
  const gate = await trainingGateFor(services, visit, { application, wish, request })
  return gate ?? send(visit, continuePage(await goingOn(visit, request), application.name, onward(request)))
}

const onward = (request: string): string => `${paths.authorization}?${request}`

/** The page leads on by itself; it needs no script. */
async function goingOn(visit: Visit<Session>, request: string) {
  visit.c.header('refresh', `0; url=${onward(request)}`)
  return visit.frame()
}

/** What a person wants to open, and what was found to come first. */
function asked(query: string) {
  const parameters = new URLSearchParams(query)
  const wish = parameters.get('wish')
  parameters.delete('wish')
  return { wish, parameters, request: parameters.toString() }
}

async function showPlace(
  { store }: Services,
  visit: Visit<Session>,
  application: Application,
  request: string,
  refusals: Awaited<ReturnType<typeof makeChoice>> = [],
): Promise<Response> {
  const { person, organization, workgroup } = visit.visitor
  const choices = await readChoices(store, person.id)
  const selected = { organization: organization?.id ?? '', workgroup: workgroup?.id ?? '' }
  const page = placePage(await visit.frame(), application.name, { choices, selected, request, refusals })
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function postPlace(services: Services, visit: Visit<Session>): Promise<Response> {
  const { form, visitor, now } = visit
  const { parameters, request } = asked(form.get('request'))
  const application = await findApplication(services.store, parameters.get('client_id') ?? '')
  if (application === undefined || application.disabledAt !== null) return redirect(visit, '/')
  const entry = { organization: form.get('organization'), workgroup: form.get('workgroup') }
  const refusals = await makeChoice(services, visit, entry)
  if (refusals.length > 0) return showPlace(services, visit, application, request, refusals)
  const chosen = withPlaceChosen(services.keyring, request, visitor.id, now)
  return redirect(visit, `${entryAddress}?wish=workplace&${chosen}`)
}

async function trainingGateFor(
  services: Services,
  visit: Visit<Session>,
  given: { readonly application: Application; readonly wish: string | null; readonly request: string },
): Promise<Response | undefined> {
  const { keyring } = services
  const { visitor, c, now } = visit
  const here = c.req.path + new URL(c.req.url).search
  const since = askedAt(keyring, given.request, now) ?? now
  if (given.wish === 'second-step' && !isCodeProven(visitor.proofs)) {
    if (!visitor.facts.hasSecondStep)
      return send(visit, setUpPage(await visit.frame(), given.application.name))
    return showGate(visit, { to: here, refusals: [] }, 200)
  }
  if (given.wish === 'prove-again' && firstStepAt(visitor.proofs) < since)
    return showGate(visit, { to: here, refusals: [] }, 200)
  if (given.wish === 'workplace' && !isPlaceChosen(keyring, given.request, visitor.id, now))
    return showPlace(services, visit, given.application, given.request)
  return undefined
}
