import { readBrowser } from '../mail/browser.ts'
import { policyOf, type Session } from '../session/visitor.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { alert, button, form, type SummaryRow, summaryList, table } from '../web/parts.ts'
import { momentInWords, whenInWords } from '../web/time.ts'
import type { Activity } from './activity.ts'
import type { Devices } from './devices.ts'
import { devicesSection } from './devices-section.ts'
import { type SecurityMessage, type SecurityWords, wordsFor } from './security-words.ts'

interface SecurityPage {
  /** When the password was set, in milliseconds since 1970. */
  readonly passwordSetAt: number | undefined
  readonly activity: readonly Activity[]
  readonly devices: Devices
  /** What was done just now. */
  readonly message: SecurityMessage | undefined
}

type InWords = (at: number | null | undefined) => string

function options(
  session: Session,
  given: SecurityPage,
  words: SecurityWords,
  inWords: InWords,
): readonly SummaryRow[] {
  const policy = policyOf(session)
  const { second_step_since, question_set_at } = session.row
  const { hasSecondStep } = session.facts
  const hasTwoStep = policy.twoStep !== 'off' || hasSecondStep
  return [
    {
      key: words.password,
      value: words.passwordSet(inWords(given.passwordSetAt)),
      action: { href: '/security/password', text: words.changePassword },
    },
    {
      key: words.authenticator,
      value: !hasTwoStep
        ? words.notUsed
        : !hasSecondStep
          ? words.twoStepOff
          : words.twoStepOn(inWords(second_step_since)),
      action: hasTwoStep ? { href: '/security/two-step', text: words.twoStep } : undefined,
    },
    {
      key: words.recovery,
      value: !policy.securityQuestion
        ? words.notUsed
        : question_set_at === null
          ? words.questionNotSet
          : words.questionSet(inWords(question_set_at)),
      action: policy.securityQuestion ? { href: '/recovery', text: words.updateRecovery } : undefined,
    },
  ]
}

function browserInWords(userAgent: string, words: SecurityWords): string {
  const { browser, system } = readBrowser(userAgent)
  if (browser === undefined) return words.unknownBrowser
  return system === undefined ? browser : words.browserOn(browser, system)
}

/** Everything that guards the account, who tried to get in, and the way to end it all. */
export function securityPage(frame: Frame, session: Session, given: SecurityPage): Html {
  const words = wordsFor(frame.language)
  const policy = policyOf(session)
  const inWords: InWords = at => momentInWords(at, policy.timeZone, frame.language)
  return page(
    frame,
    { title: words.title },
    html`${given.message !== undefined && alert('success', words.messages[given.message])}<h1>${words.title}</h1><p>${words.lead(
      policy.reauthenticationMinutes,
    )}</p>${summaryList(options(session, given, words, inWords))}${devicesSection(
      frame,
      given.devices,
      words,
      {
        time: inWords,
        browser: userAgent => browserInWords(userAgent, words),
      },
    )}<h2>${words.activity}</h2><p>${words.activityLead}</p>${table({
      caption: words.activity,
      captionHidden: true,
      columns: [words.time, words.address, words.browser, words.result].map(text => ({ text })),
      rows: given.activity.map(({ at, address, userAgent, result }) => [
        whenInWords(at, frame.clock, frame.language),
        address,
        browserInWords(userAgent, words),
        words.results[result],
      ]),
      empty: words.noActivity,
      language: frame.language,
    })}<h2>${words.everywhere}</h2><p>${words.everywhereLead}</p>${form(
      { action: '/security/sign-out-everywhere', csrf: frame.csrf },
      button(words.everywhere, { kind: 'secondary' }),
    )}`,
  )
}
