import { encode } from 'uqr'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  copyable,
  errorSummary,
  form,
  linkButton,
  printSheet,
  processList,
  summaryList,
} from '../web/parts.ts'
import { wordsFor as webWords } from '../web/words.ts'
import { codeField, problemsOf, type Refused } from './pages.ts'
import { inGroups, lowStock } from './rules.ts'
import { type TwoStepMessage, wordsFor } from './words.ts'

/** Modules of white around a QR code that readers need (ISO/IEC 18004). */
const quietZone = 4

/** A QR code as inline SVG, dark on white in every theme: readers need it so. */
function qrCode(text: string, label: string): Html {
  const { size, data } = encode(text, { ecc: 'M', border: quietZone })
  const runs = data.flatMap((line, y) => line.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="232" height="232" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path fill="#000" d="${runs}"/></svg>`
}

export interface PairingPage extends Refused {
  readonly kind: 'sign-in' | 'security' | 'replace'
  /** Base32. */
  readonly secret: string
  readonly uri: string
  readonly message?: TwoStepMessage | undefined
}

const actions = {
  'sign-in': '/sign-in/two-step',
  security: '/security/two-step',
  replace: '/security/two-step/replace',
} as const

/** Pairing an app: picture, key, and the code that switches it on. */
export function pairingPage(frame: Frame, given: PairingPage): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(frame, given, 'code')
  const title =
    given.kind === 'replace' ? words.replaceTitle : given.kind === 'sign-in' ? words.setUpTitle : words.title
  const key = html`<p>${words.addAccountBody}</p><p>${qrCode(given.uri, words.picture)}</p><p id="key-label">${words.keyLabel}</p>${copyable(
    { id: 'key', text: inGroups(given.secret, ' '), copies: given.secret, language: frame.language },
  )}`
  const code = form(
    { action: actions[given.kind], csrf: frame.csrf },
    html`${codeField(frame, problems)}${button(words.turnOn)}`,
  )
  return page(
    frame,
    { title, refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}${
      given.message !== undefined && alert('success', words.messages[given.message])
    }<h1>${title}</h1><p>${given.kind === 'replace' ? words.replaceLead : words.setUpLead}</p>${
      given.kind === 'sign-in' && html`<p>${words.setUpRequired}</p>`
    }${processList([
      { heading: words.getApp, body: html`<p>${words.getAppBody}</p>` },
      { heading: words.addAccount, body: key },
      { heading: words.enterCode, body: code },
    ])}${given.kind !== 'sign-in' && html`<p class="after-form">${linkButton('/security', words.back, 'secondary')}</p>`}`,
  )
}

export interface CodesPage {
  readonly codes: readonly string[]
  /** Whether 2-step verification was switched on just now. */
  readonly first: boolean
  readonly username: string
  /** Where "I have saved these" posts. */
  readonly savedAction: string
  readonly download: string
}

/** The ten backup codes, this once. */
export function codesPage(frame: Frame, given: CodesPage): Html {
  const words = wordsFor(frame.language)
  const web = webWords(frame.language)
  return page(
    frame,
    { title: words.codesTitle },
    html`${alert('success', given.first ? words.isOn : words.codesNew)}<h1>${words.codesTitle}</h1><p>${words.codesLead}</p>${printSheet(
      html`<h2>${words.codesFor(frame.site.name, given.username)}</h2><ol class="usa-list" id="codes">${given.codes.map(
        code => html`<li><code>${code}</code></li>`,
      )}</ol><p>${words.fileNote}</p>`,
      undefined,
      frame.language,
    )}${buttonGroup(
      html`<button class="usa-button usa-button--outline" type="button" data-copy="${given.codes.join(
        '\n',
      )}" data-done="${web.copied}" aria-describedby="codes" hidden>${web.copy}</button>`,
      html`<a class="usa-button usa-button--outline" href="${given.download}" download>${words.download}</a>`,
    )}${form({ action: given.savedAction, csrf: frame.csrf }, button(words.saved))}`,
  )
}

export interface StatePage extends Refused {
  /** In words, with its zone. */
  readonly onSince: string
  readonly codesLeft: number
  /** The policy asks for it: after Turn Off it is set up again. */
  readonly required: boolean
  readonly message: TwoStepMessage | undefined
}

/** 2-Step Verification while it is on. */
export function statePage(frame: Frame, given: StatePage): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(frame, given, 'code')
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
    }${given.codesLeft <= lowStock && alert('warning', words.low(given.codesLeft))}<h1>${words.title}</h1>${summaryList(
      [
        { key: words.state, value: words.onSince(given.onSince) },
        { key: words.codesTitle, value: words.codesLeft(given.codesLeft) },
      ],
    )}<h2>${words.changeHeading}</h2><p>${words.changeLead}</p><ul class="usa-list">${means.map(
      ([name, meaning]) => html`<li><strong>${name}</strong>: ${meaning}</li>`,
    )}</ul>${form(
      { action: '/security/two-step', csrf: frame.csrf },
      html`${codeField(frame, problems, words.eitherHint)}${buttonGroup(
        button(words.replace, { kind: 'secondary', name: 'do', value: 'replace' }),
        button(words.newCodes, { kind: 'secondary', name: 'do', value: 'new-codes' }),
        button(words.turnOff, { kind: 'danger', name: 'do', value: 'turn-off' }),
      )}`,
    )}<p class="after-form">${linkButton('/security', words.back, 'secondary')}</p>`,
  )
}

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
