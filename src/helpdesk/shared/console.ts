import type { Agent } from '../../administration/act.ts'
import type { Hasher } from '../../password/hashing.ts'
import type { Door } from '../../session/door.ts'
import type { Services } from '../../session/services.ts'
import type { Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import type { Frame } from '../../web/frame.ts'
import { sideNav } from '../../web/parts.ts'
import { wordsFor } from './words.ts'

export interface HelpdeskParts {
  readonly services: Services
  readonly hasher: Hasher
  readonly fail: Door['fail']
}

/** The side list, in its order. Each entry is there for whom the page at its address is. */
const places = [
  { place: 'start', href: '/helpdesk' },
  { place: 'people', href: '/helpdesk/people' },
  { place: 'create', href: '/helpdesk/people/new' },
  { place: 'sheets', href: '/helpdesk/sheets' },
  { place: 'organizations', href: '/helpdesk/organizations' },
  { place: 'workgroups', href: '/helpdesk/workgroups' },
  { place: 'applications', href: '/helpdesk/applications' },
  { place: 'terms', href: '/helpdesk/terms' },
  { place: 'policy', href: '/helpdesk/policy' },
  { place: 'training', href: '/helpdesk/training' },
  { place: 'news', href: '/helpdesk/news' },
  { place: 'audit', href: '/helpdesk/audit' },
  { place: 'import', href: '/helpdesk/import' },
  { place: 'reports', href: '/helpdesk/reports' },
] as const

export type ConsolePlace = (typeof places)[number]['place']

/** The frame with the console's side list: the pages that this agent may open. */
export async function consoleFrame(visit: Visit<Session>, current?: ConsolePlace): Promise<Frame> {
  const words = wordsFor(visit.language)
  return {
    ...(await visit.frame()),
    side: sideNav(
      places
        .filter(({ href }) => visit.mayOpen(href))
        .map(({ place, href }) => ({ href, text: words.places[place], current: place === current })),
    ),
  }
}

/** Who acts, for a verb and its audit record. */
export const agentOf = (visit: Visit<Session>): Agent => ({
  ...visit.trace(),
  role: visit.visitor.person.role,
})
