import { type Refusal, statusOf } from '../refusals.ts'
import type { ProofKind } from '../session/proofs.ts'
import type { Services } from '../session/services.ts'
import { redirect, sayWhenAgain, send, type Visit } from '../session/visit.ts'
import { type Holder, policyOf, type Session } from '../session/visitor.ts'
import { anotherWay, askedAt } from './common/another-way.ts'
import type { VerificationParts } from './common/answers.ts'
import { computerOffer, keepsComputer } from './common/own-computer.ts'
import { proveStep } from './common/pending.ts'
import { othersThan, readOwnWays } from './own-ways.ts'
import { askOwnKeys, holderOf, type OwnPurpose } from './passkeys/ask.ts'
import { askPage } from './passkeys/pages.ts'
import { type PasskeyCode, proveByKey } from './passkeys/prove.ts'
import { siteOf } from './passkeys/site.ts'
import { secondStepCounters } from './ways.ts'

/** The second step by a passkey or security key. */
export async function askKey(
  { services }: VerificationParts,
  visit: Visit<Holder>,
  refusals: readonly Refusal<PasskeyCode>[] = [],
): Promise<Response> {
  const { visitor } = visit
  const own = await readOwnWays(
    services.store.read,
    visitor.person.id,
    siteOf(services.settings.LINTEL_ORIGIN),
  )
  sayWhenAgain(visit, refusals[0]?.until)
  const frame = await visit.frame()
  const body = askPage(frame, {
    refusals,
    timeZone: policyOf(visitor).timeZone,
    action: askedAt.passkey,
    worksHere: own.keysHere.length > 0,
    others: anotherWay(frame, othersThan('passkey', own)),
    offer: computerOffer(frame, visit),
  })
  return send(visit, body, refusals.length > 0 ? statusOf(refusals) : 200)
}

/** What the browser is asked for, made anew for each press of the button. */
export async function keyOptions(
  { services, door }: VerificationParts,
  visit: Visit<Holder>,
  purpose: OwnPurpose,
): Promise<Response> {
  const site = siteOf(services.settings.LINTEL_ORIGIN)
  if (site === undefined) return door.fail(visit.c, 404)
  return visit.c.json(await askOwnKeys(services, site, visit, purpose))
}

export async function answerKey(parts: VerificationParts, visit: Visit<Holder>): Promise<Response> {
  const { visitor, now } = visit
  const site = siteOf(parts.services.settings.LINTEL_ORIGIN)
  if (visitor.kind !== 'pending') return parts.door.advance(visit)
  if (site === undefined) return askKey(parts, visit)
  const { id, epoch } = visitor.person
  const outcome = await proveByKey(
    parts.services,
    site,
    visit,
    {
      purpose: 'verify',
      holder: holderOf(visitor),
      accountId: id,
      counters: secondStepCounters(parts.services.keyring, id),
      failed: 'authn_mfa_fail',
    },
    (tx, { by, failures }) =>
      proveStep(tx, visitor, now, { by, failures, epoch, keepsComputer: keepsComputer(visit) }),
  )
  if (!outcome.ok) return askKey(parts, visit, outcome.refusals)
  if (outcome.value === undefined) return redirect(visit, '/sign-in')
  parts.cookies.setHolder(visit.c, outcome.value)
  return redirect(visit, '/')
}

/** What the gate asks beside the password, by a passkey or security key. */
export async function checkKey(
  services: Services,
  visit: Visit<Session>,
): Promise<
  | { readonly kind: 'right'; readonly by: ProofKind }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'waiting'; readonly until: number }
> {
  const { visitor } = visit
  const site = siteOf(services.settings.LINTEL_ORIGIN)
  if (site === undefined) return { kind: 'wrong' }
  const { id } = visitor.person
  const asked = {
    purpose: 'gate',
    holder: holderOf(visitor),
    accountId: id,
    counters: secondStepCounters(services.keyring, id),
    failed: 'authn_reauth_fail',
  } as const
  const outcome = await proveByKey(services, site, visit, asked, async (_, { by }) => by)
  if (outcome.ok) return { kind: 'right', by: outcome.value }
  const until = outcome.refusals[0]?.until
  return until === undefined ? { kind: 'wrong' } : { kind: 'waiting', until }
}
