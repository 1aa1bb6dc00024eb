import { longestEntry } from '../../account/rules.ts'
import type { AuditEvent } from '../../audit/audit.ts'
import { helpdeskOf, letter, mailLanguage } from '../../mail/letter.ts'
import { makeLink } from '../../mail/links.ts'
import { queueErrand, queueMail } from '../../mail/queue.ts'
import { type Block, facts, link, oneLine, paragraph } from '../../mail/render.ts'
import { wordsFor } from '../../mail/words.ts'
import { parsePolicy } from '../../policy/policy.ts'
import type { Policy } from '../../policy/table.ts'
import { refusals } from '../../refusals.ts'
import { deviceMark, knownAs } from '../../session/cookies.ts'
import type { Services } from '../../session/services.ts'
import type { Visit } from '../../session/visit.ts'
import type { Tx } from '../../store/store.ts'
import { recoverySourceShare } from '../../throttle/rules.ts'
import { claimShare, counterName, type ShareClaim } from '../../throttle/store.ts'
import { sourceOf } from '../../web/request.ts'
import { mailWindow, type Offer, offerOf } from './rules.ts'
import { endOlderResets, type Found, findAccounts, recoveryFacts } from './store.ts'

/** Kind of the errand that a request leaves behind. */
export const requestKind = 'recovery-request'

interface Request {
  readonly entry: string
  readonly address: string
  readonly userAgent: string
  readonly requestId: string
  readonly language: string
  /** Marks of the people who have signed in in this browser. */
  readonly marks: readonly string[]
}

/**
 * Notes that someone asked, no matter who is meant: nothing is looked up before the reply, so reply and time are the same for
 * every entry by construction (ASVS V6.3.8). One address leaves only its share, for each request is a row on the disk; a
 * browser in which somebody has signed in has a share of its own. Which one is refused depends on these alone.
 */
export async function leaveRequest(
  services: Services,
  visit: Visit,
  key: string,
  marks: readonly string[],
): Promise<ShareClaim> {
  const request: Request = {
    entry: [...key].length > longestEntry ? '' : key,
    address: visit.address,
    userAgent: visit.userAgent,
    requestId: visit.requestId,
    language: visit.language,
    marks,
  }
  const { audit, keyring, store } = services
  const [newest] = marks
  const asker = newest === undefined ? sourceOf(visit.address) : `browser ${newest}`
  const source = counterName(keyring, 'recovery-source', asker)
  return store.write(async tx => {
    const claim = await claimShare(tx.db, source, recoverySourceShare, visit.now)
    if (claim.ok)
      await queueErrand(tx, keyring, { kind: requestKind, payload: JSON.stringify(request) }, visit.now)
    else if (claim.first)
      await audit.record(tx, {
        event: refusals['reset.source-waiting'].event,
        ...visit.trace(),
        args: { what: 'recovery-requests', until: claim.until },
      })
    return claim
  })
}

/** Does after the reply what a request asked for: the link, its mail and the audit record in one transaction. */
export function recoveryErrand(services: Services): (tx: Tx, payload: string) => Promise<void> {
  return async (tx, payload) => {
    const request = JSON.parse(payload) as Request
    const row = await tx.db.selectFrom('policy').select('overrides').executeTakeFirst()
    const policy = parsePolicy(row?.overrides ?? '{}')
    const found = await findAccounts(tx, request.entry)
    if (found.length === 0) await services.audit.record(tx, asked(request, undefined, 'unknown'))
    for (const account of found) await answer(services, tx, account, policy, request)
  }
}

const asked = (request: Request, subject: string | undefined, outcome: string): AuditEvent => ({
  event: outcome === 'limited' ? 'excess_rate_limit_exceeded' : 'authn_recovery_request',
  actor: 'anonymous',
  ...(subject !== undefined && { subject }),
  address: request.address,
  requestId: request.requestId,
  args: { outcome, browser: request.userAgent },
})

async function answer(
  services: Services,
  tx: Tx,
  account: Found,
  policy: Policy,
  request: Request,
): Promise<void> {
  const { audit, keyring } = services
  const now = services.now()
  const isKnown = request.marks.includes(deviceMark(keyring, knownAs(account.id, account.browser_generation)))
  const counter = counterName(keyring, 'recovery-mail', isKnown ? `known ${account.id}` : account.id)
  const outcome =
    account.email === ''
      ? 'no-address'
      : (await claimShare(tx.db, counter, { most: policy.recoveryMailsPerHour, window: mailWindow }, now)).ok
        ? offerOf(recoveryFacts(account), policy, now)
        : 'limited'
  await audit.record(tx, asked(request, account.id, outcome))
  if (outcome === 'no-address' || outcome === 'limited') return
  const token = outcome === 'link' ? await newestLink(tx, account, policy, now) : undefined
  const language = mailLanguage(account.language, request.language)
  const { subject } = wordsFor(language).reset
  const body = letter(
    { language, policy, subject, firstName: account.first_name },
    blocksOf(outcome, account, policy, language, `${services.settings.LINTEL_ORIGIN}/reset/${token}`),
  )
  await queueMail(
    tx,
    keyring,
    {
      kind: 'reset',
      accountId: account.id,
      recipient: account.email,
      subject,
      ...body,
      ...(token !== undefined && { usefulUntil: now + lifetimeOf(policy) }),
    },
    now,
  )
}

/** The link before stays: anyone who asks again must not kill one that its owner is using. */
async function newestLink(tx: Tx, account: Found, policy: Policy, now: number): Promise<string> {
  await endOlderResets(tx, account.id, now)
  const { id: accountId, epoch } = account
  return makeLink(tx, { kind: 'reset', accountId, epoch, now, lifetime: lifetimeOf(policy) })
}

const lifetimeOf = (policy: Policy): number => policy.resetLinkMinutes * 60_000

function blocksOf(
  offer: Offer,
  account: Found,
  policy: Policy,
  language: string,
  href: string,
): readonly Block[] {
  const words = wordsFor(language)
  const { reset } = words
  const who = [paragraph(reset.asked), facts([words.username, oneLine(account.username)])]
  const helpdesk = helpdeskOf(policy, language)
  if (offer === 'no-question') return [...who, paragraph(reset.noQuestion(helpdesk)), paragraph(reset.ignore)]
  if (offer === 'barred') return [...who, paragraph(reset.barred(helpdesk)), paragraph(reset.ignore)]
  if (offer === 'guarded') return [...who, paragraph(reset.guarded(helpdesk))]
  const how = policy.securityQuestion ? reset.withLink : reset.withLinkOnly
  return [...who, paragraph(how(policy.resetLinkMinutes)), link(reset.link, href), paragraph(reset.ignore)]
}
