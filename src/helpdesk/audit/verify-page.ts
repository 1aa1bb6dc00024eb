import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, button, form, linkButton } from '../../web/parts.ts'
import { momentInWords } from '../../web/time.ts'
import { refreshParts, type SelfRefresh } from '../shared/self-refresh.ts'
import type { Verification } from './verification.ts'
import { type AuditWords, wordsFor } from './words.ts'

/** Tells whether the log is whole, as far as it is known now. `refresh`: while a check is under way. */
export function verifyPage(
  frame: Frame,
  verification: Verification,
  refresh: SelfRefresh | undefined,
  timeZone: string,
): Html {
  const words = wordsFor(frame.language)
  const inWords = (at: number) => momentInWords(at, timeZone, frame.language)
  return page(
    frame,
    { title: words.verifyTitle, kind: 'console' },
    html`<h1>${words.verifyTitle}</h1><p>${words.verifyIntro}</p>${news(verification, words, inWords)}${
      refresh
        ? refreshParts(refresh, frame.language, linkButton('/helpdesk/audit', words.back, 'secondary'))
        : html`${form({ action: '/helpdesk/audit/verify', csrf: frame.csrf }, button(words.verifyPress))}<p class="after-form"><a href="/helpdesk/audit">${words.back}</a></p>`
    }`,
  )
}

function news(given: Verification, words: AuditWords, inWords: (at: number) => string): Html {
  if (given.state === 'never') return html`<p>${words.never}</p>`
  if (given.state === 'running')
    return alert(
      'info',
      words.running(words.number(given.checked), words.number(given.of)),
      words.runningHeading,
    )
  if (given.state === 'stopped')
    return alert('warning', words.stopped(words.number(given.checked)), words.stoppedHeading)
  const { verdict, endedAt } = given
  if (verdict.whole)
    return alert(
      'success',
      words.whole(words.number(verdict.records), words.number(verdict.chains), inWords(endedAt)),
      words.wholeHeading,
    )
  const record = verdict.record === null ? '' : ` (${verdict.record})`
  return alert(
    'error',
    html`<p>${words.broken(
      words.number(verdict.position) + record,
      verdict.chain,
      words.faults[verdict.why],
      inWords(endedAt),
    )}</p><p>${words.brokenNext}</p>`,
    words.brokenHeading,
  )
}
