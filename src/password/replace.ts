import { watchTakeover } from '../account/incidents.ts'
import type { Cookies } from '../session/cookies.ts'
import { endOtherSignIns } from '../session/ending.ts'
import type { Services } from '../session/services.ts'
import { keepOwn } from '../session/sign-ins.ts'
import type { Visit } from '../session/visit.ts'
import { type Holder, policyOf } from '../session/visitor.ts'
import type { Tx } from '../store/store.ts'
import type { StoredHash } from './hashing.ts'
import { setOwnPassword } from './store.ts'

interface ReplaceParts {
  readonly services: Services
  readonly cookies: Cookies
}

/**
 * Puts a person's own new password in force, with `also` in the same transaction. The epoch is the claim: of several
 * requests that saw the same one a single one completes, and what the others hold is dead. One's own sign-in goes on.
 * @returns whether this request was the one.
 */
export async function replacePassword(
  { services, cookies }: ReplaceParts,
  visit: Visit<Holder>,
  hash: StoredHash,
  given: { readonly first: boolean },
  also: (tx: Tx) => Promise<void>,
): Promise<boolean> {
  const { visitor, now } = visit
  const { id } = visitor.person
  const replaced = await services.store.write(async tx => {
    const epoch = await endOtherSignIns(services, tx, visit)
    if (epoch === undefined) return undefined
    await setOwnPassword(tx, id, hash, policyOf(visitor), now)
    await watchTakeover(tx, id, 'password', now)
    await also(tx)
    await services.audit.record(tx, {
      event: 'authn_password_change',
      ...visit.trace(),
      subject: id,
      args: { first: given.first },
    })
    return { cookie: await keepOwn(tx, visitor, epoch, now) }
  })
  if (replaced?.cookie !== undefined) cookies.setHolder(visit.c, replaced.cookie)
  return replaced !== undefined
}
