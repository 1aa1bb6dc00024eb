import { cardOfText, fewOnCard } from '../session/code-card.ts'
import { policyOf, type Session } from '../session/visitor.ts'
import type { Asked } from '../training/asked.ts'
import { lapsesAt } from '../training/rules.ts'
import { lowStock } from '../verification/backup-codes/code.ts'
import { printsCards } from '../verification/code-card/print.ts'
import type { Frame } from '../web/frame.ts'
import { type Content, html } from '../web/html.ts'
import { linkButton } from '../web/parts.ts'
import { dayInWords, momentInWords } from '../web/time.ts'
import type { MenuWords } from './words.ts'

/** Milliseconds before an end from which it is told. */
const soon = 30 * 24 * 3_600_000

/** Something that the person should still do. */
interface ToDo {
  readonly text: string
  readonly link?: { readonly href: string; readonly text: string }
}

/** What is still to do, and what ends soon. */
export function toDoItems(
  session: Session,
  now: number,
  frame: Frame,
  words: MenuWords,
  courseUrl: string | undefined,
  codesLeft: number,
): readonly ToDo[] {
  const policy = policyOf(session)
  const { facts, row } = session
  const list: ToDo[] = []
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
        : ` ${words.twoStepFrom(momentInWords(facts.twoStepDueAt, policy.timeZone, frame.language))}`
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
    ...leaving(session, now, frame, words),
    ...agreements(session, now, frame.language, words),
    ...training(session, now, frame.language, words, courseUrl),
  ]
}

/** The day on which the account closes, when it is near. */
function leaving(session: Session, now: number, frame: Frame, words: MenuWords): readonly ToDo[] {
  const end = session.row.leaving_at
  const { timeZone } = policyOf(session)
  return end === null || end <= now || end - now > soon
    ? []
    : [{ text: words.leaving(dayInWords(end, timeZone, frame.language), frame.site.helpdeskName) }]
}

/** The terms, when they have to be accepted again soon. */
function agreements(session: Session, now: number, language: string, words: MenuWords): readonly ToDo[] {
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
): readonly ToDo[] {
  const { training_state, training_finished_at } = session.row
  const { trainingMonths, timeZone } = policyOf(session)
  const open = (text: string): readonly ToDo[] => [
    courseUrl === undefined ? { text } : { text, link: { href: courseUrl, text: words.openCourse } },
  ]
  if (training_state === 'not-finished') return open(words.trainingOpen)
  const end = lapsesAt(training_finished_at, trainingMonths)
  if (training_state !== 'finished' || end === undefined || end - now > soon) return []
  return open(words.trainingEnds(dayInWords(end, timeZone, language)))
}

/** What a renewal asks, and until when: the courses, each with its link. */
export const renewalItems = (
  { name, endsAt, courses }: Asked,
  timeZone: string,
  language: string,
  words: MenuWords,
): readonly ToDo[] =>
  courses.map(course => ({
    text: words.renew(name, course.name, dayInWords(endsAt - 1, timeZone, language)),
    ...(course.url !== undefined && { link: { href: course.url, text: words.openCourse } }),
  }))

/** Each with the one button that does it. */
export const toDoList = (list: readonly ToDo[]): Content =>
  html`<ul class="to-do">${list.map(
    ({ text, link }) => html`<li><p>${text}</p>${link && linkButton(link.href, link.text, 'secondary')}</li>`,
  )}</ul>`
