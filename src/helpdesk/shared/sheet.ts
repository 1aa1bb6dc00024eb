import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, copyLine, linkButton, printSheet, processList, sheetBanner } from '../../web/parts.ts'
import { timeInWords } from '../../web/time.ts'
import { wordsFor } from './sheet-words.ts'
import { spellOut } from './spelling.ts'

export interface Sheet {
  readonly personId: string
  readonly name: string
  readonly username: string
  readonly temporaryPassword: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  /** Where to sign in, such as `https://hmis.example.org`. */
  readonly origin: string
  /** IANA zone of the times shown. */
  readonly timeZone: string
  /** `created`: the account is new; `issued`: it had one before. */
  readonly kind: 'created' | 'issued'
  /** Why they still cannot sign in with it. */
  readonly warning: string | undefined
}

/** The only page that ever shows a temporary password, with the sheet to hand out. */
export function sheetPage(frame: Frame, sheet: Sheet): Html {
  const words = wordsFor(frame.language)
  const title = words.titles[sheet.kind]
  return page(
    frame,
    { title, kind: 'console' },
    html`<h1>${title}</h1>${alert('success', words.once)}${sheet.warning && alert('warning', sheet.warning)}${printSheet(
      sheetBody(frame, sheet),
      words.print,
      frame.language,
    )}<p>${linkButton(`/helpdesk/people/${sheet.personId}`, words.toPerson(sheet.name), 'secondary')}</p>`,
  )
}

/** The sheet for one person. */
export function sheetBody(frame: Frame, sheet: Omit<Sheet, 'personId' | 'kind' | 'warning'>): Content {
  const words = wordsFor(frame.language)
  const until = timeInWords(sheet.expiresAt, sheet.timeZone, frame.language)
  const { site } = frame
  const ways = [site.helpdeskPhone, site.helpdeskEmail].filter(way => way !== '').join(' or ')
  return html`${sheetBanner(site.banner)}<h2>${words.heading(site.name)}</h2><p translate="no">${words.for(sheet.name)}</p><p translate="no"><strong>${words.username(
    sheet.username,
  )}</strong></p>${copyLine({
    text: words.temporaryPassword(sheet.temporaryPassword),
    copies: sheet.temporaryPassword,
    language: frame.language,
  })}<p class="usa-hint" translate="no">${spellOut(sheet.temporaryPassword).map(
    (group, index) => html`${index > 0 && html`<br>`}${group}`,
  )}</p><p>${words.until(until)}</p>${processList(
    words.steps(`${sheet.origin}/sign-in`),
  )}<p>${words.keep}</p><p>${words.help(site.helpdeskName, ways)}</p>`
}
