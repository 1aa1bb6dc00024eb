import type { Policy } from '../policy/table.ts'
import type { Refusal } from '../refusals.ts'
import type { Frame, Site } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { linkButton } from '../web/parts.ts'
import { waitInWords } from '../web/time.ts'
import type { BarCode } from './rules.ts'
import { type SignInWords, wordsFor } from './words.ts'

interface BarredPage {
  readonly bar: Refusal<BarCode>
  /** Where training is done again. */
  readonly courseUrl: string | undefined
  readonly policy: Pick<Policy, 'timeZone' | 'dormantDays'>
}

/** For who gave the right password and still may not come in: what it is, until when, and the one thing to do. */
export function barredPage(frame: Frame, { bar, courseUrl, policy }: BarredPage): Html {
  const words = wordsFor(frame.language)
  const title = words.barred[bar.code]
  const why = words.refusals[bar.code]({
    when: waitInWords(bar.until, policy.timeZone, frame.language),
    helpdesk: frame.site.helpdeskName,
    days: policy.dormantDays,
  })
  return page(
    frame,
    { title, kind: 'door', refused: true },
    html`<h1>${title}</h1><p>${why}</p>${remedy(frame.site, bar.code, courseUrl, words)}<p class="after-form"><a href="/sign-in">${words.backToSignIn}</a></p>`,
  )
}

function remedy(site: Site, code: BarCode, courseUrl: string | undefined, words: SignInWords): Html {
  if (code === 'sign-in.locked-down') return linkButton('/forgot-password', words.forgot)
  if (code === 'sign-in.training-expired' && courseUrl !== undefined)
    return linkButton(courseUrl, words.openCourse)
  if (site.helpdeskPhone !== '')
    return linkButton(`tel:${site.helpdeskPhone.replace(/[^+\d]/g, '')}`, words.call(site.helpdeskPhone))
  return site.helpdeskEmail === ''
    ? html``
    : linkButton(`mailto:${site.helpdeskEmail}`, words.write(site.helpdeskName))
}
