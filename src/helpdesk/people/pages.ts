import { listName } from '../../account/names.ts'
import { barOf, stateOf } from '../../account/rules.ts'
import type { Role } from '../../store/schema.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  checkbox,
  details,
  form,
  hidden,
  linkButton,
  pagination,
  searchForm,
  selectField,
  type TagTone,
  table,
  tag,
  textField,
} from '../../web/parts.ts'
import { shortDayInWords } from '../../web/time.ts'
import { wordsFor as consoleWords } from '../shared/words.ts'
import { lastSignIns, stateNames } from './filters.ts'
import { addressOf, manyAddress, mostTogether, noOrganization, queryOf, type Search } from './rules.ts'
import { type Found, mostCounted, type PeoplePage, type PlacesOfSearch } from './store.ts'
import { type StateNow, wordsFor } from './words.ts'

/** An account's state in one word of ours. */
export function stateNow(found: Found, waiting: readonly string[], now: number): StateNow {
  const bar = barOf(stateOf(found), now)
  if (bar !== undefined) return bar
  if (waiting.includes(found.id)) return 'throttled'
  if (found.is_temporary === null) return 'no-password'
  if (found.is_temporary === 1)
    return found.expires_at !== null && found.expires_at <= now ? 'password-over' : 'first-sign-in'
  return found.leaving_at === null ? 'active' : 'leaving'
}

export const toneOf = (state: StateNow): TagTone =>
  state === 'active'
    ? 'quiet'
    : state === 'first-sign-in' || state === 'leaving'
      ? 'plain'
      : state === 'deactivated' || state === 'closed'
        ? 'bad'
        : 'warning'

const roles: readonly Role[] = ['user', 'helpdesk', 'administrator']

interface PeopleView {
  readonly search: Search
  readonly found: PeoplePage
  /** How many were found, at most `mostCounted`; undefined where counting would take too long. */
  readonly count: number | undefined
  readonly places: PlacesOfSearch
  /** Ids of those whose sign-in has to wait. */
  readonly waiting: readonly string[]
  /** What has just been done, or why not. */
  readonly said: string | undefined
  /** IANA zone of the times shown. */
  readonly timeZone: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/** People: the search and one page of what it found. */
export function peoplePage(frame: Frame, view: PeopleView): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.title, kind: 'console' },
    html`${message(frame, view)}<div class="title-row"><h1>${words.title}</h1>${linkButton(
      '/helpdesk/people/new',
      words.create,
      'secondary',
    )}</div>${filters(frame, view)}${list(frame, view)}`,
  )
}

function message(frame: Frame, { said }: PeopleView): Content {
  const words = wordsFor(frame.language)
  if (said === 'left' || said === 'moved') return alert('success', words.hasLeft)
  return (said === 'nobody' || said === 'too-many') && alert('warning', words.notSelected[said])
}

/** Which of the people found are meant, to do something with all of them. */
function selection(frame: Frame, { search, found, count }: PeopleView, list: Html): Html {
  const words = wordsFor(frame.language)
  if (found.rows.length === 0) return list
  const which = (value: string, label: string) => button(label, { kind: 'secondary', name: 'which', value })
  const isOnePage = !found.hasPrevious && !found.hasNext
  return html`${form(
    { action: manyAddress, csrf: frame.csrf },
    html`${Object.entries(queryOf(search)).map(([name, value]) => value && hidden(name, value))}${list}<p>${
      words.selectHint
    }</p>${buttonGroup(
      which('checked', words.withChecked),
      which('page', words.withPage(found.rows.length)),
      !isOnePage && (count ?? 0) <= mostTogether && which('all', words.withAll(count)),
    )}`,
  )}`
}

function filters(frame: Frame, { search, places }: PeopleView): Html {
  const words = wordsFor(frame.language)
  const { roles: roleWords } = consoleWords(frame.language)
  const list = (
    name: string,
    label: string,
    value: string | undefined,
    choices: readonly { readonly value: string; readonly label: string }[],
  ) => selectField({ name, label, value, choices, empty: words.any, autocomplete: 'off' })
  const chosen = [search.organization, search.workgroup, search.lastSignIn].filter(Boolean).length
  return searchForm(
    '/helpdesk/people',
    html`${textField({
      name: 'q',
      label: words.search,
      hint: words.searchHint,
      value: search.text,
      type: 'search',
      autocomplete: 'off',
      typing: 'signs',
    })}${list(
      'state',
      words.state,
      search.state,
      [...stateNames, 'throttled' as const].map(value => ({ value, label: words.states[value] })),
    )}${list(
      'role',
      words.role,
      search.role,
      roles.map(value => ({ value, label: roleWords[value] })),
    )}${button(words.find)}${details(
      chosen === 0 ? words.more : words.moreChosen(chosen),
      html`${list('organization', words.organization, search.organization, [
        { value: noOrganization, label: words.noOrganization },
        ...places.organizations.map(({ id, name }) => ({ value: id, label: name })),
      ])}${list(
        'workgroup',
        words.workgroup,
        search.workgroup,
        places.workgroups.map(({ id, name }) => ({ value: id, label: name })),
      )}${list(
        'last',
        words.lastSignIn,
        search.lastSignIn,
        lastSignIns.map(value => ({ value, label: words.lastSignIns[value] })),
      )}`,
      chosen > 0,
    )}`,
  )
}

const isLimited = ({ text, state, role, organization, workgroup, lastSignIn }: Search): boolean =>
  text !== '' || [state, role, organization, workgroup, lastSignIn].some(Boolean)

function list(frame: Frame, view: PeopleView): Html {
  const { search, found, count, waiting, timeZone, now } = view
  const words = wordsFor(frame.language)
  const { roles: roleWords } = consoleWords(frame.language)
  const { rows: people } = found
  const turn = (person: Found | undefined, direction: 'after' | 'before') =>
    person && addressOf({ ...search, cursor: { id: person.id, direction } })
  return html`${
    (count !== undefined || isLimited(search)) &&
    html`<p>${count !== undefined && words.count(count, count >= mostCounted)}${
      isLimited(search) && html` <a href="/helpdesk/people">${words.all}</a>`
    }</p>`
  }${found.isPart && alert('info', words.part)}${selection(
    frame,
    view,
    table({
      caption: words.caption,
      columns: words.columns.map(text => ({ text })),
      rows: people.map(person => {
        const state = stateNow(person, waiting, now)
        const name = listName(person.first_name, person.last_name)
        return [
          html`<a href="/helpdesk/people/${person.id}">${name}</a>`,
          html`<span translate="no">${person.username}<br>${person.email}</span>`,
          person.organization ?? '',
          roleWords[person.role],
          tag(words.now[state], toneOf(state)),
          person.last_sign_in_at === null
            ? words.never
            : shortDayInWords(person.last_sign_in_at, timeZone, frame.language),
          checkbox({
            name: 'person',
            id: `p-${person.id}`,
            label: words.select(name),
            labelHidden: true,
            value: person.id,
          }),
        ]
      }),
      empty: search.text === '' ? words.nobodyHere : words.nobody,
      language: frame.language,
    }),
  )}${pagination({
    previous: found.hasPrevious ? turn(people[0], 'before') : undefined,
    next: found.hasNext ? turn(people.at(-1), 'after') : undefined,
    language: frame.language,
  })}`
}
