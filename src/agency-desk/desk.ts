import type { Place } from '../administration/places.ts'
import type { ContactAct } from '../agency/contacts.ts'
import { organizationsOf } from '../agency/contacts.ts'
import type { Services } from '../session/services.ts'
import type { Subject, Visit } from '../session/visit.ts'
import type { Session } from '../session/visitor.ts'
import type { Frame } from '../web/frame.ts'
import { sideNav } from '../web/parts.ts'
import { wordsFor } from './words.ts'

export interface DeskParts {
  readonly services: Services
}

/** Where the desk begins. */
export const deskBase = '/agency'

export const deskOf = (organizationId: string, end = ''): string => `${deskBase}/${organizationId}${end}`

/** The organization that an address names, for its contact; for everyone else there is none. */
export const organizationOfAddress = ({ services }: DeskParts): Subject<Place> => ({
  async find({ c, visitor }) {
    const own = await organizationsOf(services.store.read, visitor.person.id)
    return own.find(({ id }) => id === c.req.param('id'))
  },
})

/** What an address names, with the organization of the contact that it is of. */
export interface Of<Found> {
  readonly organization: Place
  readonly found: Found
}

/** What an address names within the contact's organization. */
export const withinOrganization = <Found>(
  parts: DeskParts,
  find: (visit: Visit<Session>, organization: Place) => Promise<Found | undefined>,
): Subject<Of<Found>> => ({
  async find(visit) {
    const organization = await organizationOfAddress(parts).find(visit)
    const found = organization && (await find(visit, organization))
    return organization && found && { organization, found }
  },
})

/** The contact who acts, and the organization. */
export const actOf = (visit: Visit<Session>, { id }: Place): ContactAct => ({
  agent: { ...visit.trace(), role: visit.visitor.person.role, epoch: visit.visitor.person.epoch },
  organizationId: id,
  now: visit.now,
})

const places = ['people', 'requests', 'reviews', 'renewals'] as const
export type DeskPlace = (typeof places)[number]

const ends: Readonly<Record<DeskPlace, string>> = {
  people: '',
  requests: '/requests',
  reviews: '/reviews',
  renewals: '/renewals',
}

/** The frame with the desk's side list: the places of this organization. */
export async function deskFrame(
  visit: Visit<Session>,
  organization: Place | undefined,
  current?: DeskPlace,
): Promise<Frame> {
  const words = wordsFor(visit.language)
  const items =
    organization === undefined
      ? []
      : places.map(place => ({
          href: deskOf(organization.id, ends[place]),
          text: words.places[place],
          current: place === current,
        }))
  const start = { href: deskBase, text: words.start, current: organization === undefined }
  return { ...(await visit.frame()), side: sideNav([start, ...items]) }
}
