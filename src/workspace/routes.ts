import { type Refusal, type RefusalOf, statusOf } from '../refusals.ts'
import { atStepOrInside, inside } from '../session/access.ts'
import type { Door } from '../session/door.ts'
import type { Services } from '../session/services.ts'
import { heldRoute, insideRoute, type Route, redirectSaying, send, type Visit } from '../session/visit.ts'
import type { Holder } from '../session/visitor.ts'
import { emptyForm } from '../web/request.ts'
import { makeChoice } from './choosing.ts'
import { choosePage, type Selected } from './pages.ts'
import { readChoices, readLastUsed } from './store.ts'

interface WorkspaceParts {
  readonly services: Services
  readonly advance: Door['advance']
}

export function workspaceRoutes(parts: WorkspaceParts): readonly Route[] {
  return [
    heldRoute('GET', '/settings/choose', atStepOrInside('settings'), visit => showChoose(parts, visit)),
    heldRoute('POST', '/settings/choose', atStepOrInside('settings'), visit => postChoose(parts, visit), {
      keep: shownAgain,
    }),
    insideRoute('POST', '/settings/apply', inside, visit => postChoose(parts, visit), { keep: shownAgain }),
  ]
}

/** A choice that came too late is shown again here. */
const shownAgain = { path: '/settings/choose' }

type Refusals = readonly Refusal<RefusalOf<'workspace'>>[]

async function showChoose(
  { services }: WorkspaceParts,
  visit: Visit<Holder>,
  entry?: Selected,
  refusals: Refusals = [],
): Promise<Response> {
  const { person, organization, workgroup } = visit.visitor
  const choices = await readChoices(services.store, person.id)
  const last = await readLastUsed(services.store, person.id)
  const kept = entry === undefined ? await visit.kept() : emptyForm
  const selected = entry ?? {
    organization: kept.get('organization') || (organization?.id ?? last?.last_organization_id ?? ''),
    workgroup: kept.get('workgroup') || (workgroup?.id ?? last?.last_workgroup_id ?? ''),
  }
  return send(
    visit,
    choosePage(await visit.frame(), choices, selected, refusals),
    refusals.length > 0 ? statusOf(refusals) : 200,
  )
}

async function postChoose(parts: WorkspaceParts, visit: Visit<Holder>): Promise<Response> {
  const { visitor, form } = visit
  const entry = { organization: form.get('organization'), workgroup: form.get('workgroup') }
  const refusals = await makeChoice(parts.services, visit, entry)
  if (refusals.length > 0) return showChoose(parts, visit, entry, refusals)
  return visitor.kind === 'pending' ? parts.advance(visit) : redirectSaying(visit, '/', 'place-changed')
}
