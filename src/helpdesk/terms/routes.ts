import { administrators } from '../../session/access.ts'
import { insideRoute, type Route } from '../../session/visit.ts'
import type { HelpdeskParts } from '../shared/console.ts'
import { deleteDraft, postDraft, previewDraft, showDraft, showNewDraft } from './draft-routes.ts'
import { postPublish, showPublish } from './publish-routes.ts'
import { postCancel, showCancel, showText, showVersion, showVersions } from './version-routes.ts'

const version = '/helpdesk/terms/versions/:version'
const newDraft = '/helpdesk/terms/drafts/new'
const draft = '/helpdesk/terms/drafts/:draft'
/** Terms are longer than other forms: bytes of one at most, as it is sent. */
const largest = 262_144

/** Terms: versions and drafts. The address of a new draft comes before those of one draft, which it looks like. */
export const termsConsoleRoutes = (parts: HelpdeskParts): readonly Route[] => [
  insideRoute('GET', '/helpdesk/terms', administrators, visit => showVersions(parts, visit)),
  insideRoute('GET', version, administrators, visit => showVersion(parts, visit)),
  insideRoute('GET', `${version}/text`, administrators, visit => showText(parts, visit)),
  insideRoute('GET', `${version}/cancel`, administrators, visit => showCancel(parts, visit)),
  insideRoute('POST', `${version}/cancel`, administrators, visit => postCancel(parts, visit), {
    keep: { path: `${version}/cancel` },
  }),
  insideRoute('GET', newDraft, administrators, visit => showNewDraft(parts, visit)),
  insideRoute('POST', newDraft, administrators, visit => postDraft(parts, visit, undefined), {
    keep: { path: newDraft },
    upload: { largest },
  }),
  insideRoute('GET', draft, administrators, visit => showDraft(parts, visit)),
  insideRoute('POST', draft, administrators, visit => postDraft(parts, visit, visit.c.req.param('draft')), {
    keep: { path: draft },
    upload: { largest },
  }),
  insideRoute('GET', `${draft}/preview`, administrators, visit => previewDraft(parts, visit)),
  insideRoute('POST', `${draft}/delete`, administrators, visit => deleteDraft(parts, visit)),
  insideRoute('GET', `${draft}/publish`, administrators, visit => showPublish(parts, visit)),
  insideRoute('POST', `${draft}/publish`, administrators, visit => postPublish(parts, visit), {
    keep: { path: `${draft}/publish` },
  }),
]
