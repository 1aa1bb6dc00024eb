import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, button, errorSummary, form, printSheet, sheetBanner, textField } from '../../web/parts.ts'
import { wordsFor as webWords } from '../../web/words.ts'
import { backupForm } from '../common/fields.ts'
import { type AskedPage, problemsOf, type Refused } from '../common/pages.ts'
import { wordsFor } from '../common/words.ts'

/** Backup code at sign-in: for who has no phone at hand. */
export function backupPage(frame: Frame, refused: Refused, { others, offer }: AskedPage): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(frame, refused, backupForm.name.backup)
  return page(
    frame,
    { title: words.backupTitle, kind: 'door', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.backupTitle}</h1><p>${words.backupLead}</p>${form(
      { action: '/sign-in/backup-code', csrf: frame.csrf },
      html`${textField({
        name: backupForm.name.backup,
        label: words.backup,
        hint: words.backupHint,
        problem: problems[0]?.text,
        autocomplete: 'off',
        typing: 'capitals',
        width: 'md',
      })}${offer}${button(words.submit)}`,
    )}${others}`,
  )
}

interface CodesPage {
  readonly codes: readonly string[]
  /** Tells whether 2-step verification was switched on just now. */
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
      html`${sheetBanner(frame.site.banner)}<h2>${words.codesFor(frame.site.name, given.username)}</h2><ol class="usa-list" id="codes" translate="no">${given.codes.map(
        code => html`<li><code>${code}</code></li>`,
      )}</ol><p>${words.fileNote}</p>`,
      undefined,
      frame.language,
      [
        html`<button class="usa-button usa-button--outline" type="button" data-copy="${given.codes.join(
          '\n',
        )}" data-done="${web.copied}" aria-describedby="codes" hidden>${web.copy}</button>`,
        html`<a class="usa-button usa-button--outline" href="${given.download}" download>${words.download}</a>`,
      ],
    )}${form({ action: given.savedAction, csrf: frame.csrf }, button(words.saved))}`,
  )
}
