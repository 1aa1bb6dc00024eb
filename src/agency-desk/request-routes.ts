import { type Place, readPlaces } from '../administration/places.ts'
import { isId } from '../administration/reach.ts'
import type { AgencyCode } from '../agency/contacts.ts'
import type { Colleague } from '../agency/people.ts'
import { type RequestFacts, readRequestFor, readRequests } from '../agency/request-reading.ts'
import { checkRequest, emptyEntry, type RequestEntry, readRequest } from '../agency/request-rules.ts'
import { askFor, sendAgain, withdraw } from '../agency/requests.ts'
import { type Refusal, statusOf } from '../refusals.ts'
import { contacts } from '../session/access.ts'
import { type Route, redirectSaying, routeOf, send, type Visit } from '../session/visit.ts'
import { policyOf, type Session } from '../session/visitor.ts'
import {
  actOf,
  type DeskParts,
  deskBase,
  deskFrame,
  deskOf,
  type Of,
  organizationOfAddress,
  withinOrganization,
} from './desk.ts'
import { colleagueOfAddress } from './people-routes.ts'
import { changePage, newRequestPage, requestPage, requestsPage } from './request-pages.ts'
import { wordsFor } from './words.ts'

const closedShown = 50
const openShown = 200

export function requestRoutes(parts: DeskParts): readonly Route[] {
  const organization = organizationOfAddress(parts)
  const person = colleagueOfAddress(parts)
  const request = withinOrganization(parts, async ({ c }, { id }) => {
    const asked = c.req.param('request') ?? ''
    return isId(asked) ? readRequestFor(parts.services.store.read, asked, [id]) : undefined
  })
  const list = `${deskBase}/:id/requests`
  const [made, one, change] = [`${list}/new`, `${list}/:request`, `${deskBase}/:id/people/:person/change`]
  const counts = 'look-up'
  return [
    routeOf('GET', list, contacts, organization, (visit, found) => showList(parts, visit, found)),
    routeOf('GET', made, contacts, organization, async (visit, found) =>
      showNew(parts, visit, found, readRequest(await visit.kept()), []),
    ),
    routeOf('POST', made, contacts, organization, (visit, found) => postNew(parts, visit, found), {
      counts,
      keep: { path: made },
    }),
    routeOf('GET', change, contacts, person, async (visit, of) => {
      const kept = await visit.kept()
      return showChange(parts, visit, of, kept.has('note') ? readRequest(kept) : entryOf(of.found), [])
    }),
    routeOf('POST', change, contacts, person, (visit, of) => postChange(parts, visit, of), {
      counts,
      keep: { path: change },
    }),
    routeOf('GET', one, contacts, request, (visit, of) => showOne(parts, visit, of, of.found.entry, [])),
    routeOf('POST', one, contacts, request, (visit, of) => postAgain(parts, visit, of), { counts }),
    routeOf('POST', `${one}/withdraw`, contacts, request, (visit, of) => postWithdraw(parts, visit, of)),
  ]
}

/** What the person has now: a change begins with it. */
const entryOf = ({ workgroups }: Colleague): RequestEntry => ({
  ...emptyEntry,
  workgroups: workgroups.map(({ id }) => id),
})

/** The workgroups that a contact may ask for: those that the helpdesk gives to who works for this organization. */
const askable = async ({ services }: DeskParts, { id }: Place): Promise<readonly Place[]> =>
  (await readPlaces(services.store, [id], 'helpdesk')).workgroups

/** The same, and what the person has although no helpdesk gives it: it stays ticked. */
const askableFor = async (
  parts: DeskParts,
  organization: Place,
  { workgroups }: Colleague,
): Promise<readonly Place[]> => {
  const open = await askable(parts, organization)
  return [...open, ...workgroups.filter(({ id }) => !open.some(place => place.id === id))]
}

async function showList(
  { services }: DeskParts,
  visit: Visit<Session>,
  organization: Place,
): Promise<Response> {
  const asked = { organizationIds: [organization.id] }
  const words = wordsFor(visit.language)
  const said = visit.said() ?? ''
  const page = requestsPage(await deskFrame(visit, organization, 'requests'), {
    organization,
    open: await readRequests(services.store, { ...asked, open: true, limit: openShown }),
    closed: await readRequests(services.store, { ...asked, open: false, limit: closedShown }),
    message: said === 'asked' || said === 'withdrawn' ? words.did[said] : undefined,
    timeZone: policyOf(visit.visitor).timeZone,
  })
  return send(visit, page)
}

const statusFor = (refusals: readonly Refusal<AgencyCode>[]): number =>
  refusals.length > 0 ? statusOf(refusals) : 200

