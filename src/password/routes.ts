import type { Notify } from '../mail/notices.ts'
import { type Refusal, type RefusalOf, statusOf, unlessBusy } from '../refusals.ts'
import { atStep } from '../session/access.ts'
import type { Cookies } from '../session/cookies.ts'
import type { Door } from '../session/door.ts'
import type { Services } from '../session/services.ts'
import { heldRoute, type Route, send, type Visit } from '../session/visit.ts'
import { type Holder, policyOf } from '../session/visitor.ts'
import { choosePassword } from './choose.ts'
import { newPassword } from './fields.ts'
import type { Hasher } from './hashing.ts'
import { newPasswordPage } from './pages.ts'
import { replacePassword } from './replace.ts'

export interface PasswordParts {
  readonly services: Services
  readonly hasher: Hasher
  readonly cookies: Cookies
  readonly door: Pick<Door, 'advance' | 'fail'>
  readonly notify: Notify
}

export function passwordRoutes(parts: PasswordParts): readonly Route[] {
  return [
    heldRoute('GET', '/password/new', atStep('password'), visit => showNew(visit)),
    heldRoute('POST', '/password/new', atStep('password'), visit => postNew(parts, visit), { costly: true }),
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
    username: visit.visitor.person.username,
    policy: policy.passwordPolicy,
    refusals,
    updateRecovery: policy.securityQuestion ? ticked : undefined,
  })
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function postNew(parts: PasswordParts, visit: Visit<Holder>): Promise<Response> {
  const { visitor, form } = visit
  const entry = newPassword.read(form)
  const chosen = await choosePassword(
    { store: parts.services.store, hasher: parts.hasher },
    visitor.person,
    entry,
    policyOf(visitor),
  )
  if (!chosen.ok) {
    const refusals = unlessBusy(chosen.refusals)
    return refusals === undefined ? parts.door.fail(visit.c, 503) : showNew(visit, refusals)
  }
  const recovery_asked = form.has('recovery') ? 1 : 0
  await replacePassword(parts, visit, chosen.value, { first: true }, async tx => {
    await tx.db.updateTable('account').set({ recovery_asked }).where('id', '=', visitor.person.id).execute()
    await parts.notify(tx, 'password-changed', visitor.person.id, visit)
  })
  return parts.door.advance(visit)
}
