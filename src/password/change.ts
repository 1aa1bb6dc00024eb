import { type Refusal, type RefusalOf, statusOf, unlessBusy } from '../refusals.ts'
import { inside } from '../session/access.ts'
import { insideRoute, type Route, redirectSaying, send, type Visit } from '../session/visit.ts'
import { policyOf, type Session } from '../session/visitor.ts'
import { choosePassword } from './choose.ts'
import { newPassword } from './fields.ts'
import { newPasswordPage } from './pages.ts'
import { replacePassword } from './replace.ts'
import type { PasswordParts } from './routes.ts'

/** Change your password, in Security Settings. */
export function changePasswordRoutes(parts: PasswordParts): readonly Route[] {
  return [
    insideRoute('GET', '/security/password', inside, visit => showChange(visit), { proof: 'fresh' }),
    insideRoute('POST', '/security/password', inside, visit => postChange(parts, visit), {
      proof: 'fresh',
      costly: true,
    }),
  ]
}

async function showChange(
  visit: Visit<Session>,
  refusals: readonly Refusal<RefusalOf<'password'>>[] = [],
): Promise<Response> {
  const page = newPasswordPage(await visit.frame(), {
    action: '/security/password',
    kind: 'change',
    username: visit.visitor.person.username,
    policy: policyOf(visit.visitor).passwordPolicy,
    refusals,
    updateRecovery: undefined,
  })
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function postChange(parts: PasswordParts, visit: Visit<Session>): Promise<Response> {
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
    return refusals === undefined ? parts.door.fail(visit.c, 503) : showChange(visit, refusals)
  }
  await replacePassword(parts, visit, chosen.value, { first: false }, tx =>
    parts.notify(tx, 'password-changed', visitor.person.id, visit),
  )
  return redirectSaying(visit, '/security', 'password-changed')
}
