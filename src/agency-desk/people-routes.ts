import { dayOf } from '../administration/last-day.ts'
import type { Place } from '../administration/places.ts'
import { isId } from '../administration/reach.ts'
import { type AgencyCode, organizationsOf } from '../agency/contacts.ts'
import { type ReportRow, readReports } from '../agency/leaver-lists.ts'
import { reportLeaver, takeLeaverBack } from '../agency/leavers.ts'
import { type Colleague, readColleague, readColleagues } from '../agency/people.ts'
import { type Refusal, statusOf } from '../refusals.ts'
import { contacts } from '../session/access.ts'
import {
  insideRoute,
  type Route,
  redirect,
  redirectSaying,
  routeOf,
  send,
  type Visit,
} from '../session/visit.ts'
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
import { leaverPage, takeBackPage } from './leaver-pages.ts'
import { peoplePage, startPage } from './people-pages.ts'
import { wordsFor } from './words.ts'

export function peopleRoutes(parts: DeskParts): readonly Route[] {
  const { store } = parts.services
  const person = colleagueOfAddress(parts)
  const report = withinOrganization(parts, async ({ c, now }, { id }) =>
    (await readReports(store, id, now)).find(row => row.id === c.req.param('report')),
  )
  const [leaver, back] = [`${deskBase}/:id/people/:person/leaver`, `${deskBase}/:id/leavers/:report`]
  const counts = 'look-up'
  const proof = 'fresh'
  return [
    insideRoute('GET', deskBase, contacts, visit => showStart(parts, visit)),
    routeOf(
      'GET',
      `${deskBase}/:id`,
      contacts,
      organizationOfAddress(parts),
      (visit, found) => showPeople(parts, visit, found),
      { counts },
    ),
    routeOf(
      'GET',
      leaver,
      contacts,
      person,
      async (visit, of) => showLeaver(visit, of, (await visit.kept()).get('lastDay'), []),
      { counts },
    ),
    routeOf('POST', leaver, contacts, person, (visit, of) => postLeaver(parts, visit, of), {
      counts,
      proof,
      keep: { path: leaver },
      deed: ({ language }) => wordsFor(language).deeds.leaver,
    }),
    routeOf('GET', back, contacts, report, (visit, of) => showTakeBack(visit, of, [])),
    routeOf('POST', back, contacts, report, (visit, of) => postTakeBack(parts, visit, of), {
      proof,
      deed: ({ language }) => wordsFor(language).deeds.back,
    }),
  ]
}

/** One of the people of the organization that the address names. */
export const colleagueOfAddress = (parts: DeskParts) =>
  withinOrganization(parts, async ({ c, now }, organization) => {
    const id = c.req.param('person') ?? ''
    return isId(id) ? readColleague(parts.services.store.read, organization.id, id, now) : undefined
  })

async function showStart({ services }: DeskParts, visit: Visit<Session>): Promise<Response> {
  const organizations = await organizationsOf(services.store.read, visit.visitor.person.id)
  const [only, ...others] = organizations
  if (only !== undefined && others.length === 0) return redirect(visit, deskOf(only.id))
  return send(visit, startPage(await deskFrame(visit, undefined), organizations))
}

async function showPeople(
  { services }: DeskParts,
  visit: Visit<Session>,
  organization: Place,
): Promise<Response> {
  const { c, now } = visit
  const text = (c.req.query('q') ?? '').slice(0, 200)
  const page = Number.parseInt(c.req.query('page') ?? '1', 10) || 1
  const words = wordsFor(visit.language)
  const said = visit.said() ?? ''
  const view = {
    organization,
    text,
    list: await readColleagues(services.store, organization.id, { text, page }, now),
    reports: await readReports(services.store, organization.id, now),
    message: Object.hasOwn(words.did, said) ? words.did[said as keyof typeof words.did] : undefined,
    timeZone: policyOf(visit.visitor).timeZone,
  }
  return send(visit, peoplePage(await deskFrame(visit, organization, 'people'), view))
}

async function showLeaver(
  visit: Visit<Session>,
  of: Of<Colleague>,
  lastDay: string,
  refusals: readonly Refusal<AgencyCode>[],
): Promise<Response> {
  const today = dayOf(visit.now, policyOf(visit.visitor).timeZone)
  const page = leaverPage(await deskFrame(visit, of.organization, 'people'), of, lastDay || today, refusals)
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function postLeaver(
  { services }: DeskParts,
  visit: Visit<Session>,
  of: Of<Colleague>,
): Promise<Response> {
  const lastDay = visit.form.get('lastDay').trim()
  const policy = policyOf(visit.visitor)
  const outcome = await services.store.write(tx =>
    reportLeaver(services, tx, actOf(visit, of.organization), { personId: of.found.id, lastDay }, policy),
  )
  return outcome.ok
    ? redirectSaying(visit, deskOf(of.organization.id), outcome.value)
    : showLeaver(visit, of, lastDay, outcome.refusals)
}

async function showTakeBack(
  visit: Visit<Session>,
  of: Of<ReportRow>,
  refusals: readonly Refusal<AgencyCode>[],
): Promise<Response> {
  const { timeZone } = policyOf(visit.visitor)
  const page = takeBackPage(await deskFrame(visit, of.organization, 'people'), of, timeZone, refusals)
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function postTakeBack(
  { services }: DeskParts,
  visit: Visit<Session>,
  of: Of<ReportRow>,
): Promise<Response> {
  const policy = policyOf(visit.visitor)
  const outcome = await services.store.write(tx =>
    takeLeaverBack(services, tx, actOf(visit, of.organization), of.found.id, policy),
  )
  return outcome.ok
    ? redirectSaying(visit, deskOf(of.organization.id), 'back')
    : showTakeBack(visit, of, outcome.refusals)
}
