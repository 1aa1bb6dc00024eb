import { raiseEpoch } from '../account/store.ts'
import { type Refusal, type RefusalOf, statusOf } from '../refusals.ts'
import { atStep } from '../session/access.ts'
import type { Cookies } from '../session/cookies.ts'
import type { Door } from '../session/door.ts'
import type { Services } from '../session/services.ts'
import { keepOwn } from '../session/sign-ins.ts'
import { heldRoute, type Route, send, type Visit } from '../session/visit.ts'
import { type Holder, policyOf } from '../session/visitor.ts'
import { choosePassword } from './choose.ts'
import type { Hasher, StoredHash } from './hashing.ts'
import { newPasswordPage } from './pages.ts'
import { setOwnPassword } from './store.ts'

export interface PasswordParts {
  readonly services: Services
  readonly hasher: Hasher
  readonly cookies: Cookies
  readonly door: Pick<Door, 'advance' | 'fail'>
}

/** Seconds after which a busy server may be asked again. */
const busyRetry = 5

export function passwordRoutes(parts: PasswordParts): readonly Route[] {
  return [
    heldRoute('GET', '/password/new', atStep('password'), visit => showNew(visit)),
    heldRoute('POST', '/password/new', atStep('password'), visit => postNew(parts, visit)),
  ]
}

async function showNew(
  visit: Visit<Holder>,
  refusals: readonly Refusal<RefusalOf<'password'>>[] = [],
): Promise<Response> {
  const policy = policyOf(visit.visitor)
  const ticked = refusals.length > 0 ? visit.form.has('recovery') : true
  const page = newPasswordPage(await visit.frame(), {
    action: '/password/new',
    kind: 'first',
    policy: policy.passwordPolicy,
    refusals,
    updateRecovery: policy.securityQuestion ? ticked : undefined,
  })
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function postNew(parts: PasswordParts, visit: Visit<Holder>): Promise<Response> {
  const { visitor, form } = visit
  const entry = { password: form.get('password'), confirm: form.get('confirm') }
  const chosen = await choosePassword(
    { store: parts.services.store, hasher: parts.hasher },
    visitor.person,
    entry,
    policyOf(visitor),
  )
  if (!chosen.ok) {
    const busy = chosen.refusals.some(({ code }) => code === 'request.busy')
    return busy
      ? parts.door.fail(visit.c, 503, busyRetry)
      : showNew(visit, chosen.refusals as readonly Refusal<RefusalOf<'password'>>[])
  }
  await replacePassword(parts, visit, chosen.value, form.has('recovery'))
  return parts.door.advance(visit)
}

/**
 * Puts the new password in force. The epoch is the claim: of two machines with the same temporary password one completes,
 * and what the other holds is dead.
 */
async function replacePassword(
  { services, cookies }: PasswordParts,
  visit: Visit<Holder>,
  hash: StoredHash,
  askRecovery: boolean,
): Promise<void> {
  const { visitor, now } = visit
  const { id, epoch: seen } = visitor.person
  const cookie = await services.store.write(async tx => {
    const epoch = await raiseEpoch(tx, id, seen)
    if (epoch === undefined) return undefined
    await setOwnPassword(tx, id, hash, policyOf(visitor), now)
    await tx.db
      .updateTable('account')
      .set({ recovery_asked: askRecovery ? 1 : 0 })
      .where('id', '=', id)
      .execute()
    await services.audit.record(tx, {
      event: 'authn_password_change',
      ...visit.trace(),
      subject: id,
      args: { first: true },
    })
    return keepOwn(tx, visitor, epoch, now)
  })
  if (cookie !== undefined) cookies.setHolder(visit.c, cookie)
}
