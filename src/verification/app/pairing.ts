import type { NoticeKind } from '../../mail/notices.ts'
import { done, type Outcome, refuse } from '../../refusals.ts'
import type { Services } from '../../session/services.ts'
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
import { type Kept, keep, keepOnce, type NewAppFor, readKept } from '../common/kept.ts'
import type { VerificationCode } from '../common/way.ts'
import { parseCode } from './code.ts'
import { addApp, type NewApp, replaceApp } from './store.ts'
import { matchCode, newSecret } from './totp.ts'

/** The secret of an app that this sign-in sets up: made once, and shown again until it is on. */
export async function keepSecret(
  services: Pick<Services, 'keyring' | 'store'>,
  holder: Holder,
  wanted: NewAppFor,
): Promise<string> {
  const isIt = (kept: Kept): kept is NewAppFor & { readonly secret: string } =>
    kept.kind === wanted.kind &&
    (kept.kind !== 'replacement' || wanted.kind !== 'replacement' || kept.replaces === wanted.replaces)
  return (await keepOnce(services, holder, isIt, () => ({ ...wanted, secret: newSecret() }))).secret
}

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
  notice: NoticeKind,
  put: (tx: Tx, app: NewApp) => Promise<readonly string[]>,
): Promise<ChangeOutcome> {
  if (!app.ok) return app
  return unlessOvertaken(() =>
    services.store.write(async tx => {
      const epoch = await endOthers(services, tx, visit)
      const codes = await put(tx, app.value)
      await notify(tx, notice, app.value.accountId, visit)
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
  return confirm(parts, visit, provenApp(visit, kept.secret), 'two-step-on', async (tx, app) => {
    await addApp(services, tx, app, visit.now)
    await services.audit.record(tx, happened(visit, 'authn_mfa_enroll', { by: 'code', replaced: false }))
    return issueCodes(tx)
  })
}

/** Puts another app beside the ways in force. */
export async function confirmAnother(
  parts: ChangeParts,
  visit: Visit<Holder>,
  name: string,
): Promise<ChangeOutcome> {
  const { services } = parts
  const kept = await readKept(services, visit.visitor)
  if (kept?.kind !== 'another') return nothingPaired
  return confirm(parts, visit, provenApp(visit, kept.secret), 'way-added', async (tx, app) => {
    await addApp(services, tx, { ...app, name }, visit.now)
    await keep(services, tx, visit.visitor, undefined)
    await services.audit.record(tx, happened(visit, 'authn_mfa_enroll', { by: 'code', replaced: false }))
    return []
  })
}

/** Puts another app in the place of the one that it replaces. */
export async function confirmReplacement(
  parts: ChangeParts,
  visit: Visit<Holder>,
  replaces: string,
): Promise<ChangeOutcome> {
  const { services } = parts
  const kept = await readKept(services, visit.visitor)
  if (kept?.kind !== 'replacement' || kept.replaces !== replaces) return nothingPaired
  return confirm(parts, visit, provenApp(visit, kept.secret), 'app-replaced', async (tx, app) => {
    if (!(await replaceApp(services, tx, replaces, app, visit.now))) throw new Overtaken()
    await keep(services, tx, visit.visitor, undefined)
    await services.audit.record(tx, happened(visit, 'authn_mfa_enroll', { by: 'code', replaced: true }))
    return []
  })
}
