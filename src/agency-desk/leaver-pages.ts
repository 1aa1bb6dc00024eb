import { fullName } from '../account/names.ts'
import type { AgencyCode } from '../agency/contacts.ts'
import type { ReportRow } from '../agency/leaver-lists.ts'
import type { Colleague } from '../agency/people.ts'
import type { Refusal } from '../refusals.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { button, errorSummary, form, problemFor, textField } from '../web/parts.ts'
import { deskOf, type Of } from './desk.ts'
import { colleagueFacts, lastDayInWords } from './people-pages.ts'
import { problemsOf, wordsFor } from './words.ts'

/** Report a leaver: what will happen, and the last day. */
export function leaverPage(
  frame: Frame,
  { organization, found }: Of<Colleague>,
  lastDay: string,
  refusals: readonly Refusal<AgencyCode>[],
): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(refusals, frame.language)
  const title = words.about(words.reportLeaver, fullName(found.firstName, found.lastName))
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${colleagueFacts(found, words)}<h2>${
      words.willHappen
    }</h2><ul class="usa-list">${words.leaverEffects(organization.name).map(effect => html`<li>${effect}</li>`)}</ul>${form(
      { action: deskOf(organization.id, `/people/${found.id}/leaver`), csrf: frame.csrf },
      html`${textField({
        name: 'lastDay',
        label: words.lastDay,
        hint: words.lastDayHint,
        type: 'date',
        value: lastDay,
        problem: problemFor(problems, 'lastDay'),
        autocomplete: 'off',
        width: 'md',
      })}${button(words.reportLeaver, { kind: 'danger' })}`,
    )}<p class="after-form"><a href="${deskOf(organization.id)}">${words.back(organization.name)}</a></p>`,
  )
}

/** Take back: for a day it can be said that it was a mistake. */
export function takeBackPage(
  frame: Frame,
  { organization, found }: Of<ReportRow>,
  timeZone: string,
  refusals: readonly Refusal<AgencyCode>[],
): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(refusals, frame.language)
  const title = words.about(words.takeBack, fullName(found.first_name, found.last_name))
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1><p>${words.takeBackLead(
      lastDayInWords(found.last_day, timeZone, frame.language),
    )}</p>${form(
      { action: deskOf(organization.id, `/leavers/${found.id}`), csrf: frame.csrf },
      button(words.takeBack),
    )}<p class="after-form"><a href="${deskOf(organization.id)}">${words.back(organization.name)}</a></p>`,
  )
}
