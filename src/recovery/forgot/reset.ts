import { watchTakeover } from '../../account/incidents.ts'
import { proveEmail, raiseEpoch } from '../../account/store.ts'
import type { Notify } from '../../mail/notices.ts'
import { choosePassword } from '../../password/choose.ts'
import { newPassword } from '../../password/fields.ts'
import type { Hasher, StoredHash } from '../../password/hashing.ts'
import { setOwnPassword } from '../../password/store.ts'
import type { Policy } from '../../policy/table.ts'
import { done, type Outcome, type RefusalOf, refusals, refuse } from '../../refusals.ts'
import { endSignIns } from '../../session/ending.ts'
import type { Services } from '../../session/services.ts'
import type { Visit } from '../../session/visit.ts'
import type { Keyring } from '../../store/keyring.ts'
import type { Tx } from '../../store/store.ts'
import { claimTry, clearCounters, counterName, giveBackTry } from '../../throttle/store.ts'
import { foldAnswer } from '../answer.ts'
import { claimLink, type LinkRow } from '../mailed-link.ts'
import { answerForm } from './fields.ts'
import { mostAnswers, offerOf } from './rules.ts'
import { claimAnswer, giveBackAnswer, putProof, recoveryFacts } from './store.ts'

export interface ResetParts {
  readonly services: Services
  readonly hasher: Hasher
  readonly notify: Notify
}

/** Tells whether a link may still be used: not used, not late, not answered wrongly too often, and the account did not move on. */
export function isLive(link: LinkRow, policy: Policy, now: number): boolean {
  return (
    link.used_at === null &&
    link.expires_at > now &&
    link.wrong_answers < mostAnswers &&
    link.epoch === link.account_epoch &&
    offerOf(recoveryFacts(link), policy, now) === 'link'
  )
}

const proofText = (link: LinkRow) => `reset proof ${link.token_hash}`

/** What the browser that gave the right answer holds beside the token: the mailbox alone cannot go on from there. */
export const makeProof = (keyring: Keyring, link: LinkRow): string => keyring.sign('cookie', proofText(link))

export const holdsProof = (keyring: Keyring, link: LinkRow, proof: string): boolean =>
  keyring.verify('cookie', proofText(link), proof)

/** `dead`: the link works no more, whatever the answer was. */
type AnswerOutcome = Outcome<'right' | 'dead', RefusalOf<'reset'> | 'request.busy'>

/** Checks an answer. It is counted as wrong first, for the link and for the account, so that many at once gain nothing. */
export async function checkAnswer(
  { services, hasher }: Omit<ResetParts, 'notify'>,
  visit: Visit,
  link: LinkRow,
): Promise<AnswerOutcome> {
  const { store, keyring, audit } = services
  const answer = foldAnswer(answerForm.read(visit.form).answer)
  if (answer === '') return refuse({ code: 'reset.answer-empty' })
  const counter = counterName(keyring, 'answer', link.account_id)
  const claim = await store.write(async tx => {
    const tried = await claimTry(tx.db, counter, visit.now)
    return tried.ok ? { ok: true as const, wrong: await claimAnswer(tx, link, visit.now) } : tried
  })
  if (!claim.ok) return refuse({ code: 'reset.waiting', until: claim.until })
  if (claim.wrong === undefined) return done('dead')
  const verified = await hasher.verify(answer, storedAnswer(link))
  if (verified.busy) {
    await store.write(async tx => {
      await giveBackTry(tx.db, counter)
      await giveBackAnswer(tx, link)
    })
    return refuse({ code: 'request.busy' })
  }
  const trace = { ...visit.trace(), subject: link.account_id }
  if (verified.value) {
    await store.write(async tx => {
      await putProof(tx, link, visit.now)
      await clearCounters(tx, [counter])
      await audit.record(tx, { event: 'authn_recovery_open', ...trace })
    })
    return done('right')
  }
  const left = mostAnswers - claim.wrong
  await store.write(tx =>
    audit.record(tx, { event: refusals['reset.answer-wrong'].event, ...trace, args: { left } }),
  )
  return left > 0 ? refuse({ code: 'reset.answer-wrong', detail: String(left) }) : done('dead')
}

const storedAnswer = (link: LinkRow): StoredHash | undefined =>
  link.answer_encoded !== null && link.answer_pepper_id !== null
    ? { encoded: link.answer_encoded, pepperId: link.answer_pepper_id }
    : undefined

type ResetOutcome = Outcome<'changed' | 'dead', RefusalOf<'password'> | 'request.busy'>

/** Puts the new password in force, once, and ends all that is older. The second step stays as it is. */
export async function setForgotten(
  parts: ResetParts,
  visit: Visit,
  link: LinkRow,
  policy: Policy,
): Promise<ResetOutcome> {
  const person = {
    id: link.account_id,
    username: link.username,
    firstName: link.first_name,
    lastName: link.last_name,
    email: link.email,
  }
  const entry = newPassword.read(visit.form)
  const chosen = await choosePassword(
    { store: parts.services.store, hasher: parts.hasher },
    person,
    entry,
    policy,
  )
  if (!chosen.ok) return refuse(...chosen.refusals)
  const changed = await parts.services.store.write(tx =>
    replace(parts, tx, visit, link, chosen.value, policy),
  )
  return done(changed ? 'changed' : 'dead')
}

async function replace(
  { services, notify }: ResetParts,
  tx: Tx,
  visit: Visit,
  link: LinkRow,
  hash: StoredHash,
  policy: Policy,
): Promise<boolean> {
  const { keyring, audit } = services
  if (!(await claimLink(tx, link.token_hash, visit.now))) return false
  await proveEmail(tx, link.account_id, link.epoch, visit.now)
  if ((await raiseEpoch(tx, link.account_id, link.epoch)) === undefined) return false
  await endSignIns(services, tx, { accountId: link.account_id }, 'credential', visit.now)
  await setOwnPassword(tx, link.account_id, hash, policy, visit.now)
  await clearCounters(tx, [
    counterName(keyring, 'password-stranger', link.username_key),
    counterName(keyring, 'password-known', link.username_key),
    counterName(keyring, 'answer', link.account_id),
  ])
  const trace = { ...visit.trace(), subject: link.account_id }
  await audit.record(
    tx,
    { event: 'authn_recovery_complete', ...trace },
    { event: 'authn_password_change', ...trace, args: { forgotten: true } },
  )
  await watchTakeover(tx, link.account_id, 'password', visit.now)
  await notify(tx, 'password-changed', link.account_id, visit)
  return true
}
