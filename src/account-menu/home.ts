import type { Shelf } from '../applications/shelf.ts'
import { policyOf, type Session } from '../session/visitor.ts'
import type { Asked } from '../training/asked.ts'
import { doorway } from '../web/doorway.ts'
import type { Frame } from '../web/frame.ts'
import { type Content, type Html, html } from '../web/html.ts'
import { agencyLanguage } from '../web/language.ts'
import { page } from '../web/layout.ts'
import { alert } from '../web/parts.ts'
import { dayInWords, whenInWords } from '../web/time.ts'
import { type Attention, attentionCard } from './attention.ts'
import type { NewsItem } from './news.ts'
import { applicationsSection, linksSection } from './shelf.ts'
import { endInWords } from './timeout.ts'
import { renewalItems, toDoItems, toDoList } from './to-do.ts'
import { type MenuWords, wordsFor } from './words.ts'

const newsItem = ({ title, text, shown_from }: NewsItem, timeZone: string, language: string): Content =>
  html`<h3 lang="${agencyLanguage}">${title}</h3><p class="usa-hint">${dayInWords(shown_from, timeZone, language)}</p><div lang="${agencyLanguage}">${text
    .split(/\n{2,}/)
    .map(paragraph => html`<p>${paragraph}</p>`)}</div>`

const place = ({ organization, workgroup }: Session, words: MenuWords): Content =>
  html`${words.organization}: <strong>${organization?.name ?? words.none}</strong><br>${words.workgroup}: <strong>${workgroup?.name ?? words.none}</strong>`

const homeMessages = ['all-set', 'place-changed'] as const
type HomeMessage = (typeof homeMessages)[number]

export const isHomeMessage = (said: string | undefined): said is HomeMessage =>
  homeMessages.some(message => message === said)

/** The end of the first sign-in, or what was changed just now. */
const messageOf = (message: HomeMessage, hasApplications: boolean, words: MenuWords): Html =>
  message === 'all-set'
    ? alert(
        'success',
        html`<p>${hasApplications ? words.allSetOpen : words.allSetClose}</p>${doorway}`,
        words.allSet,
      )
    : alert('success', words.placeChanged)

/** Home: what one came for first, then what is to do and what is new; how the last sign-in was stands last. */
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
    readonly message: HomeMessage | undefined
  },
): Html {
  const words = wordsFor(frame.language)
  const policy = policyOf(session)
  const toDo = [
    ...given.renewals.flatMap(one => renewalItems(one, policy.timeZone, frame.language, words)),
    ...toDoItems(session, given.now, frame, words, given.courseUrl, given.codesLeft),
  ]
  return page(
    frame,
    { title: words.homeTitle },
    html`<h1>${words.greeting(session.person.firstName || session.person.lastName)}</h1>${
      given.message && messageOf(given.message, given.shelf.applications.length > 0, words)
    }${applicationsSection(given.shelf, words)}${linksSection(given.shelf, words)}${
      session.failuresBefore > 0 &&
      alert(
        'warning',
        html`${(session.previousSignInAt === null ? words.failuresAtFirst : words.failures)(session.failuresBefore)} ${words.failuresAdvice}`,
      )
    }${given.attention && attentionCard(given.attention, words)}${
      session.row.contact_since !== null &&
      html`<div class="card"><div><a href="/agency">${words.agencyDesk}</a><p class="usa-hint">${words.agencyDeskFor}</p></div></div>`
    }<h2>${words.openHeading}</h2>${toDo.length > 0 ? toDoList(toDo) : html`<p class="usa-hint">${words.nothingOpen}</p>`}${
      given.news.length > 0 &&
      html`<h2>${words.newsHeading}</h2>${given.news.map(item => newsItem(item, policy.timeZone, frame.language))}`
    }<div class="facts"><p>${place(session, words)}</p><p>${
      session.previousSignInAt === null
        ? words.firstSignIn
        : words.lastSignIn(whenInWords(session.previousSignInAt, frame.clock, frame.language))
    } ${endInWords(session, frame.language)}</p></div>`,
  )
}
