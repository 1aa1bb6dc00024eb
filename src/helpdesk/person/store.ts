import { sql } from 'kysely'
import { type AccountState, stateOf } from '../../account/rules.ts'
import { type WorkFacts, workOf } from '../../account/work.ts'
import { inReach, type Reach, seesWhole } from '../../administration/reach.ts'
import { organizationsOf } from '../../agency/contacts.ts'
import { byMailedLink, passwordKind } from '../../recovery/welcome/standing.ts'
import { secondStepSince } from '../../session/facts.ts'
import type { Services } from '../../session/services.ts'
import type { Flag, IncidentKind, MailState, Role, TrainingState } from '../../store/schema.ts'
import { type CounterKind, counterName } from '../../throttle/store.ts'
import type { OwnWay } from '../../verification/common/own-way.ts'
import { listOwnWays, secondStepCounters } from '../../verification/ways.ts'
import { noWait, type SignInState, type Wait, worstWait } from './rules.ts'

/** Facts that the console shows about one person; never a password, question or answer. Times are milliseconds since 1970. */
export interface PersonFacts extends WorkFacts {
  readonly id: string
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly role: Role
  readonly version: number
  readonly createdAt: number
  readonly lastSignInAt: number | null
  readonly state: AccountState
  /** The agent sees all that they work in: the account as a whole is theirs to look after. */
  readonly isWhole: boolean
  /** Why they cannot sign in; only for who looks after everyone. */
  readonly reason: string | null
  readonly signIn: SignInState
  readonly questionSetAt: number | null
  readonly secondStepSince: number | null
  readonly ways: readonly OwnWay[]
  readonly sessions: number
  readonly training: { readonly state: TrainingState; readonly finishedAt: number | null }
  readonly terms: { readonly number: number; readonly acceptedAt: number } | undefined
  readonly termsNow: number | null
  readonly organizations: readonly Membership[]
  /**
   * Organizations that an agent of the helpdesk is limited to, or was while they had the role; none: no limit.
   * Undefined: not for this agent's eyes.
   */
  readonly limitedTo: readonly { readonly id: string; readonly name: string }[] | undefined
  readonly workgroups: readonly { readonly id: string; readonly name: string }[]
  /** Planned last days in organizations, and where they go, as this agent may know it. */
  readonly leaves: readonly PlannedLeave[]
  /** Organizations that they ask and vouch for. Undefined: not for this agent's eyes. */
  readonly contactOf: readonly { readonly id: string; readonly name: string }[] | undefined
  readonly incidents: readonly { readonly kind: IncidentKind; readonly opened_at: number }[]
}

export interface PlannedLeave {
  readonly name: string
  readonly last_day: string
  /** Name of the organization that they move to. */
  readonly moved_to: string | null
}

export interface Membership {
  readonly id: string
  readonly name: string
  readonly is_active: Flag
  readonly may_sign_in: Flag
  readonly may_edit: Flag
  readonly is_primary: Flag
}

type Given = Pick<Services, 'store' | 'keyring'>

/** One person, as this agent may see them; undefined when there is nobody for them. */
export async function readPerson(
  { store, keyring }: Given,
  id: string,
  reach: Reach,
  now: number,
): Promise<PersonFacts | undefined> {
  const row = await readRow(store, id, reach, now)
  if (row === undefined) return undefined
  const names = counterNames(keyring, row.username_key)
  const codes = secondStepCounters(keyring, row.id)
  const waits = await readWaits(store, [...Object.values(names), ...codes])
  return {
    id: row.id,
    username: row.username,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    ...workOf(row),
    role: row.role,
    version: row.version,
    createdAt: row.created_at,
    lastSignInAt: row.last_sign_in_at,
    state: stateOf(row),
    isWhole: await seesWhole(store.read, reach, id),
    reason:
      reach !== undefined
        ? null
        : row.deactivated_at === null
          ? row.suspended_reason
          : row.deactivated_reason,
    signIn: {
      state: stateOf(row),
      password: passwordKind(row),
      temporaryUntil: row.is_temporary === 1 ? row.expires_at : null,
      stranger: waits.get(names.stranger) ?? noWait,
      known: waits.get(names.known) ?? noWait,
      code: worstWait(codes.map(name => waits.get(name) ?? noWait)),
    },
    questionSetAt: row.question_set_at,
    secondStepSince: row.second_step_since,
    ways: await listOwnWays(store.read, id),
    sessions: Number(row.sessions),
    training: { state: row.training_state, finishedAt: row.training_finished_at },
    terms: await readTerms(store, id),
    termsNow: row.terms_now,
    organizations: await readOrganizations(store, id, reach),
    workgroups: await readWorkgroups(store, id),
    leaves: await readLeaves(store, id, reach),
    limitedTo: reach === undefined ? await readLimit(store, id) : undefined,
    contactOf: reach === undefined ? await organizationsOf(store.read, id) : undefined,
    incidents: await store.read
      .selectFrom('incident')
      .select(['kind', 'opened_at'])
      .where('account_id', '=', id)
      .where('closed_at', 'is', null)
      .orderBy('opened_at', 'desc')
      .execute(),
  }
}

