import type { Visit } from '../session/visit.ts'
import type { Holder, Session } from '../session/visitor.ts'
import type { Tx } from '../store/store.ts'
import { confirmFirst, startReplacement } from './app/pairing.ts'
import { readApps } from './app/store.ts'
import { issueCodes } from './backup-codes/issue.ts'
import {
  type Changed,
  type ChangeOutcome,
  type ChangeParts,
  endOthers,
  happened,
  holdOwn,
  keepSignIn,
  Overtaken,
  unlessOvertaken,
} from './common/change.ts'
import { codeForm } from './common/fields.ts'
import { keep } from './common/kept.ts'
import { type Proof, proveTyped } from './common/prove.ts'
import { acceptedOf, removeSecondStep, ways } from './ways.ts'

/** Switches 2-step verification on with a first app. */
export const turnOn = (parts: ChangeParts, visit: Visit<Holder>): Promise<ChangeOutcome> =>
  confirmFirst(parts, visit, tx => issueCodes(parts.services, tx, visit))

/** Changes that need the second step once more, in the same transaction as its proof. */
function onceProven(
  { services }: ChangeParts,
  visit: Visit<Session>,
  change: (tx: Tx, proof: Proof) => Promise<Changed>,
): Promise<ChangeOutcome> {
  const lock = (tx: Tx) => holdOwn(tx, visit)
  const given = { text: codeForm.read(visit.form).code, accepts: acceptedOf(visit.visitor), ways, lock }
  return unlessOvertaken(() => proveTyped(services, visit.visitor.person.id, given, visit, change))
}

export const turnOff = (parts: ChangeParts, visit: Visit<Session>): Promise<ChangeOutcome> =>
  onceProven(parts, visit, async (tx, { by }) => {
    const { id } = visit.visitor.person
    await removeSecondStep(tx, id)
    const epoch = await endOthers(parts.services, tx, visit)
    await keep(parts.services, tx, visit.visitor, undefined)
    await parts.services.audit.record(tx, happened(visit, 'authn_mfa_remove'))
    await parts.notify(tx, 'two-step-off', id, visit)
    return { cookie: await keepSignIn(tx, visit, epoch, by), codes: [] }
  })

/** New backup codes; the old ones stop working, and other sign-ins end. */
export const renewCodes = (parts: ChangeParts, visit: Visit<Session>): Promise<ChangeOutcome> =>
  onceProven(parts, visit, async (tx, { by }) => {
    const codes = await issueCodes(parts.services, tx, visit)
    const epoch = await endOthers(parts.services, tx, visit)
    await parts.notify(tx, 'backup-codes-renewed', visit.visitor.person.id, visit)
    return { cookie: await keepSignIn(tx, visit, epoch, by), codes }
  })

/** Starts to pair another app in the place of the one in force. */
export const askReplacement = (parts: ChangeParts, visit: Visit<Session>): Promise<ChangeOutcome> =>
  onceProven(parts, visit, async tx => {
    const [app] = await readApps(tx.db, visit.visitor.person.id)
    if (app === undefined) throw new Overtaken()
    await startReplacement(parts, tx, visit, app.id)
    return { cookie: undefined, codes: [] }
  })
