import { cancelVersion } from '../../administration/publish-terms.ts'
import { refuse, statusOf } from '../../refusals.ts'
import { termsYear } from '../../session/facts.ts'
import { redirectSaying, type Subject, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { readDrafts } from '../../terms/drafts.ts'
import { termsPreview } from '../../terms/pages.ts'
import type { PublishCode } from '../../terms/rules.ts'
import { currentTerms } from '../../terms/store.ts'
import { html } from '../../web/html.ts'
import { agentOf, consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { readReason } from '../shared/reason.ts'
import { termsOverview } from './pages.ts'
import { numberOf, readPeopleSearch, stateOf } from './rules.ts'
import {
  countAccepted,
  readAcceptances,
  readMissing,
  readNames,
  readProgress,
  readVersion,
  readVersions,
  type Version,
} from './store.ts'
import { cancelPage, type VersionView, versionPage } from './version-pages.ts'
import { type TermsWords, wordsFor } from './words.ts'

/** The action that a redirect names, in words; undefined: nothing that we know. */
function doneInWords(visit: Visit, words: TermsWords): string | undefined {
  const said = { published: words.published, cancelled: words.cancelled, deleted: words.deleted }
  return new Map(Object.entries(said)).get(visit.said() ?? '')
}

/** From when an acceptance still counts, in milliseconds since 1970. */
const sinceOf = (visit: Visit<Session>): number =>
  policyOf(visit.visitor).termsYearly ? visit.now - termsYear : 0

export async function showVersions({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { store } = services
  const { timeZone, termsYearly } = policyOf(visit.visitor)
  const { list, hasMore } = await readVersions(store, numberOf(visit.c.req.query('before')))
  const current = await currentTerms(store, visit.now)
  const drafts = await readDrafts(store)
  const page = termsOverview(await consoleFrame(visit, 'terms'), {
    versions: list,
    hasOlder: hasMore,
    accepted: await countAccepted(
      store,
      list.map(({ id }) => id),
    ),
    current,
    progress: await readProgress(store, current?.id, sinceOf(visit), visit.now),
    isYearly: termsYearly,
    drafts,
    names: await readNames(
      store,
      drafts.map(draft => draft.changed_by),
    ),
    did: doneInWords(visit, wordsFor(visit.language)),
    timeZone,
    now: visit.now,
  })
  return send(visit, page)
}

/** The version that an address names. */
export const aVersion = ({ services }: HelpdeskParts): Subject<Version> => ({
  async find({ c }) {
    const number = numberOf(c.req.param('version'))
    return number === undefined ? undefined : readVersion(services.store, number)
  },
})

export async function showVersion(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  version: Version,
): Promise<Response> {
  const { store } = parts.services
  const current = await currentTerms(store, visit.now)
  const state = stateOf(version, current?.number, visit.now)
  const search = readPeopleSearch(name => visit.c.req.query(name))
  const since = sinceOf(visit)
  const holds = state === 'holds'
  const page = versionPage(await consoleFrame(visit, 'terms'), {
    version,
    state,
    accepted: (await countAccepted(store, [version.id])).get(version.id) ?? 0,
    progress: holds ? await readProgress(store, version.id, since, visit.now) : undefined,
    search: holds ? search : { ...search, list: 'accepted' },
    people: await readPeople(parts, visit, version, state, search),
    since,
    did: doneInWords(visit, wordsFor(visit.language)),
    timeZone: policyOf(visit.visitor).timeZone,
  })
  return send(visit, page)
}

/** Nobody can have accepted what never held; who is missing is only asked of what holds. */
async function readPeople(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  version: Version,
  state: VersionView['state'],
  search: VersionView['search'],
): Promise<VersionView['people']> {
  if (state === 'planned' || state === 'cancelled') return undefined
  if (search.list === 'missing' && state === 'holds') {
    const page = await readMissing(services.store, version.id, sinceOf(visit), search, visit.now)
    return { list: 'missing', page }
  }
  return { list: 'accepted', page: await readAcceptances(services.store, version.id, search) }
}

/** A version as people saw it, or will. */
export async function showText(visit: Visit<Session>, version: Version): Promise<Response> {
  const words = wordsFor(visit.language)
  const frame = { ...(await visit.frame()), notice: words.previewNotice }
  const shown = { ...version, effective_at: version.effective_at ?? version.cancelled_at }
  const end = html`<p>${words.previewEnd}</p><p class="after-form"><a href="/helpdesk/terms/versions/${
    version.number
  }">${words.backToVersion(version.number)}</a></p>`
  return send(visit, termsPreview(frame, shown, policyOf(visit.visitor).timeZone, end))
}

export async function showCancel(visit: Visit<Session>, version: Version): Promise<Response> {
  const frame = await consoleFrame(visit, 'terms')
  return send(visit, cancelPage(frame, version, (await visit.kept()).get('reason'), []))
}

export async function postCancel(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  version: Version,
): Promise<Response> {
  const { reason, refusals } = readReason(visit.form, { needed: false })
  const frame = await consoleFrame(visit, 'terms')
  if (refusals.length > 0) return send(visit, cancelPage(frame, version, reason, refusals), 422)
  const given = { versionId: version.id, reason, now: visit.now }
  const isMeant = visit.form.get('version') === version.id
  const outcome = isMeant
    ? await writeAs(parts, visit, tx => cancelVersion(parts.services, tx, agentOf(visit), given))
    : refuse<PublishCode>({ code: 'publish.changed-meanwhile' })
  if (outcome.ok) return redirectSaying(visit, `/helpdesk/terms/versions/${version.number}`, 'cancelled')
  const page = cancelPage(frame, version, reason, outcome.refusals)
  return send(visit, page, statusOf(outcome.refusals))
}
