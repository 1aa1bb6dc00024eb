import type { StoredHash } from '../password/hashing.ts'
import type { Policy } from '../policy/table.ts'
import { queueWelcome } from '../recovery/welcome/mail.ts'
import { refuse } from '../refusals.ts'
import type { Settings } from '../settings.ts'
import type { Tx } from '../store/store.ts'
import { type Act, recordOf, type VerbOutcome, type VerbParts } from './act.ts'
import { type Issued, issueTemporaryPassword } from './credential.ts'

export interface WelcomeParts extends VerbParts {
  readonly settings: Settings
}

/** The parts of the mail besides the act. */
interface WelcomeGiven {
  /** The hash of a temporary password that nobody is shown: the link stands for it. */
  readonly hash: StoredHash
  readonly policy: Policy
}

/** Tells whether this site sends mail: an https one only with a mail server; on one's own machine the outbox is read by hand. */
export const sendsMail = ({ SMTP_URL, https }: Pick<Settings, 'SMTP_URL' | 'https'>): boolean =>
  SMTP_URL !== undefined || !https

/** Mail a link: a temporary password that nobody sees comes into force, and a mail with the link that stands for it goes out. */
export async function mailWelcome(
  parts: WelcomeParts,
  tx: Tx,
  act: Act,
  given: WelcomeGiven,
): Promise<VerbOutcome<Issued>> {
  if (await hasNoAddress(tx, act.subjectId)) return refuse({ code: 'account.no-address' })
  const issued = await issueTemporaryPassword(parts, tx, act, given.hash, given.policy)
  if (issued.ok) await sendLink(parts, tx, act, given)
  return issued
}

async function hasNoAddress({ db }: Tx, accountId: string): Promise<boolean> {
  const row = await db.selectFrom('account').select('email').where('id', '=', accountId).executeTakeFirst()
  return row?.email === ''
}

/** The mail alone, for an account whose temporary password was put in force in this transaction. */
export async function sendLink(
  parts: WelcomeParts,
  tx: Tx,
  act: Act,
  { policy }: Omit<WelcomeGiven, 'hash'>,
): Promise<void> {
  await queueWelcome(parts, tx, act.subjectId, { withLink: true, policy, now: act.now })
  await parts.audit.record(tx, recordOf(act, 'authn_token_created', { link: 'welcome' }))
}
