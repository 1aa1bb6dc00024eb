import { fullName, listName } from '../../account/names.ts'
import type { Places } from '../../administration/places.ts'
import { verbWords } from '../../administration/words.ts'
import { isCodeOf, type Refusal } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  checkboxGroup,
  errorSummary,
  form,
  linkButton,
  type Problem,
  pagination,
  printSheets,
  problemFor,
  searchForm,
  selectField,
  textArea,
} from '../../web/parts.ts'
import type { Form } from '../../web/request.ts'
import { wordsFor as verbWordsFor } from '../person/verb-words.ts'
import { refusalInWords } from '../shared/refusal-words.ts'
import { sheetBody } from '../shared/sheet.ts'
import { wordsFor as consoleWords } from '../shared/words.ts'
import type { Given } from './issue.ts'
import { boxValue, mostPeople, type SheetsCode } from './rules.ts'
import type { Newcomer } from './store.ts'
import { wordsFor } from './words.ts'

export const sheetsAddress = '/helpdesk/sheets'

/** What of the list is shown. */
export interface Shown {
  readonly organizationId: string | undefined
  readonly after: string | undefined
  /** Tells whether every box is ticked. */
  readonly isAll: boolean
}

interface SheetsView {
  readonly shown: Shown
  readonly people: readonly Newcomer[]
  readonly hasNext: boolean
  readonly organizations: Places['organizations']
  /** The selection and entry; empty at first. */
  readonly form: Form
  readonly refusals: readonly Refusal<SheetsCode>[]
  readonly sendsMail: boolean
  readonly temporaryPasswordHours: number
  readonly now: number
}

function addressOf({ organizationId, after, isAll }: Shown): string {
  const pairs = [
    ['organization', organizationId ?? ''],
    ['after', after ?? ''],
    ['all', isAll ? 'yes' : ''],
  ].filter(([, value]) => value !== '') as [string, string][]
  return pairs.length === 0 ? sheetsAddress : `${sheetsAddress}?${new URLSearchParams(pairs)}`
}

function sentence(code: SheetsCode, language: string): string {
  return isCodeOf('sheets', code) ? wordsFor(language).refusals[code] : refusalInWords({ code }, language)
}

/** Sign-in sheets: who has never signed in, and what they can be given. */
export function sheetsPage(frame: Frame, view: SheetsView): Html {
  const words = wordsFor(frame.language)
  const problems = view.refusals.map(({ code, field }) => ({ field, text: sentence(code, frame.language) }))
  const { shown } = view
  return page(
    frame,
    { title: words.title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.title}</h1><p>${words.lead} ${words.effects(
      view.temporaryPasswordHours,
    )}</p>${searchForm(
      sheetsAddress,
      html`${selectField({
        name: 'organization',
        label: words.organization,
        value: shown.organizationId,
        empty: words.anyOrganization,
        choices: view.organizations.map(({ id, name }) => ({ value: id, label: name })),
        autocomplete: 'off',
      })}${button(words.show, { kind: 'secondary' })}`,
    )}${view.people.length === 0 ? html`<p class="usa-hint">${words.nobody}</p>` : giving(frame, view, problems)}${pagination(
      {
        next: view.hasNext ? addressOf({ ...shown, isAll: false, after: view.people.at(-1)?.id }) : undefined,
        language: frame.language,
      },
    )}`,
  )
}

function giving(frame: Frame, view: SheetsView, problems: readonly Problem[]): Content {
  const words = wordsFor(frame.language)
  const action = verbWordsFor(frame.language)
  const { form: typed, shown } = view
  return html`<p>${linkButton(
    addressOf({ ...shown, isAll: !shown.isAll }),
    shown.isAll ? words.chooseNone : words.chooseAll,
    'secondary',
  )}</p>${form(
    { action: addressOf(shown), csrf: frame.csrf },
    html`${checkboxGroup({
      name: 'person',
      label: words.people,
      values: shown.isAll && !typed.has('reason') ? view.people.map(boxValue) : typed.all('person'),
      choices: view.people.slice(0, mostPeople).map(person => ({
        value: boxValue(person),
        label: listName(person.first_name, person.last_name),
        hint: `${person.username}, ${person.email || words.noEmail}. ${words[stateOf(person, view.now)]}.`,
      })),
      problem: problemFor(problems, 'person'),
    })}${textArea({
      name: 'reason',
      label: consoleWords(frame.language).reason,
      hint: action.reasonHint,
      value: typed.get('reason'),
      rows: 3,
      problem: problemFor(problems, 'reason'),
    })}${buttonGroup(
      button(words.print, { name: 'how', value: 'print' }),
      view.sendsMail && button(words.mail, { kind: 'secondary', name: 'how', value: 'mail' }),
    )}`,
  )}`
}

const stateOf = ({ is_temporary, expires_at }: Newcomer, now: number): 'none' | 'temporary' | 'over' =>
  is_temporary === null ? 'none' : expires_at !== null && expires_at <= now ? 'over' : 'temporary'

interface PrintView {
  readonly given: readonly Given[]
  readonly leftOut: number
  readonly origin: string
  readonly timeZone: string
}

/** The sheets, each on a page of its own when they are printed. The passwords are shown only here. */
export function printedPage(frame: Frame, view: PrintView): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.sheetsTitle, kind: 'console' },
    html`<h1>${words.sheetsTitle}</h1>${
      view.given.length > 0 && alert('success', words.once, words.sheetsFor(view.given.length))
    }${left(view.leftOut, frame)}${barred(view.given, frame)}${
      view.given.length > 0 &&
      printSheets(
        view.given.map(({ person, temporaryPassword, expiresAt }) =>
          sheetBody(frame, {
            name: fullName(person.first_name, person.last_name),
            username: person.username,
            temporaryPassword,
            expiresAt,
            origin: view.origin,
            timeZone: view.timeZone,
          }),
        ),
        words.printAll,
        frame.language,
      )
    }<p>${linkButton(sheetsAddress, words.back, 'secondary')}</p>`,
  )
}

/** The links went out: nobody has seen a password. */
export function mailedPage(frame: Frame, view: Pick<PrintView, 'given' | 'leftOut'>): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.mailedTitle, kind: 'console' },
    html`<h1>${words.mailedTitle}</h1>${
      view.given.length > 0 && alert('success', words.mailed(view.given.length))
    }${left(view.leftOut, frame)}${barred(view.given, frame)}<p>${linkButton(sheetsAddress, words.back, 'secondary')}</p>`,
  )
}

const left = (count: number, { language }: Frame): Content =>
  count > 0 && alert('warning', wordsFor(language).leftOut(count))

/** The people who cannot sign in with what they were given, and what to do about it. */
function barred(given: readonly Given[], { language }: Frame): Content {
  const list = given.flatMap(({ person, bar }) =>
    bar === undefined
      ? []
      : html`<li>${fullName(person.first_name, person.last_name)}: ${verbWords.bars[bar]}</li>`,
  )
  return (
    list.length > 0 && alert('warning', html`<ul class="usa-list">${list}</ul>`, wordsFor(language).barred)
  )
}
