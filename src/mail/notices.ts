import type { Keyring } from '../store/keyring.ts'
import type { Tx } from '../store/store.ts'
import { timeInWords } from '../web/time.ts'
import { readBrowser } from './browser.ts'
import { letter, type MailPolicy, mailLanguage } from './letter.ts'
import { makeLink } from './links.ts'
import { queueMail } from './queue.ts'
import { facts, link, oneLine, paragraph } from './render.ts'
import { type MailWords, type NoticeKind, wordsFor } from './words.ts'

export type { NoticeKind } from './words.ts'

const day = 24 * 3_600_000
/** Milliseconds that a "This was not me" link works. */
export const notMeLifetime = 7 * day

/** The parts that a notice needs of the request that made the change; a `Visit` is one. */
interface NoticeVisit {
  readonly now: number
  readonly userAgent: string
  readonly language: string
  policy(): Promise<MailPolicy>
}

/**
 * Tells a person by mail of a change of their account's security, in the transaction of the change (ASVS V6.3.7): when,
 * with which browser (the network address stands in Security Settings only), and a link that says "This was not me". Never a password, answer or code.
 * A stranger's `visit.policy()` has to be read before the transaction, which must not wait for a second connection.
 */
export type Notify = (tx: Tx, kind: NoticeKind, accountId: string, visit: NoticeVisit) => Promise<void>

export function createNotify(parts: { readonly keyring: Keyring; readonly origin: string }): Notify {
  return async (tx, kind, accountId, visit) => {
    const account = await tx.db
      .selectFrom('account')
      .select(['email', 'first_name', 'username', 'epoch', 'language'])
      .where('id', '=', accountId)
      .executeTakeFirst()
    if (account === undefined || account.email === '') return
    const policy = await visit.policy()
    const token = await makeLink(tx, {
      kind: 'not-me',
      accountId,
      epoch: account.epoch,
      now: visit.now,
      lifetime: notMeLifetime,
    })
    const language = mailLanguage(account.language, visit.language)
    const words = wordsFor(language)
    const { subject, what } = words.notices[kind]
    const body = letter({ language, policy, subject, firstName: account.first_name }, [
      paragraph(what(oneLine(account.username))),
      facts(
        [words.notice.when, timeInWords(visit.now, policy.timeZone, language)],
        [words.notice.browser, browserInWords(words, visit.userAgent)],
      ),
      paragraph(words.notice.wasYou),
      paragraph(words.notice.notYou(notMeLifetime / day)),
      link(words.notice.notMe, `${parts.origin}/not-me/${token}`),
    ])
    const message = { kind, accountId, recipient: account.email, subject, ...body }
    await queueMail(tx, parts.keyring, message, visit.now)
  }
}

function browserInWords({ notice }: MailWords, userAgent: string): string {
  const { browser, system } = readBrowser(userAgent)
  return browser === undefined && system === undefined
    ? notice.unknownBrowser
    : notice.browserOn(browser, system)
}
