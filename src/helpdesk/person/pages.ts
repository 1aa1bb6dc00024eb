import { fullName } from '../../account/names.ts'
import { phoneLine } from '../../account/work.ts'
import { remedyOf } from '../../mail/remedy.ts'
import { wordsFor as trainingWords } from '../../training/words.ts'
import type { OwnWay } from '../../verification/common/own-way.ts'
import { wayTitle } from '../../verification/common/pages.ts'
import { wordsFor as verificationWords } from '../../verification/common/words.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  breadcrumb,
  buttonGroup,
  linkButton,
  type SummaryRow,
  summaryList,
  table,
} from '../../web/parts.ts'
import { momentInWords, whenInWords } from '../../web/time.ts'
import type { ActivityRow } from '../shared/activity.ts'
import { activitySection } from '../shared/activity-pages.ts'
import { wordsFor as consoleWords } from '../shared/words.ts'
import { offersOf, verbGroups } from './offers.ts'
import type { Opening } from './openings.ts'
import { openingsSection } from './openings-section.ts'
import { verdictOf } from './rules.ts'
import type { MailRow, Membership, PersonFacts } from './store.ts'
import type { VerbName } from './verb-rules.ts'
import { wordsFor as verbWordsFor } from './verb-words.ts'
import { type PersonWords, wordsFor } from './words.ts'

interface PersonView {
  readonly person: PersonFacts
  readonly activity: readonly ActivityRow[]
  readonly mails: readonly MailRow[]
  /** Verbs that this agent may do to this person now. */
  readonly actions: readonly VerbName[]
  readonly mayManage: boolean
  /** Tells whether the agent reads what others did. */
  readonly seesLog: boolean
  readonly openings: readonly Opening[]
  /** The result of the action just done. */
  readonly message: string | undefined
  readonly timeZone: string
  readonly now: number
}

const whoLooked = ({ username }: PersonFacts): string =>
  `/helpdesk/audit?${new URLSearchParams({ person: username, event: 'sensitive_read' })}`

const whole = ({ username }: PersonFacts): string =>
  `/helpdesk/audit?${new URLSearchParams({ person: username })}`

type InWords = (at: number | null | undefined) => string

/** One person: whether they can sign in, what can be done, and all that is known of them. */
export function personPage(frame: Frame, view: PersonView): Html {
  const words = wordsFor(frame.language)
  const { person } = view
  const name = fullName(person.firstName, person.lastName)
  const inWords: InWords = at => momentInWords(at, view.timeZone, frame.language)
  return page(
    frame,
    { title: name, kind: 'console' },
    html`${view.message && alert('success', view.message)}${breadcrumb({ href: '/helpdesk/people', text: words.people }, name)}<h1>${name}</h1><p class="usa-hint" translate="no">${person.username}</p>${person.incidents.map(
      ({ kind, opened_at }) => alert('warning', words.incidents[kind](inWords(opened_at)), words.incident),
    )}${verdict(frame, view, words, inWords)}${actions(frame, view, words)}<h2>${words.details}</h2>${summaryList(
      detailRows(frame, person, words, inWords),
    )}${openingsSection(frame, {
      openings: view.openings,
      personId: person.id,
      mayEnd: view.actions.includes('end-sessions'),
      isAdministrator: view.seesLog,
      inWords,
    })}${activitySection(frame, view.activity)}${
      view.seesLog &&
      html`<p><a href="${whole(person)}">${words.wholeActivity}</a></p><p><a href="${whoLooked(person)}">${words.whoLooked}</a></p>`
    }<h2>${words.mails}</h2>${table({
      caption: words.mails,
      captionHidden: true,
      columns: words.mailColumns.map(text => ({ text })),
      rows: view.mails.map(mail => [
        whenInWords(mail.created_at, frame.clock, frame.language),
        mail.subject,
        mailState(mail, view, words),
      ]),
      empty: words.noMails,
      language: frame.language,
    })}`,
  )
}

/** The state of a message; while it is not sent, the server's own words and what to do. */
function mailState(mail: MailRow, { person, actions, mayManage }: PersonView, words: PersonWords): Html {
  const state = words.mailStates[mail.state]
  if (mail.last_error === null) return html`${state}`
  const { server_said: said } = mail
  return html`${state}<br><span class="usa-hint">${said !== null && html`${words.mailSaid(said)} `}${remedyOf(
    {
      code: mail.last_error,
    },
  )}</span>${mail.state === 'refused' && html`<br>${sendAgain()}`}`

  function sendAgain(): Html {
    if (mail.kind === 'reset') return html`${words.askAgain}`
    if (mail.kind !== 'welcome') return html`${words.tellThem}`
    return mayManage && actions.includes('mail-link')
      ? html`<a href="/helpdesk/people/${person.id}/mail-link">${words.sendAgain}</a>`
      : html`${words.noLongerNeeded}`
  }
}

function verdict(frame: Frame, view: PersonView, words: PersonWords, inWords: InWords): Html {
  const { person, now } = view
  const { can, say, at } = verdictOf(person.signIn, now)
  const barred = person.state.deactivatedAt !== null || say === 'suspended'
  const { remedy } = offersOf(say, view.mayManage ? view.actions : [])
  return alert(
    can ? 'info' : 'warning',
    html`<p>${words.verdict[say](inWords(at))}${barred && person.reason && html` ${words.why(person.reason)}`}</p>${
      remedy && html`<p>${verbLink(frame, person, remedy, 'primary')}</p>`
    }`,
    words.signIn,
  )
}

