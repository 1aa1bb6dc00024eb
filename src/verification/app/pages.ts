import { encode } from 'uqr'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, button, copyable, errorSummary, form, linkButton, processList } from '../../web/parts.ts'
import { codeForm } from '../common/fields.ts'
import { codeField, problemsOf, type Refused } from '../common/pages.ts'
import { inGroups } from '../common/way.ts'
import { type TwoStepMessage, wordsFor } from '../common/words.ts'

/** 2-Step Verification at sign-in: one field. */
export function verifyPage(frame: Frame, refused: Refused, others: Content): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(frame, refused, codeForm.name.code)
  return page(
    frame,
    { title: words.title, kind: 'door', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.title}</h1><p>${words.verifyLead}</p>${form(
      { action: '/sign-in/verify', csrf: frame.csrf },
      html`${codeField(frame, problems)}${button(words.submit)}`,
    )}${others}`,
  )
}

/** Modules of white around a QR code that readers need (ISO/IEC 18004). */
const quietZone = 4

/** A QR code as inline SVG, dark on white in every theme: readers need it so. */
function qrCode(text: string, label: string): Html {
  const { size, data } = encode(text, { ecc: 'M', border: quietZone })
  const runs = data.flatMap((line, y) => line.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="232" height="232" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path fill="#000" d="${runs}"/></svg>`
}

interface PairingPage extends Refused {
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
  const problems = problemsOf(frame, given, codeForm.name.code)
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
