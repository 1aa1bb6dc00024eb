import type { Draft } from '../../terms/drafts.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, linkButton, pagination, type TagTone, table, tag } from '../../web/parts.ts'
import { momentInWords, whenInWords } from '../../web/time.ts'
import { stateOf, type VersionState } from './rules.ts'
import type { Progress, Version } from './store.ts'
import { type TermsWords, wordsFor } from './words.ts'

interface TermsView {
  readonly versions: readonly Version[]
  readonly hasOlder: boolean
  /** How many people ever accepted each version, by its id. */
  readonly accepted: ReadonlyMap<string, number>
  /** The version that holds now, and how far it has come. */
  readonly current: Pick<Version, 'number' | 'effective_at'> | undefined
  readonly progress: Progress
  /** Tells whether an acceptance ends after a year. */
  readonly isYearly: boolean
  readonly drafts: readonly Draft[]
  readonly names: ReadonlyMap<string, string>
  /** The action just done, in words. */
  readonly did: string | undefined
  /** IANA zone of the times shown. */
  readonly timeZone: string
  /** Milliseconds since 1970. */
  readonly now: number
}

const tones: Readonly<Record<VersionState, TagTone>> = {
  holds: 'good',
  planned: 'warning',
  over: 'plain',
  cancelled: 'bad',
}

/** A version's state as a tag. */
export const stateTag = (state: VersionState, words: TermsWords): Html =>
  tag(words.states[state], tones[state])

/** Enough signs of a hash to tell two versions apart; the whole hash stands on the version's page. */
export const shortHash = (sha256: string): Html => html`<code>${sha256.slice(0, 12)}…</code>`

/** Terms: what holds, the drafts, and every version. */
export function termsOverview(frame: Frame, view: TermsView): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.title, kind: 'console' },
    html`<h1>${words.title}</h1>${view.did !== undefined && alert('success', view.did)}<p>${words.lead}</p><h2>${
      words.nowTitle
    }</h2>${now(frame, view)}<h2>${words.drafts}</h2><p>${words.draftsLead}</p>${drafts(frame, view)}<p>${linkButton(
      '/helpdesk/terms/drafts/new',
      words.newDraft,
    )}</p><h2>${words.versions}</h2>${versions(frame, view)}<p class="after-form"><a href="/helpdesk/reports">${words.reports}</a></p>`,
  )
}

function now(frame: Frame, view: TermsView): Content {
  const words = wordsFor(frame.language)
  const { current, progress, versions: list } = view
  const when = (at: number | null) => momentInWords(at, view.timeZone, frame.language)
  const planned = list.filter(version => stateOf(version, current?.number, view.now) === 'planned').reverse()
  const next = planned.map(
    ({ number, effective_at }) => html`<p>${words.planned(number, when(effective_at))}</p>`,
  )
  if (current === undefined) return html`<p>${words.none}</p>${next}`
  return html`<p>${words.holdsNow(current.number, when(current.effective_at))} ${words.progress(progress)} ${
    view.isYearly && words.yearly
  }</p>${next}`
}

function drafts(frame: Frame, view: TermsView): Html {
  const words = wordsFor(frame.language)
  return table({
    caption: words.drafts,
    captionHidden: true,
    columns: words.draftColumns.map(text => ({ text })),
    rows: view.drafts.map(draft => [
      html`<a href="/helpdesk/terms/drafts/${draft.id}">${beginningOf(draft.text)}</a>`,
      whenInWords(draft.changed_at, frame.clock, frame.language),
      view.names.get(draft.changed_by) ?? words.someone,
    ]),
    empty: words.noDrafts,
    language: frame.language,
  })
}

const longestBeginning = 60

/** The first line of a text, as its name. */
function beginningOf(text: string): string {
  const line = text.split('\n', 1)[0]?.replace(/^# /, '') ?? ''
  const signs = [...line]
  return signs.length > longestBeginning ? `${signs.slice(0, longestBeginning).join('')}…` : line
}

function versions(frame: Frame, view: TermsView): Html {
  const words = wordsFor(frame.language)
  const last = view.versions.at(-1)
  return html`${table({
    caption: words.versions,
    captionHidden: true,
    columns: words.versionColumns.map(text => ({ text })),
    rows: view.versions.map(version => [
      html`<a href="/helpdesk/terms/versions/${version.number}">${words.version(version.number)}</a>`,
      stateTag(stateOf(version, view.current?.number, view.now), words),
      whenInWords(version.effective_at, frame.clock, frame.language) || '–',
      words.people(view.accepted.get(version.id) ?? 0),
      shortHash(version.sha256),
    ]),
    language: frame.language,
  })}${pagination({
    next: view.hasOlder && last !== undefined ? `/helpdesk/terms?before=${last.number}` : undefined,
    language: frame.language,
  })}`
}
