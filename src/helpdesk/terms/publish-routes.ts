import { publishDraft } from '../../administration/publish-terms.ts'
import { type Outcome, type Refusal, refuse, statusOf } from '../../refusals.ts'
import { redirectSaying, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { isTaken } from '../../store/store.ts'
import type { Draft } from '../../terms/drafts.ts'
import { checkMoment, type PublishCode } from '../../terms/rules.ts'
import { hashOf, readLastTerms, type TermsVersion } from '../../terms/store.ts'
import { momentsOf } from '../../web/moment.ts'
import type { Form } from '../../web/request.ts'
import { agentOf, consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { chosenMoment } from '../shared/two-moments.ts'
import { checkPublishPage, publishPage } from './draft-pages.ts'
import { nextNumber, versionOf } from './draft-routes.ts'
import { type LocalMoment, nextQuietHour } from './rules.ts'
import { readProgress } from './store.ts'

export async function showPublish(visit: Visit<Session>, draft: Draft): Promise<Response> {
  const kept = await visit.kept()
  const { timeZone } = policyOf(visit.visitor)
  return show(visit, draft, kept.has('date') ? momentIn(kept) : nextQuietHour(visit.now, timeZone), [])
}

const momentIn = (form: Form): LocalMoment => ({
  date: form.get('date'),
  time: form.get('time'),
  clock: form.get('clock'),
})

async function show(
  visit: Visit<Session>,
  draft: Draft,
  moment: LocalMoment,
  refusals: readonly Refusal<PublishCode>[],
): Promise<Response> {
  const { timeZone } = policyOf(visit.visitor)
  const page = publishPage(await consoleFrame(visit, 'terms'), { draft, moment, refusals, timeZone })
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

export async function postPublish(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  draft: Draft,
): Promise<Response> {
  const { form, now } = visit
  const moment = momentIn(form)
  const moments = momentsOf(moment.date, moment.time, policyOf(visit.visitor).timeZone)
  const effectiveAt = chosenMoment(moments, form.get('clock'))
  if (effectiveAt === undefined)
    return show(visit, draft, moment, [
      moments.length === 0
        ? { code: 'publish.no-moment', field: 'date' }
        : { code: 'publish.two-moments', field: 'clock' },
    ])
  const last = await readLastTerms(parts.services.store)
  const refusals: readonly Refusal<PublishCode>[] = [
    ...(draft.version === versionOf(form) ? [] : [{ code: 'publish.changed-meanwhile' } as const]),
    ...(last?.sha256 === hashOf(draft.text) ? [{ code: 'publish.unchanged' } as const] : []),
    ...checkMoment(effectiveAt, { now, last: last?.effective_at ?? undefined }),
  ]
  if (refusals.length > 0) return show(visit, draft, moment, refusals)
  if (form.get('step') !== 'sure') return showCheck(parts, visit, draft, moment, effectiveAt)
  const outcome = await publish(parts, visit, draft.id, effectiveAt)
  return outcome.ok
    ? redirectSaying(visit, `/helpdesk/terms/versions/${outcome.value.number}`, 'published')
    : show(visit, draft, moment, outcome.refusals)
}

async function showCheck(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  draft: Draft,
  moment: LocalMoment,
  effectiveAt: number,
): Promise<Response> {
  const { active } = await readProgress(parts.services.store, undefined, 0, visit.now)
  const page = checkPublishPage(await consoleFrame(visit, 'terms'), {
    draft,
    moment,
    effectiveAt,
    number: await nextNumber(parts),
    sha256: hashOf(draft.text),
    active,
    timeZone: policyOf(visit.visitor).timeZone,
  })
  return send(visit, page)
}

/** When two people publish at the same moment, the later one is told that someone else was quicker. */
async function publish(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  draftId: string,
  effectiveAt: number,
): Promise<Outcome<TermsVersion, PublishCode>> {
  const given = { draftId, seenVersion: versionOf(visit.form), effectiveAt, now: visit.now }
  try {
    return await writeAs(parts, visit, tx => publishDraft(parts.services, tx, agentOf(visit), given))
  } catch (error) {
    if (isTaken(error)) return refuse({ code: 'publish.changed-meanwhile' })
    throw error
  }
}
