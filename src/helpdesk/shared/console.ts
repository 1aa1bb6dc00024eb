import type { Agent } from '../../administration/act.ts'
import type { Hasher } from '../../password/hashing.ts'
import { administrators, admit, staff } from '../../session/access.ts'
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

const places = [
  { place: 'start', href: '/helpdesk', access: staff },
  { place: 'people', href: '/helpdesk/people', access: staff },
  { place: 'create', href: '/helpdesk/people/new', access: staff },
  { place: 'sheets', href: '/helpdesk/sheets', access: staff },
  { place: 'organizations', href: '/helpdesk/organizations', access: staff },
  { place: 'workgroups', href: '/helpdesk/workgroups', access: staff },
  { place: 'terms', href: '/helpdesk/terms', access: administrators },
  { place: 'policy', href: '/helpdesk/policy', access: administrators },
  { place: 'training', href: '/helpdesk/training', access: staff },
  { place: 'news', href: '/helpdesk/news', access: staff },
  { place: 'audit', href: '/helpdesk/audit', access: staff },
  { place: 'import', href: '/helpdesk/import', access: staff },
  { place: 'reports', href: '/helpdesk/reports', access: staff },
] as const

export type ConsolePlace = (typeof places)[number]['place']

/** The frame with the console's side list: the pages that this agent may open. */
export async function consoleFrame(visit: Visit<Session>, current?: ConsolePlace): Promise<Frame> {
  const words = wordsFor(visit.language)
  return {
    ...(await visit.frame()),
    side: sideNav(
      places
        .filter(({ access }) => admit(access, visit.visitor).admit)
        .map(({ place, href }) => ({ href, text: words.places[place], current: place === current })),
    ),
  }
}

/** Who acts, for a verb and its audit record. */
export const agentOf = (visit: Visit<Session>): Agent => ({
  ...visit.trace(),
  role: visit.visitor.person.role,
})
