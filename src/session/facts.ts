import { type RawBuilder, sql } from 'kysely'
import { parsePolicy, policyRow } from '../policy/policy.ts'
import type { Flag, Role, Theme, TrainingState } from '../store/schema.ts'
import { codesOnCard } from './code-card.ts'
import type { Facts } from './next-step.ts'
import { contactSince, dutyFrom, twoStepDueAt } from './two-step-duty.ts'

/** Milliseconds that an acceptance of the terms holds where policy asks for one every year. */
export const termsYear = 365 * 24 * 3_600_000

/** From when an account has a second step; null: it has none. */
export const secondStepSince = sql<number | null>`(select min(since) from (
  select added_at as since from authenticator where authenticator.account_id = account.id
  union all
  select made_at from code_card where code_card.account_id = account.id and hashes is not null
  union all
  select added_at from passkey where passkey.account_id = account.id and public_key_sealed is not null) ways)`

/** The same as a condition on accounts. */
export const hasSecondStep = sql<boolean>`(
  exists (select 1 from authenticator where authenticator.account_id = account.id)
  or exists (select 1 from code_card where code_card.account_id = account.id and hashes is not null)
  or exists (select 1 from passkey where passkey.account_id = account.id and public_key_sealed is not null))`

/** How many ways to prove the second step an account has; a card that is used up is none. */
export const secondStepCount = sql<number>`(
  (select count(*) from authenticator where authenticator.account_id = account.id)
  + (select count(*) from code_card where code_card.account_id = account.id and hashes is not null
    and next_number <= ${sql.lit(codesOnCard)})
  + (select count(*) from passkey where passkey.account_id = account.id and public_key_sealed is not null))`

/** The account's code card, as `cardOfText` reads it. */
const codeCardText = sql<
  string | null
>`(select serial || ' ' || next_number from code_card where code_card.account_id = account.id and hashes is not null)`

const hasKey = sql<Flag>`(case when exists
  (select 1 from passkey where passkey.account_id = account.id and public_key_sealed is not null) then 1 else 0 end)`

const policyText = sql<string>`(select overrides from policy where id = ${sql.lit(policyRow)})`

/** Memberships of an organization that a person can work in. */
const inOpenOrganization = sql`from account_organization membership
    join organization on organization.id = membership.organization_id
    where membership.account_id = account.id and organization.retired_at is null
    and membership.is_active = 1 and membership.may_sign_in = 1`

/** The organization in force, as `placeInForce` reads it from the text. */
const organizationInForce = (chosen: RawBuilder<unknown>) =>
  sql`(select case when count(*) = 1 then min(organization.id)
    else max(case when organization.id = ${chosen} then organization.id end) end ${inOpenOrganization})`

/** Memberships of a workgroup; one that is tied to organizations is there only while the person works in one of these. */
const inOpenWorkgroup = (organization: RawBuilder<unknown>) => sql`from account_workgroup membership
    join workgroup on workgroup.id = membership.workgroup_id
    where membership.account_id = account.id and workgroup.retired_at is null
    and (workgroup.tied_to = '[]' or workgroup.tied_to like '%' || ${organizationInForce(organization)} || '%')`

/**
 * The places of one kind as one text, so that the list is read once: how many there are, whether `chosen` is among them,
 * the first id, and the name of the chosen one or else of the first.
 */
function placesText(
  kind: 'organization' | 'workgroup',
  chosen: RawBuilder<unknown>,
  memberships: RawBuilder<unknown>,
) {
  const place = sql.table(kind)
  return sql<string>`(select count(*)
    || ' ' || coalesce(max(case when ${place}.id = ${chosen} then 1 else 0 end), 0)
    || ' ' || coalesce(min(${place}.id), '')
    || ' ' || coalesce(max(case when ${place}.id = ${chosen} then ${place}.name end), min(${place}.name), '')
    ${memberships})`
}

const termsNow = (now: RawBuilder<number>) =>
  sql<
    string | null
  >`(select id from terms_version where effective_at <= ${now} order by effective_at desc limit 1)`

/**
 * The columns of one account from which `nextStep`, the bar and the page frame are computed: part of the one query of a
 * request. `now` in milliseconds; `holder` is the row that holds what the person chose to work as.
 */
