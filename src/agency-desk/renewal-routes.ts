import type { Place } from '../administration/places.ts'
import { readNotRenewed, readRenewalProgress, readRenewals } from '../agency/renewals.ts'
import { contacts } from '../session/access.ts'
import { type Route, routeOf, send, type Visit } from '../session/visit.ts'
import { policyOf, type Session } from '../session/visitor.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { dayInWords } from '../web/time.ts'
import { type DeskParts, deskBase, deskFrame, organizationOfAddress } from './desk.ts'
import { wordsFor } from './words.ts'

/** Who of an organization has not renewed: names, for its contact alone. */
export const renewalRoutes = (parts: DeskParts): readonly Route[] => [
  routeOf(
    'GET',
    `${deskBase}/:id/renewals`,
    contacts,
    organizationOfAddress(parts),
    (visit, found) => showRenewals(parts, visit, found),
    { counts: 'look-up' },
  ),
]

async function showRenewals(
  { services: { store } }: DeskParts,
  visit: Visit<Session>,
  organization: Place,
): Promise<Response> {
  const { timeZone } = policyOf(visit.visitor)
  const renewals: OpenRenewal[] = []
  for (const { id, name, ends_at } of await readRenewals(store, organization.id)) {
    const [progress] = await readRenewalProgress(store.read, id, [organization.id])
    if (progress === undefined) continue
    const names = await readNotRenewed(store.read, id, organization.id)
    const day = dayInWords(ends_at - 1, timeZone, visit.language)
    renewals.push({ name, day, people: progress.people, names })
  }
  return send(visit, renewalsPage(await deskFrame(visit, organization, 'renewals'), renewals))
}

interface OpenRenewal {
  readonly name: string
  /** The last day, in words. */
  readonly day: string
  readonly people: number
  /** Of those who have not renewed. */
  readonly names: readonly string[]
}

function renewalsPage(frame: Frame, renewals: readonly OpenRenewal[]): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.renewals, kind: 'console' },
    html`<h1>${words.renewals}</h1><p>${words.renewalsLead}</p>${
      renewals.length === 0 && html`<p>${words.renewalsNone}</p>`
    }${renewals.map(
      ({ name, day, people, names }) =>
        html`<h2>${name}</h2><p>${words.renewalDay(day)} ${words.renewalDone(people - names.length, people)}</p>${
          names.length > 0 &&
          html`<h3>${words.notRenewed}</h3><ul class="usa-list">${names.map(one => html`<li>${one}</li>`)}</ul>`
        }`,
    )}`,
  )
}
