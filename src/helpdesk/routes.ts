import type { Route } from '../session/visit.ts'
import { applicationRoutes } from './applications/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { compareRoutes } from './compare/routes.ts'
import { courseRoutes } from './courses/routes.ts'
import { createRoutes } from './create/routes.ts'
import { queueRoutes } from './front-page/routes.ts'
import { importRoutes } from './import/routes.ts'
import { manyRoutes } from './many/routes.ts'
import { newsRoutes } from './news/routes.ts'
import { organizationRoutes } from './organizations/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { personRoutes } from './person/routes.ts'
import { verbRoutes } from './person/verb-routes.ts'
import { policyRoutes } from './policy/routes.ts'
import { renewalRoutes } from './renewals/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { requestConsoleRoutes } from './requests/routes.ts'
import { reviewConsoleRoutes } from './reviews/routes.ts'
import { consoleFrame, type HelpdeskParts } from './shared/console.ts'
import { sheetsRoutes } from './sheets/routes.ts'
import { termsConsoleRoutes } from './terms/routes.ts'
import { trainingRoutes } from './training/routes.ts'
import { twoStepDutyRoutes } from './two-step-duties/routes.ts'
import { workgroupRoutes } from './workgroups/routes.ts'

/**
 * The console, in English. The address of a new account comes before those of one person, which it looks like; that of the duty to have a second step before those of the policy's values.
 */
export const helpdeskRoutes = (parts: HelpdeskParts): readonly Route[] =>
  [
    ...queueRoutes(parts),
    ...peopleRoutes(parts),
    ...manyRoutes(parts),
    ...createRoutes(parts),
    ...personRoutes(parts),
    ...verbRoutes(parts),
    ...organizationRoutes(parts),
    ...workgroupRoutes(parts),
    ...applicationRoutes(parts),
    ...newsRoutes(parts),
    ...twoStepDutyRoutes(parts),
    ...policyRoutes(parts),
    ...termsConsoleRoutes(parts),
    ...trainingRoutes(parts),
    ...courseRoutes(parts),
    ...auditRoutes(parts),
    ...reportRoutes(parts),
    ...importRoutes(parts),
    ...compareRoutes(parts),
    ...sheetsRoutes(parts),
    ...requestConsoleRoutes(parts),
    ...reviewConsoleRoutes(parts),
    ...renewalRoutes(parts),
  ].map(route => ({ deed: () => 'finish what you started', ...route, english: true, frame: consoleFrame }))
