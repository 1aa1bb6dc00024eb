import { isStaff } from '../account/rules.ts'
import { endOf } from '../session/limits.ts'
import { policyOf, type Session } from '../session/visitor.ts'
import type { Frame } from '../web/frame.ts'
import { type Content, type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { alert, summaryList } from '../web/parts.ts'
import { timeInWords } from '../web/time.ts'
import { type MenuWords, wordsFor } from './words.ts'

/** Something that the person should still do. */
interface Open {
  readonly text: string
  readonly link?: { readonly href: string; readonly text: string }
}

function openItems(session: Session, frame: Frame, words: MenuWords): readonly Open[] {
  const policy = policyOf(session)
  const { facts, row } = session
  const list: Open[] = []
  if (facts.organizations === 0) list.push({ text: words.noOrganization(frame.site.helpdeskName) })
  if (facts.workgroups === 0) list.push({ text: words.noWorkgroup(frame.site.helpdeskName) })
  if (policy.securityQuestion && row.question_set_at === null) {
    list.push({ text: words.noQuestion, link: { href: '/recovery/question', text: words.setQuestion } })
  }
  if (policy.twoStep !== 'off' && row.paired_at === null) {
    const due = isStaff(session.person.role)
      ? ` ${words.twoStepFrom(timeInWords(facts.twoStepDueAt, policy.timeZone, frame.language))}`
      : ''
    list.push({ text: words.noTwoStep + due, link: { href: '/security/two-step', text: words.setTwoStep } })
  }
  return list
}

const openItem = ({ text, link }: Open): Content =>
  html`<li>${text}${link && html` <a href="${link.href}">${link.text}</a>`}</li>`

/** Home: who and where one is, what is still open, and whether someone else tried. */
export function homePage(frame: Frame, session: Session): Html {
  const words = wordsFor(frame.language)
  const policy = policyOf(session)
  const open = openItems(session, frame, words)
  const ends = endOf(session, policy).at
  return page(
    frame,
    { title: words.homeTitle },
    html`<h1>${words.greeting(session.person.firstName)}</h1>${
      session.failuresBefore > 0 &&
      alert('warning', html`${words.failures(session.failuresBefore)} ${words.failuresAdvice}`)
    }<h2>${words.place}</h2>${summaryList([
      { key: words.organization, value: session.organization?.name ?? words.none },
      { key: words.workgroup, value: session.workgroup?.name ?? words.none },
    ])}<h2>${words.openHeading}</h2>${
      open.length > 0
        ? html`<ul class="usa-list open-items">${open.map(openItem)}</ul>`
        : html`<p>${words.nothingOpen}</p>`
    }<h2>${words.activityHeading}</h2><p>${
      session.previousSignInAt === null
        ? words.firstSignIn
        : words.lastSignIn(timeInWords(session.previousSignInAt, policy.timeZone, frame.language))
    } ${words.sessionEnds(timeInWords(ends, policy.timeZone, frame.language))}</p>`,
  )
}
