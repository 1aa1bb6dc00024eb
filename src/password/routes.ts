import type { Notify } from '../mail/notices.ts'
import { type Refusal, type RefusalOf, statusOf, unlessBusy } from '../refusals.ts'
import { atStep, inside } from '../session/access.ts'
import type { Cookies } from '../session/cookies.ts'
import type { Door } from '../session/door.ts'
import type { Services } from '../session/services.ts'
import { heldRoute, insideRoute, type Route, redirectSaying, send, type Visit } from '../session/visit.ts'
import { type Holder, policyOf } from '../session/visitor.ts'
import { choosePassword } from './choose.ts'
import { newPassword } from './fields.ts'
import type { Hasher, StoredHash } from './hashing.ts'
import { newPasswordPage } from './pages.ts'
import { replacePassword } from './replace.ts'

interface PasswordParts {
  readonly services: Services
  readonly hasher: Hasher
  readonly cookies: Cookies
  readonly door: Pick<Door, 'advance' | 'fail'>
  readonly notify: Notify
}

/** A person's own new password: in place of the temporary one at the first sign-in, and in Security Settings. */
export function passwordRoutes(parts: PasswordParts): readonly Route[] {
  const step = atStep('password')
  return [
    heldRoute('GET', '/password/new', step, visit => showFirst(visit)),
    heldRoute('POST', '/password/new', step, visit => post(parts, visit, showFirst, putFirst), {
      costly: true,
    }),
    insideRoute('GET', '/security/password', inside, visit => showChange(visit), { proof: 'fresh' }),
    insideRoute('POST', '/security/password', inside, visit => post(parts, visit, showChange, putChange), {
      proof: 'fresh',
      costly: true,
    }),
  ]
}

type Refused = readonly Refusal<RefusalOf<'password'>>[]

async function showFirst(visit: Visit<Holder>, refusals: Refused = []): Promise<Response> {
  const { securityQuestion } = policyOf(visit.visitor)
  const ticked = refusals.length > 0 ? visit.form.has('recovery') : true
  return show(visit, '/password/new', 'first', refusals, securityQuestion ? ticked : undefined)
}

const showChange = (visit: Visit<Holder>, refusals: Refused = []): Promise<Response> =>
  show(visit, '/security/password', 'change', refusals, undefined)

async function show(
  visit: Visit<Holder>,
  action: string,
  kind: 'first' | 'change',
  refusals: Refused,
  updateRecovery: boolean | undefined,
): Promise<Response> {
  const page = newPasswordPage(await visit.frame(), {
    action,
    kind,
    username: visit.visitor.person.username,
    policy: policyOf(visit.visitor).passwordPolicy,
    refusals,
    updateRecovery,
  })
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function post(
  parts: PasswordParts,
  visit: Visit<Holder>,
  showAgain: (visit: Visit<Holder>, refusals: Refused) => Promise<Response>,
  put: (parts: PasswordParts, visit: Visit<Holder>, hash: StoredHash) => Promise<Response>,
): Promise<Response> {
  const { visitor, form } = visit
  const { services, hasher } = parts
  const entry = newPassword.read(form)
  const chosen = await choosePassword(
    { store: services.store, hasher },
    visitor.person,
    entry,
    policyOf(visitor),
  )
  if (chosen.ok) return put(parts, visit, chosen.value)
  const refusals = unlessBusy(chosen.refusals)
  return refusals === undefined ? parts.door.fail(visit.c, 503) : showAgain(visit, refusals)
}

async function putFirst(parts: PasswordParts, visit: Visit<Holder>, hash: StoredHash): Promise<Response> {
  const { id } = visit.visitor.person
  const recovery_asked = visit.form.has('recovery') ? 1 : 0
  await replacePassword(parts, visit, hash, { first: true }, async tx => {
    await tx.db.updateTable('account').set({ recovery_asked }).where('id', '=', id).execute()
    await parts.notify(tx, 'password-changed', id, visit)
  })
  return parts.door.advance(visit)
}

async function putChange(parts: PasswordParts, visit: Visit<Holder>, hash: StoredHash): Promise<Response> {
  await replacePassword(parts, visit, hash, { first: false }, tx =>
    parts.notify(tx, 'password-changed', visit.visitor.person.id, visit),
  )
  return redirectSaying(visit, '/security', 'password-changed')
}
