import type { Refusal } from '../../refusals.ts'
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
  summaryList,
  table,
  tag,
  textArea,
  textField,
} from '../../web/parts.ts'
import { dayInWords, timeInWords } from '../../web/time.ts'
import { stateNow, toneOf } from '../people/pages.ts'
import { addressOf, type Cursor, cursorQuery, withQuery } from '../people/rules.ts'
import type { Found, PeoplePage } from '../people/store.ts'
import { wordsFor as peopleWords } from '../people/words.ts'
import type { ActivityRow } from '../person/store.ts'
import type { Flags } from '../verbs/access.ts'
import type { PlaceCode } from './change.ts'
import type { PlaceEntry, PlaceKind } from './rules.ts'
import type { PlaceFacts, PlaceList } from './store.ts'
import { type KindWords, wordsFor } from './words.ts'

/** Organizations or workgroups: what the same pages are made of. */
export interface Kind {
  readonly kind: PlaceKind
  /** Of its pages, such as `/helpdesk/organizations`. */
  readonly base: string
  readonly words: (language: string) => KindWords
}

export interface ListView {
  readonly text: string
  readonly list: PlaceList
  readonly mayEdit: boolean
}

/** All of them by name. */
export function placesPage(frame: Frame, { base, words: kindWords }: Kind, view: ListView): Html {
  const words = wordsFor(frame.language)
  const own = kindWords(frame.language)
  const { places, hasPrevious, hasNext } = view.list
  const turn = (id: string | undefined, direction: Cursor['direction']) =>
    id && withQuery(base, { q: view.text, ...cursorQuery({ id, direction }) })
  return page(
    frame,
    { title: own.title, kind: 'console' },
    html`<h1>${own.title}</h1><p>${own.lead}</p>${searchForm(
      base,
      html`${textField({
        name: 'q',
        label: words.search,
        value: view.text,
        type: 'search',
        autocomplete: 'off',
        spellcheck: false,
      })}${button(words.find, { kind: view.mayEdit ? 'secondary' : 'primary' })}`,
    )}${view.text !== '' && html`<p><a href="${base}">${words.all}</a></p>`}${table({
      caption: own.title,
      captionHidden: true,
      columns: words.columns.map((text, index) => ({ text, numeric: index === 2 })),
      rows: places.map(place => [
        html`<a href="${base}/${place.id}">${place.name}</a>`,
        place.allows,
        place.people,
        stateTag(place, words),
      ]),
      empty: words.nothing,
      language: frame.language,
    })}${pagination({
      previous: hasPrevious ? turn(places[0]?.id, 'before') : undefined,
      next: hasNext ? turn(places.at(-1)?.id, 'after') : undefined,
      language: frame.language,
    })}${view.mayEdit && html`<p>${linkButton(`${base}/new`, own.create)}</p>`}`,
  )
}

type Words = ReturnType<typeof wordsFor>

const stateTag = ({ retired_at }: PlaceFacts, words: Words): Html =>
  retired_at === null ? tag(words.open, 'good') : tag(words.retired, 'warning')

export interface PlaceView {
  readonly place: PlaceFacts & { readonly people: number }
  readonly members: PeoplePage
  /** Of the members shown; undefined where a membership is no more than that. */
  readonly flags: ReadonlyMap<string, Flags> | undefined
  readonly history: readonly ActivityRow[]
  readonly mayEdit: boolean
  /** What was just done. */
  readonly message: string | undefined
  readonly timeZone: string
  readonly now: number
}

/** One of them: what it allows, who is in it, what happened to it. */
export function placePage(frame: Frame, kind: Kind, view: PlaceView): Html {
  const words = wordsFor(frame.language)
  const { place } = view
  const inWords = (at: number | null) => timeInWords(at, view.timeZone, frame.language)
  return page(
    frame,
    { title: place.name, kind: 'console' },
    html`${view.message && alert('success', view.message)}<h1>${place.name}</h1>${summaryList([
      { key: words.allows, value: place.allows || words.nothingSaid },
      {
        key: words.state,
        value: place.retired_at === null ? words.open : words.retiredSince(inWords(place.retired_at)),
      },
      { key: words.made, value: inWords(place.created_at) },
    ])}${
      view.mayEdit
        ? buttonGroup(
            linkButton(`${kind.base}/${place.id}/edit`, words.edit, 'secondary'),
            place.retired_at === null
              ? linkButton(`${kind.base}/${place.id}/retire`, words.retire, 'secondary')
              : linkButton(`${kind.base}/${place.id}/bring-back`, words.bringBack, 'secondary'),
          )
        : html`<p class="usa-hint">${words.readOnly}</p>`
    }<h2>${words.people}</h2>${members(frame, kind, view, words)}<h2>${words.history}</h2>${table({
      caption: words.history,
      captionHidden: true,
      columns: words.historyColumns.map(text => ({ text })),
      rows: view.history.map(row => [inWords(row.at), changeInWords(row, words), row.agent ?? words.system]),
      empty: words.noHistory,
      language: frame.language,
    })}`,
  )
}

