import type { Shelf } from '../applications/shelf.ts'
import { cardOfText, fewOnCard } from '../session/code-card.ts'
import { policyOf, type Session } from '../session/visitor.ts'
import type { Asked } from '../training/asked.ts'
import { lapsesAt } from '../training/rules.ts'
import { lowStock } from '../verification/backup-codes/code.ts'
import { printsCards } from '../verification/code-card/print.ts'
import type { Frame } from '../web/frame.ts'
import { type Content, type Html, html } from '../web/html.ts'
import { agencyLanguage } from '../web/language.ts'
import { page } from '../web/layout.ts'
import { alert } from '../web/parts.ts'
import { dayInWords, timeInWords } from '../web/time.ts'
import { type Attention, attentionCard } from './attention.ts'
import type { NewsItem } from './news.ts'
import { applicationsSection, linksSection } from './shelf.ts'
import { endInWords } from './timeout.ts'
import { type MenuWords, wordsFor } from './words.ts'

/** Milliseconds before an end from which it is told. */
const soon = 30 * 24 * 3_600_000

/** Something that the person should still do. */
interface Open {
  readonly text: string
  readonly link?: { readonly href: string; readonly text: string }
}

function openItems(
  session: Session,
  now: number,
  frame: Frame,
  words: MenuWords,
  courseUrl: string | undefined,
  codesLeft: number,
): readonly Open[] {
  const policy = policyOf(session)
  const { facts, row } = session
  const list: Open[] = []
  if (facts.organizations === 0) list.push({ text: words.noOrganization(frame.site.helpdeskName) })
  if (facts.workgroups === 0) list.push({ text: words.noWorkgroup(frame.site.helpdeskName) })
  if (session.person.email === '') list.push({ text: words.noEmail(frame.site.helpdeskName) })
  if (policy.securityQuestion && row.question_set_at === null) {
    list.push({ text: words.noQuestion, link: { href: '/recovery/question', text: words.setQuestion } })
  }
  if (policy.twoStep !== 'off' && !facts.hasSecondStep) {
    const due =
      facts.twoStepDueAt === undefined
        ? ''
        : ` ${words.twoStepFrom(timeInWords(facts.twoStepDueAt, policy.timeZone, frame.language))}`
    list.push({ text: words.noTwoStep + due, link: { href: '/security/two-step', text: words.setTwoStep } })
  }
  const card = cardOfText(row.code_card)
  if (card !== undefined && card.left <= fewOnCard) {
    const link = { href: '/security/two-step/card', text: words.printCard }
    list.push(
      printsCards(policy)
        ? { text: words.fewOnCard(card.left, undefined), link }
        : { text: words.fewOnCard(card.left, frame.site.helpdeskName) },
    )
  }
  if (facts.hasSecondStep && codesLeft <= lowStock) {
    const link = { href: '/security/two-step', text: words.newCodes }
    list.push({ text: words.fewCodes(codesLeft), link })
  }
  return [
    ...list,
    ...agreements(session, now, frame.language, words),
    ...training(session, now, frame.language, words, courseUrl),
  ]
}

/** The terms, when they have to be accepted again soon. */
function agreements(session: Session, now: number, language: string, words: MenuWords): readonly Open[] {
  const { termsAcceptedAt, termsLifetime } = session.facts
  if (termsAcceptedAt === undefined || termsLifetime === undefined) return []
  const end = termsAcceptedAt + termsLifetime
  return end - now > soon
    ? []
    : [{ text: words.termsEnd(dayInWords(end, policyOf(session).timeZone, language)) }]
}

