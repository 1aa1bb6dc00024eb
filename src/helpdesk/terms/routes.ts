import { administrators } from '../../session/access.ts'
import { insideRoute, type Route, routeOf } from '../../session/visit.ts'
import type { HelpdeskParts } from '../shared/console.ts'
import { aDraft, deleteDraft, postDraft, previewDraft, showDraft, showNewDraft } from './draft-routes.ts'
import { postPublish, showPublish } from './publish-routes.ts'
import { aVersion, postCancel, showCancel, showText, showVersion, showVersions } from './version-routes.ts'

const version = '/helpdesk/terms/versions/:version'
const newDraft = '/helpdesk/terms/drafts/new'
const draft = '/helpdesk/terms/drafts/:draft'
/** Terms are longer than other forms: bytes of one at most, as it is sent. */
const largest = 262_144

/** Terms: versions and drafts. The address of a new draft comes before those of one draft, which it looks like. */
export const termsConsoleRoutes = (parts: HelpdeskParts): readonly Route[] => [
  insideRoute('GET', '/helpdesk/terms', administrators, visit => showVersions(parts, visit)),
  routeOf(
    'GET',
    version,
    administrators,
    aVersion(parts),
    (visit, found) => showVersion(parts, visit, found),
    { reads: 'terms' },
  ),
  routeOf('GET', `${version}/text`, administrators, aVersion(parts), showText),
  routeOf('GET', `${version}/cancel`, administrators, aVersion(parts), showCancel, { proof: 'fresh' }),
  routeOf(
    'POST',
    `${version}/cancel`,
    administrators,
    aVersion(parts),
    (visit, found) => postCancel(parts, visit, found),
    { proof: 'fresh', keep: { path: `${version}/cancel` } },
  ),
  insideRoute('GET', newDraft, administrators, visit => showNewDraft(parts, visit)),
  insideRoute('POST', newDraft, administrators, visit => postDraft(parts, visit, undefined), {
    keep: { path: newDraft },
    upload: { largest },
  }),
  routeOf('GET', draft, administrators, aDraft(parts), (visit, found) => showDraft(parts, visit, found)),
  routeOf('POST', draft, administrators, aDraft(parts), (visit, found) => postDraft(parts, visit, found), {
    keep: { path: draft },
    upload: { largest },
  }),
  routeOf('GET', `${draft}/preview`, administrators, aDraft(parts), (visit, found) =>
    previewDraft(parts, visit, found),
  ),
  routeOf('POST', `${draft}/delete`, administrators, aDraft(parts), (visit, found) =>
    deleteDraft(parts, visit, found),
  ),
  routeOf('GET', `${draft}/publish`, administrators, aDraft(parts), showPublish, { proof: 'fresh' }),
  routeOf(
    'POST',
    `${draft}/publish`,
    administrators,
    aDraft(parts),
    (visit, found) => postPublish(parts, visit, found),
    { proof: 'fresh', keep: { path: `${draft}/publish` } },
  ),
]
