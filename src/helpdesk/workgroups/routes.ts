import type { Route } from '../../session/visit.ts'
import type { PlacePages } from '../organizations/address.ts'
import { placeRoutes } from '../organizations/routes.ts'
import type { HelpdeskParts } from '../shared/console.ts'
import { workgroupWords } from './words.ts'

const workgroups: PlacePages = {
  kind: 'workgroup',
  base: '/helpdesk/workgroups',
  current: 'workgroups',
  words: workgroupWords,
}

/** Workgroups live as organizations do, and have the same pages; only their words differ. */
export const workgroupRoutes = (parts: HelpdeskParts): readonly Route[] => placeRoutes(parts, workgroups)