type Store = Services['store']

function readRow({ read }: Store, id: string, reach: Reach, now: number) {
  return read
    .selectFrom('account')
    .leftJoin('credential', 'credential.account_id', 'account.id')
    .leftJoin('recovery_question', 'recovery_question.account_id', 'account.id')
    .selectAll('account')
    .select([
      'credential.is_temporary',
      'credential.expires_at',
      'recovery_question.set_at as question_set_at',
      secondStepSince.as('second_step_since'),
      byMailedLink.as('by_link'),
    ])
    .select(eb => [
      eb
        .selectFrom('session')
        .select(eb.fn.countAll<number>().as('count'))
        .whereRef('session.account_id', '=', 'account.id')
        .whereRef('session.epoch', '=', 'account.epoch')
        .where('session.ended_at', 'is', null)
        .as('sessions'),
      eb
        .selectFrom('terms_version')
        .select('terms_version.number')
        .where('effective_at', '<=', now)
        .orderBy('effective_at', 'desc')
        .limit(1)
        .as('terms_now'),
    ])
    .where('account.id', '=', id)
    .where(inReach(reach))
    .executeTakeFirst()
}

function counterNames(keyring: Services['keyring'], usernameKey: string) {
  const name = (kind: CounterKind, of: string) => counterName(keyring, kind, of)
  return {
    stranger: name('password-stranger', usernameKey),
    known: name('password-known', usernameKey),
  }
}

async function readWaits({ read }: Store, names: readonly string[]): Promise<ReadonlyMap<string, Wait>> {
  const rows = await read
    .selectFrom('throttle')
    .select(['name', 'failures', 'blocked_until'])
    .where('name', 'in', names)
    .execute()
  return new Map(rows.map(row => [row.name, { failures: row.failures, until: row.blocked_until }]))
}

async function readTerms({ read }: Store, id: string): Promise<PersonFacts['terms']> {
  const row = await read
    .selectFrom('terms_acceptance')
    .innerJoin('terms_version', 'terms_version.id', 'terms_version_id')
    .select(['number', 'accepted_at'])
    .where('account_id', '=', id)
    .orderBy('accepted_at', 'desc')
    .executeTakeFirst()
  return row && { number: row.number, acceptedAt: row.accepted_at }
}

/** An agent with a limit sees only memberships within it, and not which comes first: it could be one of the others. */
const readOrganizations = ({ read }: Store, id: string, reach: Reach): Promise<readonly Membership[]> =>
  read
    .selectFrom('account_organization')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select(['organization.id', 'name', 'is_active', 'may_sign_in', 'may_edit'])
    .select(reach === undefined ? 'is_primary' : sql.lit<Flag>(0).as('is_primary'))
    .where('account_id', '=', id)
    .$if(reach !== undefined, query => query.where('organization_id', 'in', reach ?? []))
    .orderBy('name')
    .execute()

const readLeaves = ({ read }: Store, id: string, reach: Reach): Promise<readonly PlannedLeave[]> =>
  read
    .selectFrom('planned_leave')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .leftJoin('organization as aim', join =>
      join
        .onRef('aim.id', '=', 'moved_to')
        .$call(on => (reach === undefined ? on : on.on('aim.id', 'in', reach))),
    )
    .select(['organization.name', 'last_day', 'aim.name as moved_to'])
    .where('account_id', '=', id)
    .$if(reach !== undefined, query => query.where('organization_id', 'in', reach ?? []))
    .orderBy('due_at')
    .execute()

const readLimit = ({ read }: Store, id: string): Promise<NonNullable<PersonFacts['limitedTo']>> =>
  read
    .selectFrom('helpdesk_scope')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select(['organization.id', 'name'])
    .where('account_id', '=', id)
    .orderBy('name')
    .execute()

const readWorkgroups = ({ read }: Store, id: string): Promise<PersonFacts['workgroups']> =>
  read
    .selectFrom('account_workgroup')
    .innerJoin('workgroup', 'workgroup.id', 'workgroup_id')
    .select(['workgroup.id', 'name'])
    .where('account_id', '=', id)
    .orderBy('name')
    .execute()

const mostMails = 10

export interface MailRow {
  readonly subject: string
  readonly kind: string
  readonly state: MailState
  readonly created_at: number
  readonly last_error: string | null
  readonly server_said: string | null
}

/** The newest mails to one person; what they say is not kept. */
export const readMails = ({ read }: Store, id: string): Promise<readonly MailRow[]> =>
  read
    .selectFrom('mail')
    .select(['subject', 'kind', 'state', 'created_at', 'last_error', 'server_said'])
    .where('account_id', '=', id)
    .where('subject', '<>', '')
    .orderBy('created_at', 'desc')
    .limit(mostMails)
    .execute()

/** Tells whether an account is there for this agent. */
export async function isThere({ read }: Store, id: string, reach: Reach): Promise<boolean> {
  const row = await read
    .selectFrom('account')
    .select(sql<number>`1`.as('there'))
    .where('account.id', '=', id)
    .where(inReach(reach))
    .executeTakeFirst()
  return row !== undefined
}
