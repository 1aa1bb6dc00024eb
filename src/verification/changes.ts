import { forgetBrowsers } from '../account/store.ts'
import { done, type Refusal } from '../refusals.ts'
import type { ProofKind } from '../session/proofs.ts'
import type { Visit } from '../session/visit.ts'
import type { Holder, Session } from '../session/visitor.ts'
import type { Tx } from '../store/store.ts'
import { confirmFirst } from './app/pairing.ts'
import { issueCodes } from './backup-codes/issue.ts'
import {
  type Changed,
  type ChangeOutcome,
  type ChangeParts,
  endOthers,
  happened,
  holdOwn,
  keepSession,
  keepSignIn,
  type OutcomeBy,
  Overtaken,
  unlessOvertaken,
} from './common/change.ts'
import { codeForm } from './common/fields.ts'
import { keep } from './common/kept.ts'
import { isUsable } from './common/own-way.ts'
import { type Proof, proveTyped } from './common/prove.ts'
import type { VerificationCode } from './common/way.ts'
import { holderOf } from './passkeys/ask.ts'
import { type PasskeyCode, proveByKey } from './passkeys/prove.ts'
import { type Site, siteOf } from './passkeys/site.ts'
import { acceptedOf, keepers, listOwnWays, removeSecondStep, secondStepCounters, ways } from './ways.ts'

/** Switches 2-step verification on with a first app. */
export const turnOn = (
  parts: ChangeParts,
  visit: Visit<Holder>,
  savedAction: string,
): Promise<ChangeOutcome> =>
  confirmFirst(parts, visit, tx => issueCodes(parts.services, tx, visit, { first: true, savedAction }))

/** A change that needs the second step once more, in the same transaction as its proof. */
function onceProven(
  { services }: ChangeParts,
  visit: Visit<Session>,
  change: (tx: Tx, proof: Proof) => Promise<Changed>,
): Promise<ChangeOutcome> {
  const lock = (tx: Tx) => holdOwn(tx, visit)
  const given = { text: codeForm.read(visit.form).code, accepts: acceptedOf(visit.visitor), ways, lock }
  return unlessOvertaken(() => proveTyped(services, visit.visitor.person.id, given, visit, change))
}

/** A change that rests on the gate: the person's other sign-ins end. `refusal` is asked while the account is held. */
function behindGate(
  { services }: ChangeParts,
  visit: Visit<Session>,
  change: (tx: Tx) => Promise<readonly string[]>,
  refusal: (tx: Tx) => Promise<Refusal<VerificationCode> | undefined> = async () => undefined,
): Promise<ChangeOutcome> {
  return unlessOvertaken(() =>
    services.store.write(async tx => {
      await holdOwn(tx, visit)
      const refused = await refusal(tx)
      if (refused !== undefined) return { ok: false, refusals: [refused] }
      const epoch = await endOthers(services, tx, visit)
      const codes = await change(tx)
      return done({ cookie: await keepSession(tx, visit, epoch), codes })
    }),
  )
}

/** Takes every way away, once one of them has proven who asks for it. */
const removeAll =
  (parts: ChangeParts, visit: Visit<Session>) =>
  async (tx: Tx, { by }: { readonly by: ProofKind }): Promise<Changed> => {
    const { id } = visit.visitor.person
    await removeSecondStep(tx, id)
    await forgetBrowsers(tx, id)
    const epoch = await endOthers(parts.services, tx, visit)
    await keep(parts.services, tx, visit.visitor, undefined)
    await parts.services.audit.record(tx, happened(visit, 'authn_mfa_remove'))
    await parts.notify(tx, 'two-step-off', id, visit)
    return { cookie: await keepSignIn(tx, visit, epoch, by), codes: [] }
  }

export const turnOff = (parts: ChangeParts, visit: Visit<Session>): Promise<ChangeOutcome> =>
  onceProven(parts, visit, removeAll(parts, visit))

/** Turn Off by a passkey or security key in the place of a code. */
export function turnOffByKey(
  parts: ChangeParts,
  site: Site,
  visit: Visit<Session>,
): Promise<OutcomeBy<PasskeyCode>> {
  const { services } = parts
  const { id } = visit.visitor.person
  const asked = {
    purpose: 'turn-off',
    holder: holderOf(visit.visitor),
    accountId: id,
    counters: secondStepCounters(services.keyring, id),
    failed: 'authn_mfa_fail',
    lock: (tx: Tx) => holdOwn(tx, visit),
  } as const
  return unlessOvertaken(() => proveByKey(services, site, visit, asked, removeAll(parts, visit)))
}

/** New backup codes; the old ones stop working. */
export const renewCodes = (
  parts: ChangeParts,
  visit: Visit<Session>,
  savedAction: string,
): Promise<ChangeOutcome> =>
  behindGate(parts, visit, async tx => {
    const codes = await issueCodes(parts.services, tx, visit, { first: false, savedAction })
    await parts.notify(tx, 'backup-codes-renewed', visit.visitor.person.id, visit)
    return codes
  })

/** Takes one way away; never the last that can prove anything, because that is Turn Off. */
export function removeWay(parts: ChangeParts, visit: Visit<Session>, wayId: string): Promise<ChangeOutcome> {
  const { id } = visit.visitor.person
  const here = siteOf(parts.services.settings.LINTEL_ORIGIN)?.rpId
  const isLast = async (tx: Tx) => {
    const others = (await listOwnWays(tx.db, id)).filter(way => way.id !== wayId)
    return others.some(way => isUsable(way, here)) ? undefined : ({ code: 'verification.last-way' } as const)
  }
  const remove = async (tx: Tx) => {
    const way = (await listOwnWays(tx.db, id)).find(way => way.id === wayId)
    if (way === undefined || !(await keepers[way.kind].removeOne(tx, id, wayId))) throw new Overtaken()
    await forgetBrowsers(tx, id)
    await parts.services.audit.record(tx, happened(visit, 'authn_mfa_remove', { by: way.kind }))
    await parts.notify(tx, 'way-removed', id, visit)
    return []
  }
  return behindGate(parts, visit, remove, isLast)
}