const verbLink = (
  frame: Frame,
  { id }: PersonFacts,
  verb: VerbName,
  kind: 'primary' | 'secondary' | 'block',
): Html => linkButton(`/helpdesk/people/${id}/${verb}`, verbWordsFor(frame.language).names[verb], kind)

function actions(frame: Frame, view: PersonView, words: PersonWords): Html {
  if (!view.mayManage) return html`<h2>${words.actions}</h2><p>${words.notYours}</p>`
  const { groups } = offersOf(verdictOf(view.person.signIn, view.now).say, view.actions)
  return html`<h2>${words.actions}</h2>${!view.person.isWhole && html`<p>${words.notWhole}</p>`}${verbGroups.map(
    group =>
      groups[group].length > 0 &&
      html`<h3>${words.verbGroups[group]}</h3>${buttonGroup(
        ...groups[group].map(verb =>
          verbLink(frame, view.person, verb, group === 'block' ? 'block' : 'secondary'),
        ),
      )}`,
  )}`
}

function detailRows(
  frame: Frame,
  person: PersonFacts,
  words: PersonWords,
  inWords: InWords,
): readonly SummaryRow[] {
  const { roles } = consoleWords(frame.language)
  return [
    { key: words.username, value: person.username },
    { key: words.email, value: person.email || words.noEmail },
    { key: words.workPhone, value: phoneLine(person) || words.notOnFile },
    { key: words.jobTitle, value: person.jobTitle || words.notOnFile },
    { key: words.supervisor, value: person.supervisor || words.notOnFile },
    { key: words.role, value: roles[person.role] },
    {
      key: words.organizations,
      value: places(
        person.organizations.map(each => membership(each, words)),
        words,
      ),
    },
    {
      key: words.workgroups,
      value: places(
        person.workgroups.map(({ name }) => name),
        words,
      ),
    },
    ...(person.leaves.length === 0
      ? []
      : [
          {
            key: words.leaves,
            value: places(
              person.leaves.map(({ name, last_day, moved_to }) => words.leavesOn(name, last_day, moved_to)),
              words,
            ),
          },
        ]),
    ...(person.role !== 'helpdesk' || person.limitedTo === undefined
      ? []
      : [limitRow(person.limitedTo, words)]),
    ...(person.contactOf === undefined || person.contactOf.length === 0
      ? []
      : [
          {
            key: words.contactOf,
            value: places(
              person.contactOf.map(({ name }) => name),
              words,
            ),
          },
        ]),
    { key: words.password, value: words.passwords[person.signIn.password] },
    {
      key: words.twoStep,
      value:
        person.secondStepSince === null ? words.twoStepOff : words.twoStepOn(inWords(person.secondStepSince)),
    },
    ...person.ways.map(way => wayRow(frame, way, words, inWords)),
    {
      key: words.recovery,
      value:
        person.questionSetAt === null
          ? words.recoveryNotSet
          : words.recoverySet(inWords(person.questionSetAt)),
    },
    { key: words.terms, value: terms(person, words, inWords) },
    trainingRow(frame, person, inWords),
    { key: words.sessions, value: words.sessionsNow(person.sessions) },
    {
      key: words.lastSignIn,
      value: whenInWords(person.lastSignInAt, frame.clock, frame.language) || words.never,
    },
    { key: words.created, value: whenInWords(person.createdAt, frame.clock, frame.language) },
  ]
}

/** One way to prove the second step: what it is, since when, and when it was last used. */
function wayRow(frame: Frame, way: OwnWay, words: PersonWords, inWords: InWords): SummaryRow {
  const { kinds } = verificationWords(frame.language)
  const used = inWords(way.lastUsedAt)
  const lines = [
    words.wayAdded(kinds[way.kind], inWords(way.addedAt)),
    used === '' ? words.wayNeverUsed : words.wayUsed(used),
    way.card && words.wayLeft(way.card.left),
  ]
  return {
    key: wayTitle(way, verificationWords(frame.language)),
    value: lines.filter(Boolean).map((line, index) => html`${index > 0 && html`<br>`}${line}`),
  }
}

const limitRow = (limitedTo: NonNullable<PersonFacts['limitedTo']>, words: PersonWords): SummaryRow => ({
  key: words.limit,
  value:
    limitedTo.length === 0
      ? words.noLimit
      : places(
          limitedTo.map(({ name }) => name),
          words,
        ),
})

function trainingRow(frame: Frame, { id, training }: PersonFacts, inWords: InWords): SummaryRow {
  const words = wordsFor(frame.language)
  const state = trainingWords(frame.language).states[training.state]
  const when = training.state === 'finished' ? inWords(training.finishedAt) : ''
  return {
    key: words.training,
    value: when === '' ? state : `${state}, ${when}`,
    action: { href: `/helpdesk/people/${id}/training`, text: words.lookUp, about: words.lookUpAbout },
  }
}

const places = (names: readonly string[], words: PersonWords): Content =>
  names.length === 0 ? words.none : names.map((name, index) => html`${index > 0 && html`<br>`}${name}`)

function membership(given: Membership, words: PersonWords): string {
  const notes = [
    given.is_primary === 1 && words.primary,
    given.is_active === 0 && words.notActive,
    given.may_sign_in === 0 && words.noSignIn,
    given.may_edit === 0 && words.noEdit,
  ].filter(note => note !== false)
  return notes.length === 0 ? given.name : `${given.name} (${notes.join(', ')})`
}

function terms(person: PersonFacts, words: PersonWords, inWords: InWords): string {
  if (person.terms === undefined) return words.termsNone
  const { number, acceptedAt } = person.terms
  const older = person.termsNow !== null && person.termsNow > number ? words.termsOlder(person.termsNow) : ''
  return words.termsAccepted(number, inWords(acceptedAt)) + older
}
