import { done, type Outcome, refuse } from '../../refusals.ts'
import type { Visit } from '../../session/visit.ts'
import type { Holder } from '../../session/visitor.ts'
import type { Tx } from '../../store/store.ts'
import {
  type ChangeOutcome,
  type ChangeParts,
  endOthers,
  happened,
  keepSignIn,
  Overtaken,
  unlessOvertaken,
} from '../common/change.ts'
import { codeForm } from '../common/fields.ts'
import { keep, readKept } from '../common/kept.ts'
import type { VerificationCode } from '../common/way.ts'
import { parseCode } from './code.ts'
import { addApp, type NewApp, replaceApp } from './store.ts'
import { matchCode, newSecret } from './totp.ts'

/** The code of an app that is not on yet: no guess is worth anything here, the page has just shown the secret. */
function provenApp(visit: Visit<Holder>, secret: string): Outcome<NewApp, VerificationCode> {
  const text = codeForm.read(visit.form).code
  if (text.trim() === '') return refuse({ code: 'verification.empty' })
  const code = parseCode(text)
  if (code === undefined) return refuse({ code: 'verification.not-a-code' })
  const match = matchCode(secret, code, visit.now, -1)
  if (match.kind !== 'right') return refuse({ code: 'verification.app-wrong' })
  return done({ accountId: visit.visitor.person.id, secret, step: match.step })
}

/** Puts the app that this sign-in has paired in force. `put` stores it and gives the codes to be shown. */
async function confirm(
  { services, notify }: ChangeParts,
  visit: Visit<Holder>,
  app: Outcome<NewApp, VerificationCode>,
  put: (tx: Tx, app: NewApp) => Promise<readonly string[]>,
): Promise<ChangeOutcome> {
  if (!app.ok) return app
  return unlessOvertaken(() =>
    services.store.write(async tx => {
      const epoch = await endOthers(services, tx, visit)
      const codes = await put(tx, app.value)
      await notify(tx, 'two-step-on', app.value.accountId, visit)
      return done({ cookie: await keepSignIn(tx, visit, epoch, 'code'), codes })
    }),
  )
}

const nothingPaired = refuse({ code: 'verification.app-wrong' } as const)

/** Puts a first app in force with its first right code. `issueCodes` makes the codes that are shown with it. */
export async function confirmFirst(
  parts: ChangeParts,
  visit: Visit<Holder>,
  issueCodes: (tx: Tx) => Promise<readonly string[]>,
): Promise<ChangeOutcome> {
  const { services } = parts
  const kept = await readKept(services, visit.visitor)
  if (kept?.kind !== 'first') return nothingPaired
  return confirm(parts, visit, provenApp(visit, kept.secret), async (tx, app) => {
    await addApp(services, tx, app, visit.now)
    await services.audit.record(tx, happened(visit, 'authn_mfa_enroll', { replaced: false }))
    return issueCodes(tx)
  })
}

/** Starts to pair another app in the place of this one, which works until the new one is confirmed. */
export const startReplacement = (
  { services }: Pick<ChangeParts, 'services'>,
  tx: Tx,
  visit: Visit<Holder>,
  replaces: string,
): Promise<void> => keep(services, tx, visit.visitor, { kind: 'replacement', secret: newSecret(), replaces })

/** Puts another app in the place of the one that it replaces. */
export async function confirmReplacement(parts: ChangeParts, visit: Visit<Holder>): Promise<ChangeOutcome> {
  const { services } = parts
  const kept = await readKept(services, visit.visitor)
  if (kept?.kind !== 'replacement') return nothingPaired
  return confirm(parts, visit, provenApp(visit, kept.secret), async (tx, app) => {
    if (!(await replaceApp(services, tx, kept.replaces, app, visit.now))) throw new Overtaken()
    await keep(services, tx, visit.visitor, undefined)
    await services.audit.record(tx, happened(visit, 'authn_mfa_enroll', { replaced: true }))
    return []
  })
}