function members(frame: Frame, kind: Kind, view: PlaceView, words: Words): Html {
  const { place, flags } = view
  const { people, hasPrevious, hasNext } = view.members
  const turn = (person: Found | undefined, direction: Cursor['direction']) =>
    person && withQuery(`${kind.base}/${place.id}`, cursorQuery({ id: person.id, direction }))
  const stateWords = peopleWords(frame.language).now
  return html`${table({
    caption: words.people,
    captionHidden: true,
    columns: [...words.peopleColumns, ...(flags ? [words.membership] : [])].map(text => ({ text })),
    rows: people.map(person => {
      const state = stateNow(person, view.now)
      return [
        html`<a href="/helpdesk/people/${person.id}">${person.last_name}, ${person.first_name}</a>`,
        person.username,
        tag(stateWords[state], toneOf(state)),
        person.last_sign_in_at === null
          ? words.never
          : dayInWords(person.last_sign_in_at, view.timeZone, frame.language),
        ...(flags ? [flagsInWords(flags.get(person.id), words)] : []),
      ]
    }),
    empty: words.nobody,
    language: frame.language,
  })}${pagination({
    previous: hasPrevious ? turn(people[0], 'before') : undefined,
    next: hasNext ? turn(people.at(-1), 'after') : undefined,
    language: frame.language,
  })}${
    place.people > 0 && html`<p><a href="${addressOf({ [kind.kind]: place.id })}">${words.findPeople}</a></p>`
  }`
}

function flagsInWords(flags: Flags | undefined, words: Words): string {
  if (flags === undefined || flags.is_active === 0) return words.switchedOff
  if (flags.may_sign_in === 0) return words.noSignIn
  return flags.may_edit === 0 ? words.reading : words.full
}

function changeInWords({ event, args }: ActivityRow, words: Words): string {
  const facts = JSON.parse(args) as Readonly<Record<string, unknown>>
  return event === 'sensitive_create'
    ? words.created(facts)
    : (words.events[String(facts['change'])]?.(facts) ?? '')
}

/** What a form was refused for, and what happened since it was shown. */
export interface Refused {
  readonly refusals: readonly Refusal<PlaceCode>[]
  readonly history: readonly ActivityRow[]
  readonly timeZone: string
}

const problemsOf = ({ refusals }: Refused, words: Words) =>
  refusals.map(({ code, field }) => ({ field, text: words.refusals[code] }))

function changesOf(
  frame: Frame,
  { history, timeZone }: Refused,
  place: PlaceFacts | undefined,
  words: Words,
): Content {
  if (history.length === 0 || place === undefined) return ''
  return html`<h2>${words.changed}</h2><ul class="usa-list">${history.map(
    row =>
      html`<li>${timeInWords(row.at, timeZone, frame.language)}, ${row.agent ?? words.system}: ${changeInWords(row, words)}</li>`,
  )}</ul><p>${words.nowIs(place.name, place.allows)}</p>`
}

/** Makes one (without `place`), or renames one and says anew what it allows. */
export function placeFormPage(
  frame: Frame,
  kind: Kind,
  view: Refused & {
    readonly place: PlaceFacts | undefined
    readonly entry: PlaceEntry
    readonly now: number
  },
): Html {
  const words = wordsFor(frame.language)
  const own = kind.words(frame.language)
  const { place, entry } = view
  const title = place === undefined ? own.create : own.editTitle(place.name)
  const problems = problemsOf(view, words)
  const back = place === undefined ? kind.base : `${kind.base}/${place.id}`
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${changesOf(frame, view, place, words)}${form(
      { action: place === undefined ? `${kind.base}/new` : `${back}/edit`, csrf: frame.csrf },
      html`${place && versionFields(place, view.now)}${textField({
        name: 'name',
        label: words.name,
        value: entry.name,
        problem: problemFor(problems, 'name'),
        autocomplete: 'off',
      })}${textArea({
        name: 'allows',
        label: words.allows,
        hint: words.allowsHint,
        value: entry.allows,
        rows: 3,
        problem: problemFor(problems, 'allows'),
      })}${button(place === undefined ? own.create : words.save)}`,
    )}<p class="after-form"><a href="${back}">${words.cancel}</a></p>`,
  )
}

const versionFields = (place: PlaceFacts, now: number): Html =>
  html`${hidden('version', String(place.version))}${hidden('seen', String(now))}`

/** Retire, or bring back: what happens to whom is said before it is done. */
export function retirePage(
  frame: Frame,
  kind: Kind,
  view: Refused & {
    readonly place: PlaceFacts & { readonly people: number }
    readonly retire: boolean
    /** People who can work nowhere else. */
    readonly onlyHere: number
    readonly now: number
  },
): Html {
  const words = wordsFor(frame.language)
  const own = kind.words(frame.language)
  const { place, retire } = view
  const title = (retire ? own.retireTitle : own.bringBackTitle)(place.name)
  const problems = problemsOf(view, words)
  const effects = retire ? own.retireEffects(place.people, view.onlyHere) : own.bringBackEffects(place.people)
  const address = `${kind.base}/${place.id}`
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${changesOf(frame, view, place, words)}<h2>${
      words.willHappen
    }</h2><ul class="usa-list">${effects.map(effect => html`<li>${effect}</li>`)}</ul>${form(
      { action: `${address}/${retire ? 'retire' : 'bring-back'}`, csrf: frame.csrf },
      html`${versionFields(place, view.now)}${button(retire ? words.retire : words.bringBack, { kind: retire ? 'danger' : 'primary' })}`,
    )}<p class="after-form"><a href="${address}">${words.cancel}</a></p>`,
  )
}
