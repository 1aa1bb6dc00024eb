import { foldName } from '../account/names.ts'
import type { AuditEvent } from '../audit/audit.ts'
import type { Notify } from '../mail/notices.ts'
import type { Hasher } from '../password/hashing.ts'
import { readTemporaryPassword } from '../password/temporary.ts'
import { parsePolicy } from '../policy/policy.ts'
import { type Refusal, refusals, refuse } from '../refusals.ts'
import type { AccountRow } from '../session/facts.ts'
import { computerDays, useComputer } from '../session/own-computer.ts'
import type { Services } from '../session/services.ts'
import type { Visit } from '../session/visit.ts'
import type { Tx } from '../store/store.ts'
import { freeFailures, freeSourceFailures, strangerLimit } from '../throttle/rules.ts'
import {
  claimTry,
  clearCounters,
  counterName,
  countSourceFailure,
  giveBackTry,
  readSource,
} from '../throttle/store.ts'
import type { Checked, UnderWay } from '../throttle/under-way.ts'
import { sourceOf } from '../web/request.ts'
import { letIn, type NextComputer, personOf, type SignInOutcome } from './let-in.ts'
import { type BarCode, barToSignIn, checkEntry, type Entry } from './rules.ts'
import type { Claimant, ClaimantReader } from './store.ts'

export interface SignInParts {
  readonly services: Services
  readonly hasher: Hasher
  readonly notify: Notify
  readonly findClaimant: ClaimantReader
  readonly underWay: UnderWay
  /** Tells whether the person has signed in in this browser before. */
  readonly knows: (visit: Visit, person: string) => boolean
  /** The token of a computer that somebody called their own. */
  readonly ownComputer: (visit: Visit) => string | undefined
}

interface Counters {
  readonly tried: string
  /** What a right password forgets. */
  readonly cleared: readonly string[]
  /** The address; a browser that is known fails at its own counter alone. */
  readonly source: string
  readonly browserKnown: boolean
}

/**
 * Checks a username and password. The counter goes up before the slow hash and down after a right one, so that no number
 * of tries at once gets past the limit; names that do not exist take the same way (ASVS V6.3.1, V6.3.8).
 */
export async function signIn(parts: SignInParts, entry: Entry, visit: Visit): Promise<SignInOutcome> {
  const faults = checkEntry(entry)
  if (faults.length > 0) return refuse(...faults)
  const key = foldName(entry.username)
  const { keyring, store } = parts.services
  const source = counterName(keyring, 'source', sourceOf(visit.address))
  const claimant = await parts.findClaimant(key, source, visit.now)
  const { account } = claimant
  const known = parts.knows(visit, account === undefined ? '' : personOf(account))
  const counters = countersOf(parts, account?.username_key ?? key, known, source)
  if (known) return (await check(parts, entry, claimant, counters, visit)).value
  const waiting = (until: number) => refuse({ code: 'sign-in.waiting' as const, until })
  const { blockedUntil, failures } = claimant.source
  if (blockedUntil > visit.now) return waiting(blockedUntil)
  const checked = parts.underWay.during(source, failures, async waited => {
    const until = waited ? (await readSource(store.read, source, visit.now)).blockedUntil : 0
    return until > visit.now ? { value: waiting(until) } : check(parts, entry, claimant, counters, visit)
  })
  return (await checked) ?? refuse({ code: 'request.busy' })
}

/** Checks the password, once it is this caller's turn. */
async function check(
  parts: SignInParts,
  entry: Entry,
  claimant: Claimant,
  counters: Counters,
  visit: Visit,
): Promise<Checked<SignInOutcome>> {
  const { store } = parts.services
  const claim = await store.writeOne(db => claimTry(db, counters.tried, visit.now, strangerLimit))
  if (!claim.ok) return { value: refuse({ code: 'sign-in.waiting', until: claim.until }) }

  const isTemporary = claimant.account?.is_temporary === 1
  const password = isTemporary ? readTemporaryPassword(entry.password) : entry.password
  const verified = await parts.hasher.verify(password, claimant.stored)
  if (verified.busy) {
    await store.writeOne(db => giveBackTry(db, counters.tried))
    return { value: refuse({ code: 'request.busy' }) }
  }
  if (!verified.value || claimant.account === undefined)
    return refuseWrong(parts, claimant, counters, claim.failures, visit)
  const { account } = claimant
  const bar = barToSignIn(account, visit.now)
  if (bar !== undefined) return { value: await refuseBarred(parts, account, bar, counters, visit) }
  await rehash(parts, password, claimant)
  const value = await store.write(async tx => {
    const computer = await ownComputerOf(parts, tx, account, visit)
    return letIn(parts, tx, visit, {
      account,
      policy: claimant.policy,
      proofs: { password: visit.now, ...(computer !== undefined && { 'own-computer': visit.now }) },
      failuresBefore: failuresOf(clearCounters(tx, counters.cleared)),
      browserKnown: counters.browserKnown,
      returnTo: entry.returnTo,
      computer,
    })
  })
  return { value }
}

