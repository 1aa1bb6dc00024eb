import { holdAccount, raiseEpoch } from '../account/store.ts'
import type { AuditEvent } from '../audit/audit.ts'
import type { Notify } from '../mail/notices.ts'
import { done, type Outcome, refuse } from '../refusals.ts'
import type { Services } from '../session/services.ts'
import { keepOwn } from '../session/sign-ins.ts'
import type { Visit } from '../session/visit.ts'
import type { Holder, Session } from '../session/visitor.ts'
import type { Tx } from '../store/store.ts'
import { proveFactor } from './factor.ts'
import { downloadTime, keepPairing, newSecret, readPairing } from './pairing.ts'
import { parseCode, type VerificationCode } from './rules.ts'
import {
  addAuthenticator,
  changeAuthenticator,
  type NewAuthenticator,
  proveStep,
  removeAuthenticator,
  replaceBackupCodes,
} from './store.ts'
import { matchCode } from './totp.ts'

export interface ChangeParts {
  readonly services: Services
  readonly notify: Notify
}

/** A change that was made: the browser's new cookie value, and codes to show once. */
export interface Changed {
  readonly cookie: string | undefined
  readonly codes: readonly string[]
}

/** `undefined`: the sign-in died or the state moved while the request was under way; nothing was changed. */
export type ChangeOutcome = Outcome<Changed | undefined, VerificationCode>

/** Takes a transaction back whose account was changed by another one meanwhile. */
class Overtaken extends Error {}

async function unlessOvertaken<Value>(work: () => Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Overtaken) return otherwise
    throw error
  }
}

const overtaken = done(undefined)

/**
 * Whatever changes an authenticator holds the account's row first, as the helpdesk's verbs do, so that two changes never
 * wait for each other. Overtaken when the credentials have changed since the request was read.
 */
async function holdOwn(tx: Tx, { visitor }: Visit<Holder>): Promise<void> {
  if (!(await holdAccount(tx, visitor.person.id, visitor.person.epoch))) throw new Overtaken()
}

async function endOthers(tx: Tx, visit: Visit<Holder>): Promise<number> {
  const { id, epoch: seen } = visit.visitor.person
  const epoch = await raiseEpoch(tx, id, seen)
  if (epoch === undefined) throw new Overtaken()
  await tx.db.updateTable('account').set({ security_changed_at: visit.now }).where('id', '=', id).execute()
  return epoch
}

async function keepSignIn(tx: Tx, { visitor, now }: Visit<Holder>, epoch: number): Promise<string> {
  const cookie =
    visitor.kind === 'pending'
      ? await proveStep(tx, visitor, now, { failures: 0, epoch })
      : await keepOwn(tx, visitor, epoch, now)
  if (cookie === undefined) throw new Overtaken()
  return cookie
}

async function issueCodes(services: Services, tx: Tx, visit: Visit<Holder>): Promise<readonly string[]> {
  const { visitor, now } = visit
  const codes = await replaceBackupCodes(tx, services.keyring, visitor.person.id, now)
  await keepPairing(services, tx, visitor, { kind: 'codes', codes, until: now + downloadTime })
  return codes
}

const happened = (
  visit: Visit<Holder>,
  event: AuditEvent['event'],
  args: AuditEvent['args'] = {},
): AuditEvent => ({
  event,
  ...visit.trace(),
  subject: visit.visitor.person.id,
  args,
})

/** The code of an app that is not on yet: no guess is worth anything here, the page has just shown the secret. */
function provenApp(visit: Visit<Holder>, secret: string): Outcome<NewAuthenticator, VerificationCode> {
  const text = visit.form.get('code')
  if (text.trim() === '') return refuse({ code: 'verification.empty' })
  const code = parseCode(text)
  if (code === undefined) return refuse({ code: 'verification.not-a-code' })
  const match = matchCode(secret, code, visit.now, -1)
  if (match.kind !== 'right') return refuse({ code: 'verification.app-wrong' })
  return done({ accountId: visit.visitor.person.id, secret, step: match.step })
}

