import { listName } from '../../account/names.ts'
import { publishWords } from '../../administration/words.ts'
import { isCodeOf, type Refusal } from '../../refusals.ts'
import type { PublishCode } from '../../terms/rules.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  errorSummary,
  form,
  hidden,
  linkButton,
  pagination,
  problemFor,
  searchForm,
  selectField,
  summaryList,
  table,
  tag,
  textArea,
  textField,
} from '../../web/parts.ts'
import { dayInWords, momentInWords } from '../../web/time.ts'
import type { Page } from '../shared/paging.ts'
import type { ReasonCode } from '../shared/reason.ts'
import { refusalInWords } from '../shared/refusal-words.ts'
import { shortHash, stateTag } from './pages.ts'
import { listAddress, type PeopleSearch, type VersionState } from './rules.ts'
import type { Acceptance, Missing, Progress, Version } from './store.ts'
import { wordsFor } from './words.ts'

export interface VersionView {
  readonly version: Version
  readonly state: VersionState
  readonly accepted: number
  /** For the version in force. */
  readonly progress: Progress | undefined
  readonly search: PeopleSearch
  readonly people:
    | { readonly list: 'accepted'; readonly page: Page<Acceptance> }
    | { readonly list: 'missing'; readonly page: Page<Missing> }
    | undefined
  /** An acceptance from before does not count any more, in milliseconds since 1970. */
  readonly since: number
  readonly did: string | undefined
  readonly timeZone: string
}

/** One version: what it is, what can be done with it, and who accepted it. */
export function versionPage(frame: Frame, view: VersionView): Html {
  const words = wordsFor(frame.language)
  const { version, state } = view
  const title = words.version(version.number)
  const address = `/helpdesk/terms/versions/${version.number}`
  return page(
    frame,
    { title: `${words.title}: ${title}`, kind: 'console' },
    html`<h1>${words.title}: ${title}</h1>${view.did !== undefined && alert('success', view.did)}${facts(
      frame,
      view,
    )}${buttonGroup(
      linkButton(`${address}/text`, words.showText, 'secondary'),
      linkButton(`/helpdesk/terms/drafts/new?from=${version.number}`, words.draftFrom, 'secondary'),
      state === 'planned' && linkButton(`${address}/cancel`, words.cancelLink, 'secondary'),
    )}${view.people && people(frame, view, view.people)}<p class="after-form"><a href="/helpdesk/terms">${words.back}</a></p>`,
  )
}

function facts(frame: Frame, { version, state, accepted, progress, timeZone }: VersionView): Html {
  const words = wordsFor(frame.language)
  const when = (at: number | null) => momentInWords(at, timeZone, frame.language)
  return summaryList([
    { key: words.state, value: stateTag(state, words) },
    {
      key: words.holdsFrom,
      value:
        state === 'cancelled' ? words.cancelledOn(when(version.cancelled_at)) : when(version.effective_at),
    },
    {
      key: words.publishedBy,
      value: words.byOn(version.by ?? words.someone, when(version.created_at)),
    },
    { key: words.hash, value: html`<code>${version.sha256}</code>` },
    {
      key: words.acceptedBy,
      value: progress === undefined ? words.people(accepted) : words.progress(progress),
    },
  ])
}

function people(frame: Frame, view: VersionView, found: NonNullable<VersionView['people']>): Html {
  const words = wordsFor(frame.language)
  const { version, search } = view
  const ids = found.page.rows.map(({ id }) => id)
  const turn = (id: string | undefined, direction: 'after' | 'before') =>
    id === undefined ? undefined : listAddress(version.number, { ...search, cursor: { id, direction } })
  return html`<h2>${found.list === 'accepted' ? words.whoAccepted : words.whoMissing}</h2>${filters(frame, view)}${
    found.list === 'accepted'
      ? acceptances(frame, view, found.page.rows)
      : missing(frame, view, found.page.rows)
  }${pagination({
    previous: found.page.hasPrevious ? turn(ids[0], 'before') : undefined,
    next: found.page.hasNext ? turn(ids.at(-1), 'after') : undefined,
    language: frame.language,
  })}`
}

/** Only of the version that holds can it be said who is missing. */
function filters(frame: Frame, { version, state, search }: VersionView): Html {
  const words = wordsFor(frame.language)
  return searchForm(
    `/helpdesk/terms/versions/${version.number}`,
    html`${textField({
      name: 'q',
      label: words.search,
      hint: words.searchHint,
      value: search.text,
      type: 'search',
      autocomplete: 'off',
      typing: 'signs',
    })}${
      state === 'holds' &&
      selectField({
        name: 'list',
        label: words.show,
        value: search.list,
        choices: [
          { value: 'accepted', label: words.accepted },
          { value: 'missing', label: words.missing },
        ],
        autocomplete: 'off',
      })
    }${button(words.find)}`,
  )
}

const personLink = (id: string, row: { readonly first_name: string; readonly last_name: string }): Content =>
  html`<a href="/helpdesk/people/${id}">${listName(row.first_name, row.last_name)}</a>`

function acceptances(frame: Frame, view: VersionView, rows: readonly Acceptance[]): Html {
  const words = wordsFor(frame.language)
  return table({
    caption: words.whoAccepted,
    captionHidden: true,
    columns: words.acceptedColumns.map(text => ({ text })),
    rows: rows.map(row => [
      personLink(row.account_id, row),
      row.username,
      html`${momentInWords(row.accepted_at, view.timeZone, frame.language)}${
        row.accepted_at <= view.since && html` ${tag(words.expired, 'warning')}`
      }`,
      row.address,
      shortHash(row.sha256),
    ]),
    empty: words.nobodyAccepted,
    language: frame.language,
  })
}

function missing(frame: Frame, view: VersionView, rows: readonly Missing[]): Html {
  const words = wordsFor(frame.language)
  return table({
    caption: words.whoMissing,
    captionHidden: true,
    columns: words.missingColumns.map(text => ({ text })),
    rows: rows.map(row => [
      personLink(row.id, row),
      row.username,
      row.email,
      row.last_sign_in_at === null
        ? words.never
        : dayInWords(row.last_sign_in_at, view.timeZone, frame.language),
    ]),
    empty: words.nobodyMissing,
    language: frame.language,
  })
}

/** Cancels a version that does not hold yet. */
export function cancelPage(
  frame: Frame,
  version: Version,
  reason: string,
  refusals: readonly Refusal<PublishCode | ReasonCode>[],
): Html {
  const words = wordsFor(frame.language)
  const problems = refusals.map(({ code, field }) => ({
    field,
    text: isCodeOf('publish', code) ? publishWords.refusals[code] : refusalInWords({ code }, frame.language),
  }))
  const title = words.cancelTitle(version.number)
  const address = `/helpdesk/terms/versions/${version.number}`
  return page(
    frame,
    { title, kind: 'console', refused: refusals.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1><h2>${words.willHappen}</h2><ul class="usa-list">${words
      .cancelEffects(version.number)
      .map(effect => html`<li>${effect}</li>`)}</ul>${form(
      { action: `${address}/cancel`, csrf: frame.csrf },
      html`${hidden('version', version.id)}${textArea({
        name: 'reason',
        label: words.reason,
        hint: words.reasonHint,
        value: reason,
        rows: 3,
        problem: problemFor(problems, 'reason'),
      })}${button(words.cancel, { kind: 'danger' })}`,
    )}<p class="after-form"><a href="${address}">${words.keep}</a></p>`,
  )
}
