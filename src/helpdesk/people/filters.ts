import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Policy } from '../../policy/table.ts'
import { hasSecondStep, secondStepCount } from '../../session/facts.ts'
import { twoStepDueColumn } from '../../session/two-step-duty.ts'
import type { Database } from '../../store/schema.ts'

type Accounts = ExpressionBuilder<Database, 'account'>
type Condition = (eb: Accounts, now: number, policy: Policy) => Expression<SqlBool>

const day = 24 * 3_600_000
/** Milliseconds before its end in which a temporary password is about to expire. */
const soonExpired = day
/** Milliseconds before the duty to have a second step that count as soon. */
const soonDue = 30 * day
/** Milliseconds before leaving that count as soon. */
const soonLeaving = 30 * day

const temporary = (eb: Accounts) =>
  eb
    .selectFrom('credential')
    .select('credential.account_id')
    .where('is_temporary', '=', 1)
    .where('expires_at', '>', 0)

/** May still come in one day: anyone who is deactivated or gone is in no queue of things to do. */
const here = (eb: Accounts, now: number): Expression<SqlBool> =>
  eb.and([
    eb('account.deactivated_at', 'is', null),
    eb.or([eb('account.leaving_at', 'is', null), eb('account.leaving_at', '>', now)]),
  ])

const withoutSecondStep = (eb: Accounts): Expression<SqlBool> => eb.not(hasSecondStep)

/** Each state that people are looked for by, as a condition on the account: the list and its count are the same thing. */
export const states = {
  active: (eb, now) =>
    eb.and([
      here(eb, now),
      eb.or([eb('account.suspended_until', 'is', null), eb('account.suspended_until', '<=', now)]),
      eb('account.dormant_since', 'is', null),
      eb('account.password_blocked_at', 'is', null),
      eb('account.training_state', '<>', 'lapsed'),
    ]),
  'first-sign-in': (eb, now) => eb.and([here(eb, now), eb('account.id', 'in', temporary(eb))]),
  'password-expires': (eb, now) =>
    eb.and([
      here(eb, now),
      eb('account.id', 'in', temporary(eb).where('expires_at', '<=', now + soonExpired)),
    ]),
  'no-question': (eb, now) =>
    eb.and([
      here(eb, now),
      eb('account.last_sign_in_at', 'is not', null),
      eb.not(
        eb.exists(
          eb
            .selectFrom('recovery_question')
            .select('recovery_question.account_id')
            .whereRef('recovery_question.account_id', '=', 'account.id'),
        ),
      ),
    ]),
  'no-two-step-staff': (eb, now) =>
    eb.and([here(eb, now), eb('account.role', 'in', ['helpdesk', 'administrator']), withoutSecondStep(eb)]),
  'no-two-step': (eb, now) => eb.and([here(eb, now), withoutSecondStep(eb)]),
  'two-step-due': (eb, now, policy) => {
    const due = twoStepDueColumn(policy)
    return eb.and([here(eb, now), withoutSecondStep(eb), eb(due, '>', now), eb(due, '<=', now + soonDue)])
  },
  'one-way-only': (eb, now) => eb.and([here(eb, now), eb(secondStepCount, '=', 1)]),
  'near-dormancy': (eb, now) =>
    eb.and([
      here(eb, now),
      eb('account.dormant_since', 'is', null),
      eb('account.dormancy_noticed_at', '>', 0),
      eb('account.dormancy_noticed_at', '>=', eb.ref('account.active_since')),
    ]),
  'leaving-soon': (eb, now) => eb.and([here(eb, now), eb('account.leaving_at', '<=', now + soonLeaving)]),
  incident: eb =>
    eb(
      'account.id',
      'in',
      eb.selectFrom('incident').select('incident.account_id').where('closed_at', 'is', null),
    ),
  'mail-refused': eb =>
    eb(
      'account.id',
      'in',
      eb
        .selectFrom('mail')
        .innerJoin('account as holder', 'holder.id', 'mail.account_id')
        .select('holder.id')
        .where('mail.state', '=', 'refused')
        .whereRef('mail.recipient', '=', 'holder.email'),
    ),
  'locked-down': eb => eb('account.password_blocked_at', 'is not', null),
  suspended: (eb, now) => eb('account.suspended_until', '>', now),
  inactive: eb => eb('account.dormant_since', 'is not', null),
  'training-expired': eb => eb('account.training_state', '=', 'lapsed'),
  closed: (eb, now) => eb('account.leaving_at', '<=', now),
  deactivated: eb => eb('account.deactivated_at', 'is not', null),
} as const satisfies Record<string, Condition>

export type StateName = keyof typeof states

export const stateNames = Object.keys(states) as readonly StateName[]

export const conditionOf = (state: StateName): Condition => states[state]

/** Days without a sign-in by which people are looked for; `never` stands apart from all of them. */
const quietDays = { 'quiet-30': 30, 'quiet-60': 60, 'quiet-90': 90, 'quiet-180': 180 } as const

export const lastSignIns = ['never', 'quiet-30', 'quiet-60', 'quiet-90', 'quiet-180'] as const

export type LastSignIn = (typeof lastSignIns)[number]

/** People whose last sign-in was that long ago, or who never signed in. */
export const lastSignInIs =
  (wanted: LastSignIn): Condition =>
  (eb, now) =>
    wanted === 'never'
      ? eb('account.last_sign_in_at', 'is', null)
      : eb('account.last_sign_in_at', '<=', now - quietDays[wanted] * day)

/** People in this organization; without an id, people in none. */
export const organizationIs = (eb: Accounts, id: string | undefined): Expression<SqlBool> =>
  id === undefined
    ? eb.not(
        eb.exists(
          eb
            .selectFrom('account_organization')
            .select('account_organization.account_id')
            .whereRef('account_organization.account_id', '=', 'account.id'),
        ),
      )
    : eb(
        'account.id',
        'in',
        eb
          .selectFrom('account_organization')
          .select('account_organization.account_id')
          .where('organization_id', '=', id),
      )

/** People in this workgroup. */
export const workgroupIs = (eb: Accounts, id: string): Expression<SqlBool> =>
  eb(
    'account.id',
    'in',
    eb.selectFrom('account_workgroup').select('account_workgroup.account_id').where('workgroup_id', '=', id),
  )
