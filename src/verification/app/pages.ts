import { encode } from 'uqr'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, button, copyable, errorSummary, form, linkButton, processList } from '../../web/parts.ts'
import { codeForm } from '../common/fields.ts'
import type { NewAppFor } from '../common/kept.ts'
import { type AskedPage, codeField, nameField, problemsOf, type Refused } from '../common/pages.ts'
import { inGroups } from '../common/way.ts'
import { type TwoStepMessage, wordsFor } from '../common/words.ts'
import { type KeyAddresses, orAddKey } from '../passkeys/pages.ts'

/** 2-Step Verification at sign-in: one field. */
export function verifyPage(frame: Frame, refused: Refused, { others, offer }: AskedPage): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(frame, refused, codeForm.name.code)
  return page(
    frame,
    { title: words.title, kind: 'door', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.title}</h1><p>${words.verifyLead}</p>${form(
      { action: '/sign-in/verify', csrf: frame.csrf },
      html`${codeField(frame, problems)}${offer}${button(words.submit)}`,
    )}${others}`,
  )
}

/** Modules of white around a QR code that readers need (ISO/IEC 18004). */
const quietZone = 4
/** CSS pixels of a module: what a phone's camera tells apart on any screen. */
const moduleWidth = 4

/** A QR code as inline SVG, dark on white in every theme: readers need it so. */
export function qrCode(text: string, label: string): Html {
  const { size, data } = encode(text, { ecc: 'L', border: quietZone })
  const runs = data.flatMap((line, y) => line.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size * moduleWidth}" height="${size * moduleWidth}" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path fill="#000" d="${runs}"/></svg>`
}

/** Where an app is paired. */
export interface PairingForm {
  readonly action: string
  /** Undefined in the sign-in, which cannot go on without it. */
  readonly back?: string
  /** What the app is to be called, where it is asked. */
  readonly name?: string
  /** Where a card is printed instead, for who has no device. */
  readonly card?: string | undefined
  /** Where a passkey or security key is added instead. */
  readonly keys?: KeyAddresses | undefined
  readonly message?: TwoStepMessage | undefined
}

interface PairingPage extends Refused, PairingForm {
  readonly kind: NewAppFor['kind']
  /** Base32. */
  readonly secret: string
  readonly uri: string
}

/** Pairing an app: picture, key, and the code that switches it on. */
export function pairingPage(frame: Frame, given: PairingPage): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(frame, given, codeForm.name.code)
  const { title, lead } = {
    first: { title: given.back === undefined ? words.setUpTitle : words.title, lead: words.setUpLead },
    another: { title: words.addApp, lead: words.addAppLead },
    replacement: { title: words.replaceTitle, lead: words.replaceLead },
  }[given.kind]
  const key = html`<p>${words.addAccountBody}</p><p>${qrCode(given.uri, words.picture)}</p><p id="key-label">${words.keyLabel}</p>${copyable(
    { id: 'key', text: inGroups(given.secret, ' '), copies: given.secret, language: frame.language },
  )}`
  const code = form(
    { action: given.action, csrf: frame.csrf },
    html`${given.name !== undefined && nameField(frame, problems, given.name)}${codeField(frame, problems)}${button(words.turnOn)}`,
  )
  return page(
    frame,
    { title, refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}${
      given.message !== undefined && alert('success', words.messages[given.message])
    }<h1>${title}</h1><p>${lead}</p>${given.back === undefined && html`<p>${words.setUpRequired}</p>`}${processList(
      [
        { heading: words.getApp, body: html`<p>${words.getAppBody}</p>` },
        { heading: words.addAccount, body: key },
        { heading: words.enterCode, body: code },
      ],
    )}${given.keys && orAddKey(frame, given.keys)}${given.card !== undefined && html`<p>${words.noPhone} <a href="${given.card}">${words.printCard}</a></p>`}${
      given.back !== undefined &&
      html`<p class="after-form">${linkButton(given.back, given.kind === 'first' ? words.back : words.cancel, 'secondary')}</p>`
    }`,
  )
}
