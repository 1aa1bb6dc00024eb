import { done, type Outcome, type Refusal, type RefusalOf, refusals, refuse } from '../refusals.ts'
import { claimTry, clearCounters, counterName, giveBackTry } from '../throttle/store.ts'
import type { ProofKind } from './proofs.ts'
import type { Services } from './services.ts'
import { keepOwn } from './sign-ins.ts'
import type { Visit } from './visit.ts'
import type { Session } from './visitor.ts'

/** The verdict of a second factor on an entry; a right one is used up by being asked about. */
type SecondFactorAnswer =
  | { readonly kind: 'right'; readonly by: ProofKind }
  | { readonly kind: 'wrong' | 'used' }
  | { readonly kind: 'waiting'; readonly until: number }

export interface ReauthenticationParts {
  readonly services: Services
  /** Tells whether this is the account's password; undefined: too many hashes are waiting. */
  readonly verifyPassword: (accountId: string, password: string) => Promise<boolean | undefined>
  /** Takes a verification code, a backup code or the answer of a passkey or security key, once. */
  readonly checkSecondFactor: (visit: Visit<Session>, code: string) => Promise<SecondFactorAnswer>
}

/** The fields of the gate, as typed. */
export interface GateEntry {
  readonly password: string
  readonly code: string
  /** What a passkey or security key answered. */
  readonly key: string
}

type Code = RefusalOf<'reauthentication'> | 'request.busy'

/** A right gate: the session's new cookie value; undefined when another request has rotated the id meanwhile. */
type ReauthenticationOutcome = Outcome<{ readonly cookie: string | undefined }, Code>

const longestEntry = 256

/**
 * Checks what was typed at the gate. Each try is counted before the hash is run (ASVS V6.3.1); a right one makes the session
 * fresh and gives it a new id (ASVS V7.2.4), and no other session of the person.
 */
export async function reauthenticate(
  parts: ReauthenticationParts,
  visit: Visit<Session>,
  entry: GateEntry,
): Promise<ReauthenticationOutcome> {
  const { store, keyring } = parts.services
  const { visitor, now } = visit
  const paired = visitor.facts.hasSecondStep
  const missing = missingFields(entry, paired)
  if (missing.length > 0) return refuse(...missing)
  const counter = counterName(keyring, 'reauthentication', visitor.person.id)
  const claim = await store.writeOne(db => claimTry(db, counter, now))
  if (!claim.ok) return refuse({ code: 'reauthentication.waiting', until: claim.until })
  const right =
    [...entry.password].length <= longestEntry &&
    (await parts.verifyPassword(visitor.person.id, entry.password))
  if (right === undefined) {
    await store.writeOne(db => giveBackTry(db, counter))
    return refuse({ code: 'request.busy' })
  }
  if (!right) return fail(parts, visit, claim.failures, { code: 'reauthentication.wrong' })
  if (!paired) return done({ cookie: await open(parts.services, visit, counter, ['password']) })
  const factor = await parts.checkSecondFactor(visit, entry.code)
  switch (factor.kind) {
    case 'right':
      return done({ cookie: await open(parts.services, visit, counter, ['password', factor.by]) })
    case 'waiting':
      return refuse({ code: 'reauthentication.waiting', until: factor.until })
    case 'used':
      return fail(parts, visit, claim.failures, { code: 'reauthentication.code-used', field: 'code' })
    case 'wrong':
      return fail(parts, visit, claim.failures, { code: 'reauthentication.wrong' })
  }
}

function missingFields(entry: GateEntry, paired: boolean): Refusal<RefusalOf<'reauthentication'>>[] {
  const list: Refusal<RefusalOf<'reauthentication'>>[] = []
  if (entry.password === '') list.push({ code: 'reauthentication.empty-password', field: 'password' })
  if (paired && entry.key === '' && entry.code.trim() === '')
    list.push({ code: 'reauthentication.empty-code', field: 'code' })
  return list
}

async function fail(
  { services }: ReauthenticationParts,
  visit: Visit<Session>,
  failures: number,
  refusal: Refusal<RefusalOf<'reauthentication'>>,
): Promise<ReauthenticationOutcome> {
  await services.store.write(tx =>
    services.audit.record(tx, {
      event: refusals['reauthentication.wrong'].event,
      ...visit.trace(),
      subject: visit.visitor.person.id,
      args: { failures, browser: visit.userAgent },
    }),
  )
  return refuse(refusal)
}

/** The epoch stays what the request saw: a session whose credentials changed meanwhile stays dead. */
function open(
  services: Services,
  visit: Visit<Session>,
  counter: string,
  proven: readonly ProofKind[],
): Promise<string | undefined> {
  const { visitor, now } = visit
  const { id, epoch } = visitor.person
  return services.store.write(async tx => {
    const [, , kept] = await Promise.all([
      clearCounters(tx, [counter]),
      services.audit.record(tx, { event: 'authn_reauth_success', ...visit.trace(), subject: id }),
      keepOwn(tx, visitor, epoch, now, { reauthenticatedAt: now, proven }),
    ])
    return kept
  })
}