export function accountColumns(now: RawBuilder<number>, holder?: 'session' | 'pending_sign_in') {
  const terms = termsNow(now)
  const chosen = (kind: string) => (holder === undefined ? sql`null` : sql.ref(`${holder}.${kind}_id`))
  return [
    'account.id as account_id',
    'account.username',
    'account.first_name',
    'account.last_name',
    'account.email',
    'account.email_proven_at',
    'account.role',
    'account.role_since',
    contactSince.as('contact_since'),
    'account.epoch as account_epoch',
    'account.browser_generation',
    'account.deactivated_at',
    'account.suspended_until',
    'account.leaving_at',
    'account.dormant_since',
    'account.password_blocked_at',
    'account.training_state',
    'account.training_finished_at',
    'account.terms_since',
    'account.recovery_asked',
    'account.language',
    'account.theme',
    'account.last_sign_in_at',
    policyText.as('policy'),
    terms.as('terms_version'),
    sql<number | null>`(select max(accepted_at) from terms_acceptance
      where terms_acceptance.account_id = account.id and terms_version_id = ${terms})`.as(
      'terms_accepted_at',
    ),
    sql<Flag | null>`(select is_temporary from credential where credential.account_id = account.id)`.as(
      'is_temporary',
    ),
    sql<number | null>`(select expires_at from credential where credential.account_id = account.id)`.as(
      'credential_expires_at',
    ),
    sql<
      number | null
    >`(select set_at from recovery_question where recovery_question.account_id = account.id)`.as(
      'question_set_at',
    ),
    secondStepSince.as('second_step_since'),
    codeCardText.as('code_card'),
    dutyFrom.as('duty_from'),
    hasKey.as('has_key'),
    placesText('organization', chosen('organization'), inOpenOrganization).as('organization_list'),
    placesText('workgroup', chosen('workgroup'), inOpenWorkgroup(chosen('organization'))).as(
      'workgroup_list',
    ),
  ] as const
}

/** The columns as they are read. */
export interface AccountRow {
  readonly account_id: string
  readonly username: string
  readonly first_name: string
  readonly last_name: string
  readonly email: string
  readonly email_proven_at: number | null
  readonly role: Role
  readonly role_since: number
  /** Null: no agency's contact. */
  readonly contact_since: number | null
  readonly account_epoch: number
  readonly browser_generation: number
  readonly deactivated_at: number | null
  readonly suspended_until: number | null
  readonly leaving_at: number | null
  readonly dormant_since: number | null
  readonly password_blocked_at: number | null
  readonly training_state: TrainingState
  readonly training_finished_at: number | null
  readonly terms_since: number | null
  readonly recovery_asked: Flag
  readonly language: string
  readonly theme: Theme
  readonly last_sign_in_at: number | null
  readonly policy: string
  readonly terms_version: string | null
  readonly terms_accepted_at: number | null
  readonly is_temporary: Flag | null
  readonly credential_expires_at: number | null
  readonly question_set_at: number | null
  /** Null: the password alone opens the account. */
  readonly second_step_since: number | null
  readonly code_card: string | null
  /** From when a duty of theirs asks for a second step. */
  readonly duty_from: number | null
  /** Has a passkey or security key. */
  readonly has_key: Flag
  readonly organization_list: string
  readonly workgroup_list: string
}

/** One of the places a person works in. */
export interface Place {
  readonly id: string
  readonly name: string
}

/** Known facts about a sign-in beside the account: the row of the pending sign-in or the session. */
interface SignInFacts {
  readonly codeProven: boolean
  readonly organization: Place | undefined
  readonly workgroup: Place | undefined
}

const countOf = (list: string): number => Number.parseInt(list, 10)

/** The place in force: the chosen one while it is still the person's, else the only one there is. */
export function placeInForce(list: string, chosen: string | null): Place | undefined {
  const [count = '', isChosen, first = ''] = list.split(' ', 3)
  const name = list.slice(count.length + first.length + 4)
  if (isChosen === '1' && chosen !== null) return { id: chosen, name }
  return count === '1' ? { id: first, name } : undefined
}

export function factsOf(row: AccountRow, signIn: SignInFacts): Facts {
  const policy = parsePolicy(row.policy)
  return {
    hasSecondStep: row.second_step_since !== null,
    codeProven: signIn.codeProven,
    organizations: countOf(row.organization_list),
    organizationChosen: signIn.organization !== undefined,
    workgroups: countOf(row.workgroup_list),
    workgroupChosen: signIn.workgroup !== undefined,
    termsVersion: row.terms_version ?? undefined,
    termsAcceptedAt: row.terms_accepted_at ?? undefined,
    termsSince: row.terms_since ?? undefined,
    termsLifetime: policy.termsYearly ? termsYear : undefined,
    passwordTemporary: row.is_temporary === 1,
    recoveryAsked: policy.securityQuestion && row.recovery_asked === 1,
    twoStepDueAt:
      row.second_step_since === null
        ? twoStepDueAt(
            {
              role: row.role,
              roleSince: row.role_since,
              contactSince: row.contact_since,
              dutyFrom: row.duty_from,
            },
            policy,
          )
        : undefined,
  }
}
