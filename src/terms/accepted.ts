import { inside } from '../session/access.ts'
import type { Services } from '../session/services.ts'
import { insideRoute, type Route, send } from '../session/visit.ts'
import { acceptedPage } from './accepted-page.ts'
import { readAccepted } from './store.ts'

/** What somebody agreed to can be read again at any time. */
export const acceptedRoutes = ({ store }: Pick<Services, 'store'>): readonly Route[] => [
  insideRoute('GET', '/terms/accepted', inside, async visit =>
    send(visit, acceptedPage(await visit.frame(), await readAccepted(store, visit.visitor.person.id))),
  ),
]