/** Training that is not finished, or has to be done again soon. */
function training(
  session: Session,
  now: number,
  language: string,
  words: MenuWords,
  courseUrl: string | undefined,
): readonly Open[] {
  const { training_state, training_finished_at } = session.row
  const { trainingMonths, timeZone } = policyOf(session)
  const open = (text: string): readonly Open[] => [
    courseUrl === undefined ? { text } : { text, link: { href: courseUrl, text: words.openCourse } },
  ]
  if (training_state === 'not-finished') return open(words.trainingOpen)
  const end = lapsesAt(training_finished_at, trainingMonths)
  if (training_state !== 'finished' || end === undefined || end - now > soon) return []
  return open(words.trainingEnds(dayInWords(end, timeZone, language)))
}

/** What a renewal asks, and until when: the courses, each with its link. */
const renewalItems = (
  { name, endsAt, courses }: Asked,
  timeZone: string,
  language: string,
  words: MenuWords,
): readonly Open[] =>
  courses.map(course => ({
    text: words.renew(name, course.name, dayInWords(endsAt - 1, timeZone, language)),
    ...(course.url !== undefined && { link: { href: course.url, text: words.openCourse } }),
  }))

const newsItem = ({ title, text, shown_from }: NewsItem, timeZone: string, language: string): Content =>
  html`<h3 lang="${agencyLanguage}">${title}</h3><p class="usa-hint">${dayInWords(shown_from, timeZone, language)}</p><div lang="${agencyLanguage}">${text
    .split(/\n{2,}/)
    .map(paragraph => html`<p>${paragraph}</p>`)}</div>`

const openItem = ({ text, link }: Open): Content =>
  html`<li>${text}${link && html` <a href="${link.href}">${link.text}</a>`}</li>`

const place = ({ organization, workgroup }: Session, words: MenuWords): Content =>
  html`${words.organization}: <strong>${organization?.name ?? words.none}</strong><br>${words.workgroup}: <strong>${workgroup?.name ?? words.none}</strong>`

/** Home: what one can open, who and where one is, what is still open, and whether someone else tried. */
export function homePage(
  frame: Frame,
  session: Session,
  given: {
    readonly now: number
    readonly news: readonly NewsItem[]
    /** Where training is done. */
    readonly courseUrl: string | undefined
    readonly renewals: readonly Asked[]
    /** Backup codes that still work, for anyone who has an authenticator app. */
    readonly codesLeft: number
    readonly shelf: Shelf
    /** For who uses the console. */
    readonly attention: Attention | undefined
  },
): Html {
  const words = wordsFor(frame.language)
  const policy = policyOf(session)
  const open = [
    ...given.renewals.flatMap(one => renewalItems(one, policy.timeZone, frame.language, words)),
    ...openItems(session, given.now, frame, words, given.courseUrl, given.codesLeft),
  ]
  return page(
    frame,
    { title: words.homeTitle },
    html`<h1>${words.greeting(session.person.firstName || session.person.lastName)}</h1>${applicationsSection(given.shelf, words)}${
      session.failuresBefore > 0 &&
      alert(
        'warning',
        html`${(session.previousSignInAt === null ? words.failuresAtFirst : words.failures)(session.failuresBefore)} ${words.failuresAdvice}`,
      )
    }${given.attention && attentionCard(given.attention, words)}${
      session.row.contact_since !== null &&
      html`<div class="card"><div><a href="/agency">${words.agencyDesk}</a><p class="usa-hint">${words.agencyDeskFor}</p></div></div>`
    }<h2>${words.openHeading}</h2>${
      open.length > 0
        ? html`<ul class="usa-list open-items">${open.map(openItem)}</ul>`
        : html`<p>${words.nothingOpen}</p>`
    }${linksSection(given.shelf, words)}<h2>${words.place}</h2><p>${place(session, words)}</p><p>${
      session.previousSignInAt === null
        ? words.firstSignIn
        : words.lastSignIn(timeInWords(session.previousSignInAt, policy.timeZone, frame.language))
    } ${endInWords(session, frame.language)}</p>${
      given.news.length > 0 &&
      html`<h2>${words.newsHeading}</h2>${given.news.map(item => newsItem(item, policy.timeZone, frame.language))}`
    }`,
  )
}