async function showNew(
  parts: DeskParts,
  visit: Visit<Session>,
  organization: Place,
  entry: RequestEntry,
  refusals: readonly Refusal<AgencyCode>[],
): Promise<Response> {
  const view = { organization, entry, refusals, workgroups: await askable(parts, organization) }
  return send(
    visit,
    newRequestPage(await deskFrame(visit, organization, 'requests'), view),
    statusFor(refusals),
  )
}

async function postNew(parts: DeskParts, visit: Visit<Session>, organization: Place): Promise<Response> {
  const entry = readRequest(visit.form)
  const open = (await askable(parts, organization)).map(({ id }) => id)
  const refusals = checkRequest('account', entry, open, [])
  if (refusals.length > 0) return showNew(parts, visit, organization, entry, refusals)
  const { services } = parts
  const outcome = await services.store.write(tx =>
    askFor(services, tx, actOf(visit, organization), { kind: 'account', entry }, policyOf(visit.visitor)),
  )
  return outcome.ok
    ? redirectSaying(visit, deskOf(organization.id, '/requests'), 'asked')
    : showNew(parts, visit, organization, entry, outcome.refusals)
}

async function showChange(
  parts: DeskParts,
  visit: Visit<Session>,
  { organization, found }: Of<Colleague>,
  entry: RequestEntry,
  refusals: readonly Refusal<AgencyCode>[],
): Promise<Response> {
  const view = { organization, entry, refusals, workgroups: await askableFor(parts, organization, found) }
  return send(
    visit,
    changePage(await deskFrame(visit, organization, 'people'), found, view),
    statusFor(refusals),
  )
}

async function postChange(parts: DeskParts, visit: Visit<Session>, of: Of<Colleague>): Promise<Response> {
  const { organization, found } = of
  const { workgroups, note } = readRequest(visit.form)
  const entry: RequestEntry = { ...emptyEntry, workgroups, note }
  const open = (await askable(parts, organization)).map(({ id }) => id)
  const refusals = checkRequest('change', entry, open, entryOf(found).workgroups)
  if (refusals.length > 0) return showChange(parts, visit, of, entry, refusals)
  const { services } = parts
  const asked = { kind: 'change', entry, personId: found.id } as const
  const outcome = await services.store.write(tx =>
    askFor(services, tx, actOf(visit, organization), asked, policyOf(visit.visitor)),
  )
  return outcome.ok
    ? redirectSaying(visit, deskOf(organization.id, '/requests'), 'asked')
    : showChange(parts, visit, of, entry, outcome.refusals)
}

async function showOne(
  parts: DeskParts,
  visit: Visit<Session>,
  { organization, found }: Of<RequestFacts>,
  entry: RequestEntry,
  refusals: readonly Refusal<AgencyCode>[],
): Promise<Response> {
  const { timeZone } = policyOf(visit.visitor)
  const view = { organization, entry, refusals, timeZone, workgroups: await askable(parts, organization) }
  return send(
    visit,
    requestPage(await deskFrame(visit, organization, 'requests'), found, view),
    statusFor(refusals),
  )
}

const seenVersion = ({ form }: Visit): number => Number.parseInt(form.get('version'), 10) || 0

async function postAgain(parts: DeskParts, visit: Visit<Session>, of: Of<RequestFacts>): Promise<Response> {
  const { organization, found } = of
  const typed = readRequest(visit.form)
  const { workgroups, note } = typed
  const entry = found.kind === 'account' ? typed : { ...emptyEntry, workgroups, note }
  const open = (await askable(parts, organization)).map(({ id }) => id)
  const refusals =
    found.kind === 'leaver' ? [] : checkRequest(found.kind, entry, open, found.entry.workgroups)
  if (refusals.length > 0) return showOne(parts, visit, of, entry, refusals)
  const { services } = parts
  const change = { id: found.id, seenVersion: seenVersion(visit) }
  const outcome = await services.store.write(tx =>
    sendAgain(
      services,
      tx,
      actOf(visit, organization),
      change,
      found.kind === 'leaver' ? found.entry : entry,
      policyOf(visit.visitor),
    ),
  )
  return outcome.ok
    ? redirectSaying(visit, deskOf(organization.id, '/requests'), 'asked')
    : showOne(parts, visit, of, entry, outcome.refusals)
}

async function postWithdraw(
  { services }: DeskParts,
  visit: Visit<Session>,
  of: Of<RequestFacts>,
): Promise<Response> {
  const { organization, found } = of
  const change = { id: found.id, seenVersion: seenVersion(visit) }
  const outcome = await services.store.write(tx => withdraw(services, tx, actOf(visit, organization), change))
  return outcome.ok
    ? redirectSaying(visit, deskOf(organization.id, '/requests'), 'withdrawn')
    : showOne({ services }, visit, of, found.entry, outcome.refusals)
}
