import { fullName, listName } from '../account/names.ts'
import { phoneLine } from '../account/work.ts'
import type { Place } from '../administration/places.ts'
import type { ReportRow } from '../agency/leaver-lists.ts'
import type { Colleague, ColleaguePage } from '../agency/people.ts'
import type { Frame } from '../web/frame.ts'
import { type Content, type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { momentOf } from '../web/moment.ts'
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
} from '../web/parts.ts'
import { dayInWords } from '../web/time.ts'
import { deskOf } from './desk.ts'
import { type DeskWords, wordsFor } from './words.ts'

/** The organizations of somebody who asks and vouches for several. */
export function startPage(frame: Frame, organizations: readonly Place[]): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.title, kind: 'console' },
    html`<h1>${words.title}</h1><p>${words.lead}</p><ul class="usa-list">${organizations.map(
      ({ id, name }) => html`<li><a href="${deskOf(id)}">${name}</a></li>`,
    )}</ul>`,
  )
}

/** `2026-03-01` in words. */
export const lastDayInWords = (day: string, timeZone: string, language: string): string => {
  const noon = momentOf(day, '12:00', timeZone)
  return noon === undefined ? day : dayInWords(noon, timeZone, language)
}

export interface PeopleView {
  readonly organization: Place
  readonly list: ColleaguePage
  readonly text: string
  readonly reports: readonly ReportRow[]
  readonly message: string | undefined
  readonly timeZone: string
}

const standing = (
  person: Colleague,
  { timeZone }: PeopleView,
  words: DeskWords,
  language: string,
): Content =>
  person.lastDay !== null
    ? tag(words.leaves(lastDayInWords(person.lastDay, timeZone, language)), 'warning')
    : person.maySignIn
      ? tag(words.active, 'good')
      : tag(words.noSignIn, 'plain')

/** What is known, one to a line, or that there is nothing. */
const lines = (words: DeskWords, texts: readonly string[]): Content => {
  const known = texts.filter(Boolean)
  return known.length === 0 ? words.none : known.map((text, index) => html`${index > 0 && html`<br>`}${text}`)
}

/** The people of one organization, and what their contact can do for each. */
export function peoplePage(frame: Frame, view: PeopleView): Html {
  const words = wordsFor(frame.language)
  const { organization, list, text, timeZone } = view
  const at = (to: number) =>
    `${deskOf(organization.id)}?${new URLSearchParams({ ...(text !== '' && { q: text }), page: String(to) })}`
  const about = (person: Colleague, verb: string, label: string): Content =>
    html`<a href="${deskOf(organization.id, `/people/${person.id}/${verb}`)}">${label}<span class="usa-sr-only"> ${fullName(person.firstName, person.lastName)}</span></a>`
  return page(
    frame,
    { title: organization.name, kind: 'console' },
    html`${view.message && alert('success', view.message)}<h1>${organization.name}</h1>${buttonGroup(
      linkButton(deskOf(organization.id, '/requests/new'), words.requestAccount),
    )}${reports(frame, view)}<h2>${words.people}</h2>${searchForm(
      deskOf(organization.id),
      html`${textField({ name: 'q', label: words.search, value: text, type: 'search', autocomplete: 'off', typing: 'name' })}${button(words.find, { kind: 'secondary' })}`,
    )}<p>${words.count(list.count)}</p>${table({
      caption: words.people,
      captionHidden: true,
      columns: words.columns.map(column => ({ text: column })),
      rows: list.people.map(person => [
        listName(person.firstName, person.lastName),
        lines(words, [person.jobTitle, phoneLine(person), person.supervisor]),
        lines(
          words,
          person.workgroups.map(({ name }) => name),
        ),
        standing(person, view, words, frame.language),
        person.lastSignInAt === null
          ? words.never
          : dayInWords(person.lastSignInAt, timeZone, frame.language),
        html`${about(person, 'leaver', words.reportLeaver)}<br>${about(person, 'change', words.requestChange)}`,
      ]),
      empty: words.nobody,
      language: frame.language,
    })}${pagination({
      previous: list.page > 1 ? at(list.page - 1) : undefined,
      next: list.page < list.pages ? at(list.page + 1) : undefined,
      language: frame.language,
    })}`,
  )
}

/** Reports that can still be taken back. */
function reports(frame: Frame, { organization, reports, timeZone }: PeopleView): Content {
  const words = wordsFor(frame.language)
  if (reports.length === 0) return ''
  return html`<h2>${words.reports}</h2>${table({
    caption: words.reports,
    captionHidden: true,
    columns: words.reportColumns.map(text => ({ text })),
    rows: reports.map(report => [
      listName(report.first_name, report.last_name),
      lastDayInWords(report.last_day, timeZone, frame.language),
      fullName(report.by_first_name, report.by_last_name),
      html`<a href="${deskOf(organization.id, `/leavers/${report.id}`)}">${words.takeBack}<span class="usa-sr-only"> ${fullName(report.first_name, report.last_name)}</span></a>`,
    ]),
    language: frame.language,
  })}`
}

/** A person's facts, above a form about them. */
export const colleagueFacts = (person: Colleague, words: DeskWords): Html =>
  summaryList([
    { key: words.name, value: fullName(person.firstName, person.lastName) },
    { key: words.jobTitle, value: person.jobTitle || words.none },
    {
      key: words.workgroups,
      value: lines(
        words,
        person.workgroups.map(({ name }) => name),
      ),
    },
  ])
