import { foldName } from '../account/names.ts'
import { mayManage } from '../account/rules.ts'
import { holdSignInEmails, isSignInEmailTaken } from '../account/sign-in-emails.ts'
import { createAccount } from '../account/store.ts'
import { noWork, type WorkFacts } from '../account/work.ts'
import { createdThen } from '../audit/access-then.ts'
import type { StoredHash } from '../password/hashing.ts'
import { setTemporaryPassword } from '../password/store.ts'
import type { Policy } from '../policy/table.ts'
import { done, refuse } from '../refusals.ts'
import type { Role } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { type Act, mayStill, saidOf, traceOf, type VerbOutcome, type VerbParts } from './act.ts'
import { checkEntry, type PersonEntry, tidyEntry } from './entry.ts'
import { giveableBy } from './places.ts'
import { holds, readReachIn } from './reach.ts'
import { checkWork, tidyWork } from './work-entry.ts'

interface NewPerson extends PersonEntry, Partial<WorkFacts> {
  readonly role: Role
  /** The first is the primary one. */
  readonly organizationIds: readonly string[]
  readonly workgroupIds: readonly string[]
}

/**
 * Create account. Without a hash the account has no credential yet: a temporary password or a mailed link follows.
 * A username that another transaction takes at the same moment throws what `isTaken` knows.
 * @returns the new account's id.
 */
export async function createPerson(
  parts: VerbParts,
  tx: Tx,
  act: Omit<Act, 'subjectId' | 'seenVersion'>,
  given: NewPerson,
  credential?: { readonly hash: StoredHash; readonly policy: Policy },
): Promise<VerbOutcome<{ readonly id: string; readonly username: string }>> {
  await holdSignInEmails(tx)
  if (!(await mayStill(tx, act.agent, act.now)) || !mayManage(act.agent.role, given.role))
    return refuse({ code: 'account.not-yours' })
  const person = { ...given, ...tidyEntry(given), ...tidyWork({ ...noWork, ...given }) }
  const problems = [...checkEntry(person), ...checkWork(person)]
  if (problems.length > 0) return refuse(...problems)
  if (await isUsernameTaken(tx, person.username))
    return refuse({ code: 'account.username-taken', field: 'username' })
  if (await isSignInEmailTaken(tx.db, foldName(person.email)))
    return refuse({ code: 'account.email-taken', field: 'email' })
  if (!(await areThere(tx, 'organization', person.organizationIds)))
    return refuse({ code: 'account.no-such-organization', field: 'organization' })
  const { actor, role } = act.agent
  const giveable = await giveableBy(tx.db, role, await readReachIn(tx.db, { id: actor, role }))
  const mayGive = person.workgroupIds.every(id => holds(giveable, id))
  if (!mayGive || !(await areThere(tx, 'workgroup', person.workgroupIds)))
    return refuse({ code: 'account.no-such-workgroup', field: 'workgroup' })
  const id = await createAccount(tx, person, act.now)
  if (credential !== undefined)
    await setTemporaryPassword(tx, id, credential.hash, credential.policy, act.now)
  const facts = await createdThen(tx, [id])
  await parts.audit.record(tx, {
    event: 'user_created',
    ...traceOf(act.agent, id),
    args: { ...facts(id), ...saidOf(act) },
  })
  return done({ id, username: person.username })
}

async function isUsernameTaken(tx: Tx, username: string): Promise<boolean> {
  const found = await tx.db
    .selectFrom('account')
    .select('id')
    .where('username_key', '=', foldName(username))
    .executeTakeFirst()
  return found !== undefined
}

async function areThere(
  tx: Tx,
  table: 'organization' | 'workgroup',
  ids: readonly string[],
): Promise<boolean> {
  const wanted = new Set(ids)
  if (wanted.size === 0) return true
  const found = await tx.db
    .selectFrom(table)
    .select('id')
    .where('id', 'in', [...wanted])
    .where('retired_at', 'is', null)
    .execute()
  return found.length === wanted.size && wanted.size === ids.length
}
