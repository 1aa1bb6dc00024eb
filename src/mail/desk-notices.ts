import type { Keyring } from '../store/keyring.ts'
import type { Tx } from '../store/store.ts'
import { timeInWords } from '../web/time.ts'
import { helpdeskOf, letter, type MailPolicy, mailLanguage } from './letter.ts'
import { makeLink } from './links.ts'
import { notMeLifetime } from './notices.ts'
import { queueMail } from './queue.ts'
import { facts, link, oneLine, paragraph } from './render.ts'
import { type DeskNoticeKind, type RecordPart, wordsFor } from './words.ts'

export type { DeskNoticeKind, RecordPart } from './words.ts'

interface DeskNotice {
  readonly policy: MailPolicy
  /** Milliseconds since 1970. */
  readonly now: number
  /** The moment that it is about, such as the end of a suspension. */
  readonly moment?: number | undefined
  /** What was changed in their record. */
  readonly parts?: readonly RecordPart[]
}

/** What a thief could have talked the helpdesk into: the mail lets the person take it back. */
const takenBack: ReadonlySet<DeskNoticeKind> = new Set([
  'temporary-password',
  'two-step-reset',
  'code-card-given',
  'way-removed',
  'question-reset',
  'email-changed',
  'record-changed',
])

/**
 * Tells a person by mail what the helpdesk did to their account, in the transaction of the change: when, what, and whom to
 * call. Nothing of the agent is told, and no reason: both are in the audit log.
 */
export async function noticeFromDesk(
  parts: { readonly keyring: Keyring; readonly origin: string },
  tx: Tx,
  kind: DeskNoticeKind,
  accountId: string,
  { policy, now, moment, parts: changed = [] }: DeskNotice,
): Promise<void> {
  const account = await tx.db
    .selectFrom('account')
    .select(['email', 'first_name', 'username', 'epoch', 'language'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  if (account === undefined || account.email === '') return
  const language = mailLanguage(account.language)
  const words = wordsFor(language)
  const { subject, what } = words.desk[kind]
  const username = oneLine(account.username)
  const about =
    changed.length === 0
      ? timeInWords(moment, policy.timeZone, language)
      : new Intl.ListFormat(language).format(changed.map(part => words.recordParts[part]))
  const blocks = [
    paragraph(what(username, about)),
    facts([words.notice.when, timeInWords(now, policy.timeZone, language)], [words.username, username]),
  ]
  const notMe = async () => {
    const { epoch } = account
    const token = await makeLink(tx, { kind: 'not-me', accountId, epoch, now, lifetime: notMeLifetime })
    return [
      paragraph(words.notice.notAsked(notMeLifetime / (24 * 3_600_000))),
      link(words.notice.notMe, `${parts.origin}/not-me/${token}`),
    ]
  }
  const end = takenBack.has(kind)
    ? await notMe()
    : [paragraph(words.notice.questions(helpdeskOf(policy, language)))]
  const body = letter({ language, policy, subject, firstName: account.first_name }, [...blocks, ...end])
  await queueMail(tx, parts.keyring, { kind, accountId, recipient: account.email, subject, ...body }, now)
}
