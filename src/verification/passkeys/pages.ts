import type { Refusal } from '../../refusals.ts'
import type { PasskeyKind } from '../../store/schema.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  askKeyButton,
  buttonGroup,
  errorSummary,
  form,
  keyField,
  linkButton,
  type Problem,
} from '../../web/parts.ts'
import { waitInWords } from '../../web/time.ts'
import type { PasskeyCode } from './prove.ts'
import { wordsFor } from './words.ts'

export interface KeyRefused {
  readonly refusals: readonly Refusal<PasskeyCode>[]
  /** IANA zone of the times shown. */
  readonly timeZone: string
}

/** The refusals in words. */
export function keyProblemsOf(frame: Frame, { refusals, timeZone }: KeyRefused): readonly Problem[] {
  const words = wordsFor(frame.language)
  return refusals.map(({ code, until }) => ({
    text: words.refusals[code]({
      when: waitInWords(until, timeZone, frame.language),
      helpdesk: frame.site.helpdeskName,
    }),
  }))
}

/** Where each kind is added. */
export type KeyAddresses = Readonly<Record<PasskeyKind, string>>

/** Buttons that lead to where a passkey or security key is added. */
export function addKeyLinks(frame: Frame, addresses: KeyAddresses): readonly Content[] {
  const { add } = wordsFor(frame.language)
  return [
    linkButton(addresses.passkey, add.passkey, 'secondary'),
    linkButton(addresses['security-key'], add['security-key'], 'secondary'),
  ]
}

/** The same beside the set-up of an app. */
export const orAddKey = (frame: Frame, addresses: KeyAddresses): Content =>
  html`<p>${wordsFor(frame.language).orAdd}</p>${buttonGroup(...addKeyLinks(frame, addresses))}`

interface AddPage extends KeyRefused {
  readonly kind: PasskeyKind
  readonly action: string
  readonly back: string
  /** The password alone opens the account so far. */
  readonly isFirst: boolean
}

/** Add a passkey, or a security key. */
export function addPage(frame: Frame, given: AddPage): Html {
  const words = wordsFor(frame.language)
  const problems = keyProblemsOf(frame, given)
  const title = words.add[given.kind]
  return page(
    frame,
    { title, refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1><p>${words.addLead[given.kind]}</p><p>${
      given.isFirst ? words.addFirst : words.addEnds
    }</p>${form(
      { action: given.action, csrf: frame.csrf },
      html`${keyField(words.absent, words.addFailed)}${buttonGroup(
        askKeyButton(words.continueButton, { asks: 'create', options: `${given.action}/options` }),
        linkButton(given.back, words.cancel, 'quiet'),
      )}`,
    )}`,
  )
}

/** The field for a key's answer beside another way. */
export const keyFieldFor = ({ language }: Frame): Html => {
  const words = wordsFor(language)
  return keyField(words.absent, words.failed)
}

/** The button that asks for it; shown where the browser can. */
export const keyButton = ({ language }: Frame, action: string): Html =>
  askKeyButton(wordsFor(language).useKey, { asks: 'get', options: `${action}/options`, kind: 'secondary' })

interface AskPage extends KeyRefused {
  readonly action: string
  /** False: none of the person's keys works at this address. */
  readonly worksHere: boolean
  readonly others: Content
  /** Not to ask on this computer, where policy allows it. */
  readonly offer: Content
}

/** The second step of a sign-in by a passkey or security key. */
export function askPage(frame: Frame, given: AskPage): Html {
  const words = wordsFor(frame.language)
  const problems = keyProblemsOf(frame, given)
  const asks = given.worksHere
    ? html`<p>${words.askLead}</p>${form(
        { action: given.action, csrf: frame.csrf },
        html`${given.offer}${keyField(words.absent, words.failed)}${askKeyButton(words.continueButton, {
          asks: 'get',
          options: `${given.action}/options`,
        })}`,
      )}`
    : alert('warning', words.otherAddress(frame.site.helpdeskName))
  return page(
    frame,
    { title: words.askTitle, kind: 'door', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.askTitle}</h1>${asks}${given.others}`,
  )
}
