import { fewOnCard } from '../session/code-card.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  errorSummary,
  form,
  linkButton,
  type SummaryRow,
  summaryList,
} from '../web/parts.ts'
import { timeInWords } from '../web/time.ts'
import type { App } from './app/store.ts'
import { lowStock } from './backup-codes/code.ts'
import type { KeptCard } from './code-card/store.ts'
import { codeForm } from './common/fields.ts'
import { codeField, problemsOf, type Refused } from './common/pages.ts'
import { type TwoStepMessage, type VerificationWords, wordsFor } from './common/words.ts'

interface StatePage extends Refused {
  /** In words, with its zone. */
  readonly onSince: string
  readonly apps: readonly App[]
  readonly card: KeptCard | undefined
  readonly timeZone: string
  readonly codesLeft: number
  /** The policy asks for it: after Turn Off it is set up again. */
  readonly required: boolean
  readonly message: TwoStepMessage | undefined
}

/** 2-Step Verification while it is on. */
export function statePage(frame: Frame, given: StatePage): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(frame, given, codeForm.name.code)
  const means: readonly (readonly [string, string])[] = [
    [words.replace, words.replaceMeans],
    [words.newCodes, words.newCodesMeans],
    [words.turnOff, given.required ? words.turnOffRequired : words.turnOffMeans],
  ]
  return page(
    frame,
    { title: words.title, refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}${
      given.message !== undefined && alert('success', words.messages[given.message])
    }${given.codesLeft <= lowStock && alert('warning', words.low(given.codesLeft))}${
      given.card !== undefined &&
      given.card.left <= fewOnCard &&
      alert('warning', words.cardFew(given.card.left, frame.site.helpdeskName))
    }<h1>${words.title}</h1>${summaryList([
      { key: words.state, value: words.onSince(given.onSince) },
      ...given.apps.map(({ name, lastUsedAt }) => ({
        key: name ?? words.app,
        value: words.lastUsed(timeInWords(lastUsedAt, given.timeZone, frame.language)),
      })),
      ...(given.card === undefined ? [] : [cardRow(frame, given.card, given.timeZone)]),
      { key: words.codesTitle, value: words.codesLeft(given.codesLeft) },
    ])}<h2>${words.changeHeading}</h2><p>${words.changeLead}</p><ul class="usa-list">${means.map(
      ([name, meaning]) => html`<li><strong>${name}</strong>: ${meaning}</li>`,
    )}</ul>${form(
      { action: '/security/two-step', csrf: frame.csrf },
      html`${codeField(frame, problems, hintOf(given.card, words))}${buttonGroup(
        button(words.replace, { kind: 'secondary', name: codeForm.name.do, value: 'replace' }),
        button(words.newCodes, { kind: 'secondary', name: codeForm.name.do, value: 'new-codes' }),
        button(words.turnOff, { kind: 'danger', name: codeForm.name.do, value: 'turn-off' }),
      )}`,
    )}<p class="after-form">${linkButton('/security', words.back, 'secondary')}</p>`,
  )
}

function cardRow(frame: Frame, { letter, left, lastUsedAt }: KeptCard, timeZone: string): SummaryRow {
  const words = wordsFor(frame.language)
  const used = timeInWords(lastUsedAt, timeZone, frame.language)
  return {
    key: words.cardKey(letter),
    value: used === '' ? words.cardLeft(left) : html`${words.cardLeft(left)}. ${words.lastUsed(used)}`,
  }
}

const hintOf = (card: KeptCard | undefined, words: VerificationWords): string =>
  card === undefined || card.left === 0 ? words.eitherHint : words.anyHint(card.number, card.letter)

/** Where the policy switches 2-step verification off and the person has none. */
export function notOfferedPage(frame: Frame, message: TwoStepMessage | undefined): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.title },
    html`${message !== undefined && alert('success', words.messages[message])}<h1>${words.title}</h1><p>${words.notOffered(
      frame.site.helpdeskName,
    )}</p><p class="after-form">${linkButton('/security', words.back, 'secondary')}</p>`,
  )
}
