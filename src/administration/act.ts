import { sql } from 'kysely'
import { type AccountState, barOf, mayManage, stateColumns, stateOf } from '../account/rules.ts'
import type { Actor, AuditEvent, PlainEvent } from '../audit/audit.ts'
import type { Facts, PermissionsChanged, Said } from '../audit/evidence.ts'
import { done, type Outcome, type RefusalOf, refuse } from '../refusals.ts'
import type { EndingParts } from '../session/ending.ts'
import type { Keyring } from '../store/keyring.ts'
import type { Role } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { inReach, isId, readReachIn, seesWhole } from './reach.ts'

/** How the agent made sure who is calling. */
export const identifications = ['call-back', 'in-person', 'supervisor'] as const
export type Identification = (typeof identifications)[number]

/** The same for what a file changes. */
export const updateIdentifications = ['written-list', ...identifications] as const

/** Code points of a reason at most. */
const longestReason = 500

export const isReasonTooLong = (reason: string): boolean => [...reason].length > longestReason

/** Who acts. The operator's command line acts with the role of an administrator. */
export interface Agent {
  readonly actor: Actor
  readonly role: Role
  /** The credential epoch under which they signed in: who lost a role, a limit or the account since has another. */
  readonly epoch?: number
  readonly address?: string
  readonly requestId?: string
}

/** One verb, done by an agent to one account. */
export interface Act {
  readonly agent: Agent
  readonly subjectId: string
  /** Version of the account that the agent's page showed; absent: whatever it is now. */
  readonly seenVersion?: number
  /** In the agent's words; may be empty. */
  readonly reason: string
  readonly identified?: (typeof updateIdentifications)[number]
  /** Number of the helpdesk's ticket. */
  readonly ticket?: string
  /** Id that the records of all people share to whom this is done at once. */
  readonly many?: string
  /** Milliseconds since 1970. */
  readonly now: number
}

export interface VerbParts extends EndingParts {
  readonly keyring: Keyring
}

export type VerbCode = RefusalOf<'account'>
export type VerbOutcome<Value> = Outcome<Value, VerbCode>

/** The account that a verb is done to, as it was before. */
export interface Subject {
  readonly id: string
  readonly username: string
  readonly usernameKey: string
  readonly role: Role
  readonly version: number
  readonly state: AccountState
}

/**
 * Whether the agent may do, as the verb writes, what the page was opened for: a password is hashed in between. Read again
 * are the agent's account, role and limit. `now` in milliseconds since 1970; a `subjectId` must be within the limit.
 */
export async function mayStill(
  tx: Tx,
  { actor, role, epoch }: Pick<Agent, 'actor' | 'role' | 'epoch'>,
  now: number,
  subjectId?: string,
): Promise<boolean> {
  if (!isId(actor)) return true
  const row = await tx.db
    .selectFrom('account')
    .select(['role', 'epoch', ...stateColumns])
    .where('id', '=', actor)
    .executeTakeFirst()
  if (row === undefined || row.role !== role || row.epoch !== (epoch ?? row.epoch)) return false
  if (barOf(stateOf(row), now) !== undefined) return false
  if (subjectId === undefined) return true
  const reach = await readReachIn(tx.db, { id: actor, role })
  const seen = await tx.db
    .selectFrom('account')
    .select('id')
    .where('id', '=', subjectId)
    .where(inReach(reach))
    .executeTakeFirst()
  return seen !== undefined
}

/**
 * Locks the account's row for the rest of the transaction and reads it: what the verb then decides still holds when it
 * writes.
 */
export async function lockSubject(tx: Tx, id: string): Promise<Subject | undefined> {
  const row = await tx.db
    .updateTable('account')
    .set(eb => ({ version: eb.ref('version') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      username: row.username,
      usernameKey: row.username_key,
      role: row.role,
      version: row.version,
      state: stateOf(row),
    }
  )
}

/** The same; refused when it is not there, has changed since the agent saw it, or is not the agent's to touch. */
export async function takeSubject(tx: Tx, act: Act): Promise<VerbOutcome<Subject>> {
  const { agent } = act
  const subject = await lockSubject(tx, act.subjectId)
  if (subject === undefined) return refuse({ code: 'account.not-there' })
  if (!(await mayStill(tx, agent, act.now, act.subjectId)) || !mayManage(agent.role, subject.role))
    return refuse({ code: 'account.not-yours' })
  if (act.seenVersion !== undefined && act.seenVersion !== subject.version)
    return refuse({ code: 'account.changed-meanwhile' })
  return done(subject)
}

/**
 * The same for what opens, closes or renames the account as a whole: an agent with a limit must see all that the person
 * works in, or one agency would open or close what another gave.
 */
export async function takeWhole(tx: Tx, act: Act): Promise<VerbOutcome<Subject>> {
  const subject = await takeSubject(tx, act)
  const { actor: id, role } = act.agent
  if (!subject.ok || !isId(id)) return subject
  const isWhole = await seesWhole(tx.db, await readReachIn(tx.db, { id, role }), act.subjectId)
  return isWhole ? subject : refuse({ code: 'account.works-elsewhere' })
}

/** Who acts, and from where, for an audit record. */
export const actorOf = ({ actor, address, requestId }: Agent) => ({
  actor,
  ...(address !== undefined && { address }),
  ...(requestId !== undefined && { requestId }),
})

/** The same, and to whom. */
export const traceOf = (agent: Agent, subject: string) => ({ ...actorOf(agent), subject })

/** Why, and how the caller was identified. */
export const saidOf = ({
  reason,
  identified,
  ticket,
  many,
}: Pick<Act, 'reason' | 'identified' | 'ticket' | 'many'>): Said => ({
  ...(reason !== '' && { reason }),
  ...(identified !== undefined && { identified }),
  ...(ticket !== undefined && { ticket }),
  ...(many !== undefined && { many }),
})

/** The audit record of a verb: who, to whom, why, how the caller was identified, and what changed. */
export const recordOf = (act: Act, event: PlainEvent, args: Facts = {}): AuditEvent => ({
  event,
  ...traceOf(act.agent, act.subjectId),
  args: { ...args, ...saidOf(act) },
})

/** The same of a change of what somebody may do. */
export const permissionsRecord = (act: Act, args: PermissionsChanged): AuditEvent => ({
  event: 'privilege_permissions_changed',
  ...traceOf(act.agent, act.subjectId),
  args: { ...args, ...saidOf(act) },
})

/** Writes the account's row: pages that show an older version are stale from now on. */
export async function touch(
  tx: Tx,
  act: Act,
  changes: {
    readonly security_changed_at?: number
    readonly recovery_asked?: 1
    readonly password_blocked_at?: number
  } = {},
): Promise<void> {
  await tx.db
    .updateTable('account')
    .set({ ...changes, version: sql<number>`version + 1` })
    .where('id', '=', act.subjectId)
    .execute()
}