/** The counters of a name, by whether this browser knows it. */
export function countersOf(
  parts: Pick<SignInParts, 'services'>,
  key: string,
  known: boolean,
  source: string,
): Counters {
  const stranger = counterName(parts.services.keyring, 'password-stranger', key)
  const own = counterName(parts.services.keyring, 'password-known', key)
  return known
    ? { tried: own, cleared: [own, stranger], source, browserKnown: known }
    : { tried: stranger, cleared: [stranger], source, browserKnown: known }
}

const trace = (visit: Visit): Pick<AuditEvent, 'actor' | 'address' | 'requestId'> => ({
  actor: 'anonymous',
  address: visit.address,
  requestId: visit.requestId,
})

/** Records the failure: the account when there is one, never what was typed, since people type passwords into the wrong field. */
async function refuseWrong(
  { services }: SignInParts,
  { account }: Claimant,
  counters: Counters,
  failures: number,
  visit: Visit,
): Promise<Checked<SignInOutcome>> {
  const subject = account === undefined ? {} : { subject: account.account_id }
  const failed: AuditEvent = {
    event: refusals['sign-in.wrong'].event,
    ...trace(visit),
    ...subject,
    args: { failures, browser: visit.userAgent },
  }
  const waits: AuditEvent[] =
    failures > freeFailures
      ? [{ event: refusals['sign-in.waiting'].event, ...trace(visit), ...subject, args: { failures } }]
      : []
  const fromSource = await services.store.write(async tx => {
    const counted = counters.browserKnown ? 0 : await countSourceFailure(tx, counters.source, visit.now)
    const sourceWaits: AuditEvent[] =
      counted === freeSourceFailures + 1
        ? [
            {
              event: 'excess_rate_limit_exceeded',
              ...trace(visit),
              args: { what: 'source', fromSource: counted },
            },
          ]
        : []
    await services.audit.record(tx, failed, ...waits, ...sourceWaits)
    return counted
  })
  return { value: refuse({ code: 'sign-in.wrong' }), failures: fromSource }
}

/** Why nobody signs in now, said to who has proven that the account is theirs. */
export async function refuseBarred(
  { services }: Pick<SignInParts, 'services'>,
  account: AccountRow,
  bar: Refusal<BarCode>,
  counters: Pick<Counters, 'cleared'>,
  visit: Visit,
): Promise<SignInOutcome> {
  await services.store.write(async tx => {
    await clearCounters(tx, counters.cleared)
    await services.audit.record(tx, {
      event: refusals[bar.code].event,
      ...trace(visit),
      subject: account.account_id,
      args: { reason: bar.code },
    })
  })
  return refuse(bar)
}

/** Parameters have risen, or the pepper is new: now is the moment at which the password is known. */
async function rehash(
  { hasher, services }: SignInParts,
  password: string,
  { account, stored }: Claimant,
): Promise<void> {
  if (account === undefined || stored === undefined || !hasher.needsRehash(stored)) return
  const fresh = await hasher.hash(password)
  if (fresh.busy) return
  await services.store.writeOne(db =>
    db
      .updateTable('credential')
      .set({ encoded: fresh.value.encoded, pepper_id: fresh.value.pepperId })
      .where('account_id', '=', account.account_id)
      .where('encoded', '=', stored.encoded)
      .execute(),
  )
}

/** How many tries went wrong before the right one, which was counted too. */
async function failuresOf(cleared: ReturnType<typeof clearCounters>): Promise<number> {
  return Math.max(0, [...(await cleared).values()].reduce((sum, failures) => sum + failures, 0) - 1)
}

/** Takes the token of the person's own computer in the place of the second step, where it is asked for and policy allows it. */
async function ownComputerOf(
  { services, ownComputer }: SignInParts,
  tx: Tx,
  account: AccountRow,
  visit: Visit,
): Promise<NextComputer | undefined> {
  const days = computerDays(account, parsePolicy(account.policy))
  const token = days === 0 || account.second_step_since === null ? undefined : ownComputer(visit)
  if (token === undefined) return undefined
  const owner = { accountId: account.account_id, epoch: account.account_epoch }
  const next = await useComputer(tx, token, owner, visit.now, days)
  if (next === undefined) return undefined
  await services.audit.record(tx, {
    event: 'authn_token_created',
    ...trace(visit),
    subject: account.account_id,
    args: { what: 'own-computer', replaced: true },
  })
  return { token: next, days }
}
