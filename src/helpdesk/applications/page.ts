import type { Application } from '../../applications/rules.ts'
import type { KnownSecret } from '../../applications/store.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, buttonGroup, linkButton, type SummaryRow, summaryList, table } from '../../web/parts.ts'
import { momentInWords, whenInWords } from '../../web/time.ts'
import type { ActivityRow } from '../shared/activity.ts'
import { activitySection } from '../shared/activity-pages.ts'
import { wordsFor as consoleWords } from '../shared/words.ts'
import type { ActName } from './acts.ts'
import { entryOf, presetName, wayNames, ways } from './entry.ts'
import type { FailedNotice, Known } from './store.ts'
import { type ApplicationsWords, wordsFor } from './words.ts'

export const applicationsBase = '/helpdesk/applications'

interface ApplicationView {
  readonly application: Application
  readonly secrets: readonly KnownSecret[]
  readonly known: Known
  /** Such as `https://hmis.example.org`. */
  readonly issuer: string
  readonly acts: readonly ActName[]
  /** Sessions that have it open. */
  readonly open: number
  readonly notices: readonly FailedNotice[]
  readonly history: readonly ActivityRow[]
  /** The result of the action just done. */
  readonly message: string | undefined
  readonly timeZone: string
}

type InWords = (at: number | null) => string

/** One application: how it is registered, what can be done to it, and what went wrong. */
export function applicationPage(frame: Frame, view: ApplicationView): Html {
  const words = wordsFor(frame.language)
  const { application, message } = view
  const address = `${applicationsBase}/${application.id}`
  const inWords: InWords = at => whenInWords(at, frame.clock, frame.language)
  return page(
    frame,
    { title: application.name, kind: 'console' },
    html`${message && alert('success', message)}<h1>${application.name}</h1>${
      application.disabledAt !== null &&
      alert(
        'warning',
        words.disabledSince(momentInWords(application.disabledAt, view.timeZone, frame.language)),
      )
    }${buttonGroup(
      linkButton(`${address}/edit`, words.edit, 'secondary'),
      ...view.acts.map(act => linkButton(`${address}/${act}`, words.acts[act].name, 'secondary')),
    )}${summaryList(rows(frame, view, words, inWords))}<h2>${words.secrets}</h2>${table({
      caption: words.secrets,
      captionHidden: true,
      columns: words.secretColumns.map(text => ({ text })),
      rows: view.secrets.map(({ createdAt, lastUsedAt }) => [
        inWords(createdAt),
        inWords(lastUsedAt) || words.never,
      ]),
      language: frame.language,
    })}${view.notices.length > 0 && failed(frame, view.notices, words, inWords)}${activitySection(frame, view.history)}`,
  )
}

const lines = (list: readonly string[], none: string): Content =>
  list.length === 0 ? none : list.map((line, index) => html`${index > 0 && html`<br>`}${line}`)

function rows(
  frame: Frame,
  { application, known, issuer, open }: ApplicationView,
  words: ApplicationsWords,
  inWords: InWords,
): readonly SummaryRow[] {
  const also = wayNames.filter(way => way !== 'jwt' && ways[way](application)).map(way => words.ways[way])
  return [
    { key: words.clientId, value: html`<code>${application.id}</code>` },
    { key: words.issuer, value: html`<code>${issuer}</code>` },
    { key: words.discovery, value: html`<code>${issuer}/.well-known/openid-configuration</code>` },
    { key: words.kind, value: presetName(application.preset) },
    { key: words.purpose, value: application.purpose || words.blank },
    { key: words.who, value: whoInWords(frame, application, known) },
    { key: words.secondStep, value: application.needsSecondStep ? words.secondOn : words.secondOff },
    { key: words.lastUsed, value: inWords(application.lastUsedAt) || words.never },
    { key: words.openNow, value: words.openIn(open) },
    { key: words.redirectUris, value: lines(application.redirectUris, words.blank) },
    { key: words.launchUrl, value: application.launchUrl ?? words.offHome },
    { key: words.backchannelUri, value: application.backchannelUri ?? words.noBackchannel },
    { key: words.signOutUris, value: lines(application.signOutUris, words.blank) },
    { key: words.tokens, value: words.tokenForms[application.tokenForm] },
    {
      key: words.pkce,
      value:
        application.pkceException === undefined ? words.pkceOn : words.pkceOff(application.pkceException),
    },
    ...(also.length === 0 ? [] : [{ key: words.alsoSo, value: lines(also, '') }]),
  ]
}

function whoInWords(frame: Frame, application: Application, known: Known): string {
  const words = wordsFor(frame.language)
  if (entryOf(application).who === 'everyone') return words.everyone
  const { roles } = consoleWords(frame.language)
  const { allowed } = application
  const named = (list: Known['workgroups'], ids: readonly string[]) =>
    list.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
  const all = [
    ...allowed.roles.map(role => roles[role]),
    ...named(known.workgroups, allowed.workgroups),
    ...named(known.organizations, allowed.organizations),
  ]
  return words.someAre(new Intl.ListFormat(frame.language, { type: 'disjunction' }).format(all))
}

function failed(
  frame: Frame,
  notices: readonly FailedNotice[],
  words: ApplicationsWords,
  inWords: InWords,
): Html {
  return html`<h2>${words.notices}</h2><p>${words.noticesLead}</p>${table({
    caption: words.notices,
    captionHidden: true,
    columns: words.noticeColumns.map(text => ({ text })),
    rows: notices.map(notice => [
      inWords(notice.createdAt),
      html`<a href="/helpdesk/people/${notice.accountId}">${notice.username}</a>`,
      words.tried(notice.said, notice.tries),
      inWords(notice.nextTryAt) || words.givenUp,
    ]),
    language: frame.language,
  })}`
}
