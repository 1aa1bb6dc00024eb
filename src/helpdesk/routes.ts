import type { Route } from '../session/visit.ts'
import { actionRoutes } from './actions/routes.ts'
import type { HelpdeskParts } from './console.ts'
import { createRoutes } from './create/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { personRoutes } from './person/routes.ts'
import { policyRoutes } from './policy/routes.ts'
import { queueRoutes } from './queues/routes.ts'

/** The console. The address of a new account comes before those of one person, which it looks like. */
export const helpdeskRoutes = (parts: HelpdeskParts): readonly Route[] => [
  ...queueRoutes(parts),
  ...peopleRoutes(parts),
  ...createRoutes(parts),
  ...personRoutes(parts),
  ...actionRoutes(parts),
  ...policyRoutes(parts),
]
