import type { Route } from '../session/visit.ts'
import type { DeskParts } from './desk.ts'
import { peopleRoutes } from './people-routes.ts'
import { renewalRoutes } from './renewal-routes.ts'
import { requestRoutes } from './request-routes.ts'
import { reviewRoutes } from './review-routes.ts'

/** The desk of an agency's contact. The address of a new request comes before those of one, which it looks like. */
export const agencyRoutes = (parts: DeskParts): readonly Route[] => [
  ...peopleRoutes(parts),
  ...requestRoutes(parts),
  ...reviewRoutes(parts),
  ...renewalRoutes(parts),
]
