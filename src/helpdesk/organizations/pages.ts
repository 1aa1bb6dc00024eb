import { listName } from '../../account/names.ts'
import type { Flags } from '../../administration/access.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  linkButton,
  pagination,
  searchForm,
  summaryList,
  table,
  tag,
  textField,
} from '../../web/parts.ts'
import { dayInWords, momentInWords, whenInWords } from '../../web/time.ts'
import { stateNow, toneOf } from '../people/pages.ts'
import { addressOf } from '../people/rules.ts'
import type { Found, PeoplePage } from '../people/store.ts'
import { wordsFor as peopleWords } from '../people/words.ts'
import type { ActivityRow } from '../shared/activity.ts'
import { eventInWords } from '../shared/event-words.ts'
import type { Cursor } from '../shared/paging.ts'
import { cursorQuery, type Page, withQuery } from '../shared/paging.ts'
import { givingRows } from './giving-fields.ts'
import type { Giving, PlaceKind } from './rules.ts'
import type { Standing } from './standing.ts'
import { standingRows } from './standing-pages.ts'
import { wordsFor as standingWords } from './standing-words.ts'
import type { ListedPlace, PlaceFacts } from './store.ts'
import { type KindWords, wordsFor } from './words.ts'

/** Organizations or workgroups: what the same pages are made of. */
export interface Kind {
  readonly kind: PlaceKind
  /** The path of its pages, such as `/helpdesk/organizations`. */
  readonly base: string
  readonly words: (language: string) => KindWords
}

interface ListView {
  readonly text: string
  readonly list: Page<ListedPlace>
  readonly mayEdit: boolean
}

/** All of them by name. */
export function placesPage(frame: Frame, { base, words: kindWords }: Kind, view: ListView): Html {
  const words = wordsFor(frame.language)
  const own = kindWords(frame.language)
  const { rows: places, hasPrevious, hasNext } = view.list
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
        typing: 'signs',
      })}${button(words.find, { kind: view.mayEdit ? 'secondary' : 'primary' })}`,
    )}${view.text !== '' && html`<p>${words.shown(view.text)} <a href="${base}">${words.all}</a></p>`}${table(
      {
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
      },
    )}${pagination({
      previous: hasPrevious ? turn(places[0]?.id, 'before') : undefined,
      next: hasNext ? turn(places.at(-1)?.id, 'after') : undefined,
      language: frame.language,
    })}${view.mayEdit && html`<p>${linkButton(`${base}/new`, own.create)}</p>`}`,
  )
}

export type Words = ReturnType<typeof wordsFor>

const stateTag = ({ retired_at }: PlaceFacts, words: Words): Html =>
  retired_at === null ? tag(words.open, 'good') : tag(words.retired, 'warning')

interface PlaceView {
  readonly place: PlaceFacts & { readonly people: number; readonly giving: Giving | undefined }
  /** Of an organization, with its active people as this agent may know of them. */
  readonly standing: Standing | undefined
  readonly used: number
  /** Organizations that a workgroup is tied to. */
  readonly ties: readonly { readonly id: string; readonly name: string }[]
  readonly members: PeoplePage
  /** The flags of the members shown; undefined where a membership has none. */
  readonly flags: ReadonlyMap<string, Flags> | undefined
  readonly history: readonly ActivityRow[]
  readonly mayEdit: boolean
  /** The result of the action just done. */
  readonly message: string | undefined
  /** Ids of the people whose sign-in has to wait. */
  readonly waiting: readonly string[]
  readonly timeZone: string
  readonly now: number
}

/** One of them: what it allows, who is in it, what happened to it. */
export function placePage(frame: Frame, kind: Kind, view: PlaceView): Html {
  const words = wordsFor(frame.language)
  const { place } = view
  const inWords = (at: number | null) => momentInWords(at, view.timeZone, frame.language)
  return page(
    frame,
    { title: place.name, kind: 'console' },
    html`${view.message && alert('success', view.message)}<h1>${place.name}</h1>${summaryList([
      { key: words.allows, value: place.allows || words.nothingSaid },
      {
        key: words.state,
        value: place.retired_at === null ? words.open : words.retiredSince(inWords(place.retired_at)),
      },
      { key: words.key, value: place.key === null ? words.noKey : html`<code>${place.key}</code>` },
      ...(view.standing ? standingRows(frame, view.standing, view.used) : []),
      ...(place.giving ? givingRows(frame, place.giving, view.ties) : []),
      { key: words.made, value: whenInWords(place.created_at, frame.clock, frame.language) },
    ])}${
      view.mayEdit
        ? buttonGroup(
            linkButton(`${kind.base}/${place.id}/edit`, words.edit, 'secondary'),
            view.standing &&
              linkButton(
                `${kind.base}/${place.id}/standing`,
                standingWords(frame.language).change,
                'secondary',
              ),
            place.retired_at === null
              ? linkButton(`${kind.base}/${place.id}/retire`, words.retire, 'secondary')
              : linkButton(`${kind.base}/${place.id}/bring-back`, words.bringBack, 'secondary'),
          )
        : html`<p class="usa-hint">${words.readOnly}</p>`
    }<h2>${words.people}</h2>${members(frame, kind, view, words)}<h2>${words.history}</h2>${table({
      caption: words.history,
      captionHidden: true,
      columns: words.historyColumns.map(text => ({ text })),
      rows: view.history.map(row => [
        whenInWords(row.at, frame.clock, frame.language),
        changeInWords(row, words, frame.language),
        row.agent ?? words.system,
      ]),
      empty: words.noHistory,
      language: frame.language,
    })}`,
  )
}

function members(frame: Frame, kind: Kind, view: PlaceView, words: Words): Html {
  const { place, flags } = view
  const { rows: people, hasPrevious, hasNext } = view.members
  const turn = (person: Found | undefined, direction: Cursor['direction']) =>
    person && withQuery(`${kind.base}/${place.id}`, cursorQuery({ id: person.id, direction }))
  const stateWords = peopleWords(frame.language).now
  return html`${table({
    caption: words.people,
    captionHidden: true,
    columns: [...words.peopleColumns, ...(flags ? [words.membership] : [])].map(text => ({ text })),
    rows: people.map(person => {
      const state = stateNow(person, view.waiting, view.now)
      return [
        html`<a href="/helpdesk/people/${person.id}">${listName(person.first_name, person.last_name)}</a>`,
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
    place.people > 0 &&
    html`<p class="after-form"><a href="${addressOf({ [kind.kind]: place.id })}">${words.findPeople}</a></p>`
  }`
}

function flagsInWords(flags: Flags | undefined, words: Words): string {
  if (flags === undefined || flags.is_active === 0) return words.switchedOff
  if (flags.may_sign_in === 0) return words.noSignIn
  return flags.may_edit === 0 ? words.reading : words.full
}

/** The change in one line. */
export function changeInWords({ event, args }: ActivityRow, words: Words, language: string): string {
  const facts = JSON.parse(args) as Readonly<Record<string, unknown>>
  if (facts['what'] !== 'organization' && facts['what'] !== 'workgroup')
    return eventInWords(event, facts, language)
  return event === 'sensitive_create'
    ? words.created(facts)
    : (words.events[String(facts['change'])]?.(facts) ?? '')
}
