import type { Refusal, RefusalOf } from '../refusals.ts'
import type { Session } from '../session/visitor.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { button, buttonGroup, errorSummary, form, hidden, linkButton } from '../web/parts.ts'
import { choiceFields, placeProblems, type Selected } from '../workspace/pages.ts'
import type { Choices } from '../workspace/store.ts'
import { entryAddress } from './paths.ts'
import { wordsFor } from './words.ts'

/** Leads on to the application; the browser does so by itself. */
export function continuePage(frame: Frame, application: string, href: string): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.opening(application) },
    html`<h1>${words.opening(application)}</h1><p>${words.openingLead}</p><p>${linkButton(href, words.continue)}</p>`,
  )
}

/** Somebody who may not use the application as who they work as now. */
export function notAllowedPage(
  frame: Frame,
  application: string,
  { organization, workgroup }: Pick<Session, 'organization' | 'workgroup'>,
): Html {
  const words = wordsFor(frame.language)
  const place = [organization?.name, workgroup?.name].filter(Boolean).join(' · ')
  return page(
    frame,
    { title: words.closed(application) },
    html`<h1>${words.closed(application)}</h1><p>${place === '' ? words.closedNowhere : words.closedAs(place)}</p><p>${words.closedNext(
      frame.site.helpdeskName,
    )}</p>${buttonGroup(linkButton('/', words.home), linkButton('/settings/choose', words.change, 'secondary'))}`,
  )
}

/** An application that asks for 2-step verification, before it is set up. */
export function setUpPage(frame: Frame, application: string): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.setUp },
    html`<h1>${words.setUp}</h1><p>${words.setUpLead(application)}</p>${buttonGroup(
      linkButton('/security/two-step', words.setUpButton),
      linkButton('/', words.home, 'secondary'),
    )}`,
  )
}

/** Where to work in an application that asks for it before each entry. */
export function placePage(
  frame: Frame,
  application: string,
  given: {
    readonly choices: Choices
    readonly selected: Selected
    readonly request: string
    readonly refusals: readonly Refusal<RefusalOf<'workspace'>>[]
  },
): Html {
  const words = wordsFor(frame.language)
  const problems = placeProblems(frame.language, given.refusals)
  return page(
    frame,
    { title: words.place(application), refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.place(application)}</h1><p>${words.placeLead}</p>${form(
      { action: entryAddress, csrf: frame.csrf },
      html`${hidden('request', given.request)}${choiceFields(frame.language, given.choices, given.selected, problems)}${button(
        words.continue,
      )}`,
    )}`,
  )
}
