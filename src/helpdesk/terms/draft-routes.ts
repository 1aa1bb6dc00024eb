import { isId } from '../../administration/reach.ts'
import { type Refusal, statusOf } from '../../refusals.ts'
import { redirectSaying, type Subject, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { createDraft, type Draft, readDraft, saveDraft, takeDraft } from '../../terms/drafts.ts'
import { termsPreview } from '../../terms/pages.ts'
import { checkTerms, type PublishCode, tidyTerms } from '../../terms/rules.ts'
import { html } from '../../web/html.ts'
import type { Form } from '../../web/request.ts'
import { consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { draftPage } from './draft-pages.ts'
import { at, nextQuietHour, numberOf } from './rules.ts'
import { readNames, readVersion, readVersions } from './store.ts'
import { wordsFor } from './words.ts'

/** The draft that an address names. */
export const aDraft = ({ services }: HelpdeskParts): Subject<Draft> => ({
  async find({ c }) {
    const id = c.req.param('draft') ?? ''
    return isId(id) ? readDraft(services.store, id) : undefined
  },
})

/** Version that a form names; -1, which no draft has, when it names none. */
export const versionOf = (form: Form): number =>
  /^\d{1,9}$/.test(form.get('version')) ? Number(form.get('version')) : -1

async function show(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  draft: Draft | undefined,
  typed: string,
  refusals: readonly Refusal<PublishCode>[] = [],
): Promise<Response> {
  const words = wordsFor(visit.language)
  const isLate = refusals.some(({ code }) => code === 'publish.changed-meanwhile')
  const names = isLate && draft ? await readNames(services.store, [draft.changed_by]) : undefined
  const page = draftPage(await consoleFrame(visit, 'terms'), {
    draft,
    typed,
    refusals,
    savedBy: names && (names.get(draft?.changed_by ?? '') ?? words.someone),
    did: visit.said() === 'saved' ? words.saved : undefined,
    timeZone: policyOf(visit.visitor).timeZone,
  })
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

/** A new draft; it may begin with the text of a version. */
export async function showNewDraft(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const kept = await visit.kept()
  const from = numberOf(visit.c.req.query('from'))
  const version = from === undefined ? undefined : await readVersion(parts.services.store, from)
  return show(parts, visit, undefined, kept.has('text') ? kept.get('text') : (version?.text ?? ''))
}

export async function showDraft(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  draft: Draft,
): Promise<Response> {
  const kept = await visit.kept()
  return show(parts, visit, draft, kept.has('text') ? kept.get('text') : draft.text)
}

/** Saves a draft, or makes one. */
export async function postDraft(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  draft: Draft | undefined,
): Promise<Response> {
  const typed = visit.form.get('text')
  const text = tidyTerms(typed)
  const refusals = checkTerms(text)
  if (refusals.length > 0) return show(parts, visit, draft, typed, refusals)
  const saved = await store(parts, visit, draft?.id, text)
  if (saved !== undefined) return redirectSaying(visit, `/helpdesk/terms/drafts/${saved}`, 'saved')
  const now = await aDraft(parts).find(visit)
  return now === undefined
    ? parts.fail(visit.c, 404)
    : show(parts, visit, now, typed, [{ code: 'publish.changed-meanwhile', field: 'text' }])
}

/** @returns the draft's id; undefined when someone else has changed it. */
function store(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  id: string | undefined,
  text: string,
): Promise<string | undefined> {
  const writing = { text, by: visit.visitor.person.id, now: visit.now }
  return writeAs(parts, visit, async tx => {
    const isSaved = id === undefined || (await saveDraft(tx, id, versionOf(visit.form), writing))
    if (!isSaved) return undefined
    const draft = id ?? (await createDraft(tx, writing))
    await parts.services.audit.record(tx, {
      event: id === undefined ? 'sensitive_create' : 'sensitive_update',
      ...visit.trace(),
      args: { what: 'terms-draft', draft },
    })
    return draft
  })
}

/** A draft as people will see it, with the number and day that it gets when it is published as proposed. */
export async function previewDraft(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  draft: Draft,
): Promise<Response> {
  const { timeZone } = policyOf(visit.visitor)
  const words = wordsFor(visit.language)
  const frame = { ...(await visit.frame()), notice: words.previewNotice }
  const shown = {
    text: draft.text,
    number: await nextNumber(parts),
    effective_at: at(nextQuietHour(visit.now, timeZone), timeZone, visit.now) ?? visit.now,
  }
  const end = html`<p>${words.previewEnd}</p><p class="after-form"><a href="/helpdesk/terms/drafts/${draft.id}">${
    words.backToDraft
  }</a></p>`
  return send(visit, termsPreview(frame, shown, timeZone, end))
}

/** The number that the next version gets. */
export async function nextNumber({ services }: HelpdeskParts): Promise<number> {
  const { list } = await readVersions(services.store, undefined)
  return (list[0]?.number ?? 0) + 1
}

export async function deleteDraft(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  draft: Draft,
): Promise<Response> {
  const taken = await writeAs(parts, visit, async tx => {
    const text = await takeDraft(tx, draft.id, versionOf(visit.form))
    if (text === undefined) return false
    await parts.services.audit.record(tx, {
      event: 'sensitive_update',
      ...visit.trace(),
      args: { what: 'terms-draft', draft: draft.id, change: 'deleted' },
    })
    return true
  })
  return taken
    ? redirectSaying(visit, '/helpdesk/terms', 'deleted')
    : show(parts, visit, draft, draft.text, [{ code: 'publish.changed-meanwhile' }])
}