/**
 * Puts the app that this sign-in is pairing in force with its first right code. `put` stores it and gives the codes to be
 * shown; undefined when another request was first.
 */
async function confirmPairing(
  { services, notify }: ChangeParts,
  visit: Visit<Holder>,
  kind: 'first' | 'replacement',
  put: (tx: Tx, app: NewAuthenticator) => Promise<readonly string[] | undefined>,
): Promise<ChangeOutcome> {
  const pairing = await readPairing(services, visit.visitor)
  if (pairing?.kind !== kind) return refuse({ code: 'verification.app-wrong' })
  const app = provenApp(visit, pairing.secret)
  if (!app.ok) return app
  return unlessOvertaken<ChangeOutcome>(
    () =>
      services.store.write(async tx => {
        const epoch = await endOthers(tx, visit)
        const codes = await put(tx, app.value)
        if (codes === undefined) throw new Overtaken()
        await notify(tx, 'two-step-on', app.value.accountId, visit)
        return done({ cookie: await keepSignIn(tx, visit, epoch), codes })
      }),
    overtaken,
  )
}

/** Switches 2-step verification on. */
export const turnOn = (parts: ChangeParts, visit: Visit<Holder>): Promise<ChangeOutcome> =>
  confirmPairing(parts, visit, 'first', async (tx, app) => {
    const { services } = parts
    if (!(await addAuthenticator(services, tx, app, visit.now))) return undefined
    const codes = await issueCodes(services, tx, visit)
    await services.audit.record(
      tx,
      happened(visit, 'authn_mfa_enroll', { replaced: false }),
      happened(visit, 'authn_recovery_codes_issued'),
    )
    return codes
  })

/** Puts another app in the place of the one in force, which worked until now. */
export const confirmReplacement = (parts: ChangeParts, visit: Visit<Session>): Promise<ChangeOutcome> =>
  confirmPairing(parts, visit, 'replacement', async (tx, app) => {
    const { services } = parts
    if (!(await changeAuthenticator(services, tx, app, visit.now))) return undefined
    await keepPairing(services, tx, visit.visitor, undefined)
    await services.audit.record(tx, happened(visit, 'authn_mfa_enroll', { replaced: true }))
    return []
  })

/** What needs a code or backup code of the app in force, in the same transaction as the code. */
function withFactor(
  { services }: ChangeParts,
  visit: Visit<Session>,
  change: (tx: Tx) => Promise<Changed>,
): Promise<ChangeOutcome> {
  const lock = (tx: Tx) => holdOwn(tx, visit)
  const entry = { text: visit.form.get('code'), accepts: 'either', lock } as const
  return unlessOvertaken<ChangeOutcome>(
    () => proveFactor(services, visit.visitor.person.id, entry, visit, change),
    overtaken,
  )
}

export const turnOff = (parts: ChangeParts, visit: Visit<Session>): Promise<ChangeOutcome> =>
  withFactor(parts, visit, async tx => {
    const { id } = visit.visitor.person
    await removeAuthenticator(tx, id)
    const epoch = await endOthers(tx, visit)
    await keepPairing(parts.services, tx, visit.visitor, undefined)
    await parts.services.audit.record(tx, happened(visit, 'authn_mfa_remove'))
    await parts.notify(tx, 'two-step-off', id, visit)
    return { cookie: await keepSignIn(tx, visit, epoch), codes: [] }
  })

/** New backup codes; the old ones stop working. */
export const renewCodes = (parts: ChangeParts, visit: Visit<Session>): Promise<ChangeOutcome> =>
  withFactor(parts, visit, async tx => {
    const codes = await issueCodes(parts.services, tx, visit)
    await parts.services.audit.record(tx, happened(visit, 'authn_recovery_codes_issued'))
    return { cookie: undefined, codes }
  })

/** Starts to pair another app; the one in force works until the new one is confirmed. */
export const startReplacement = (parts: ChangeParts, visit: Visit<Session>): Promise<ChangeOutcome> =>
  withFactor(parts, visit, async tx => {
    await keepPairing(parts.services, tx, visit.visitor, { kind: 'replacement', secret: newSecret() })
    return { cookie: undefined, codes: [] }
  })
