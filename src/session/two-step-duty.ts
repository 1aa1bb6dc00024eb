import { sql } from 'kysely'
import { isOpenTo } from '../account/kept-apart.ts'
import { isStaff } from '../account/rules.ts'
import type { Policy } from '../policy/table.ts'
import type { Role } from '../store/schema.ts'
import { momentOf } from '../web/moment.ts'

const day = 24 * 3_600_000

/** From when a duty of the account's role, organizations or workgroups asks for a second step: the first; null: none does. */
export const dutyFrom = sql<number | null>`(select min(from_at) from two_step_duty
  where (kind = 'role' and target = account.role)
  or (kind = 'organization' and target in (select organization_id from account_organization membership
    where membership.account_id = account.id and membership.is_active = 1))
  or (kind = 'workgroup' and target in (select workgroup_id from account_workgroup membership
    where membership.account_id = account.id)))`

/**
 * Since when somebody is the contact of an organization that is there and that they belong to; null: of none. Who works for
 * a victim service provider is named to no other organization, so the contact of none.
 */
export const contactSince = sql<number | null>`(select min(since) from agency_contact contact
  join account_organization membership on membership.account_id = contact.account_id
    and membership.organization_id = contact.organization_id
  join organization on organization.id = contact.organization_id
  where contact.account_id = account.id and membership.is_active = 1 and organization.retired_at is null
    and ${isOpenTo(sql.ref('contact.organization_id'))})`

type DutyPolicy = Pick<Policy, 'twoStep' | 'twoStepFrom' | 'twoStepGraceDays' | 'timeZone'>

/** From when everyone must have a second step, in milliseconds since 1970; undefined: the policy does not ask for it. */
function requiredFrom({ twoStep, twoStepFrom, timeZone }: DutyPolicy): number | undefined {
  if (twoStep !== 'required') return undefined
  return twoStepFrom === '' ? 0 : startOf(twoStepFrom, timeZone)
}

const starts = new Map<string, number>()

/** The first moment of a day, kept: every request asks for the same. */
function startOf(date: string, timeZone: string): number {
  const key = `${date} ${timeZone}`
  const known = starts.get(key)
  if (known !== undefined) return known
  const start = momentOf(date, '00:00', timeZone) ?? 0
  starts.clear()
  starts.set(key, start)
  return start
}

/**
 * From when somebody without a second step must set one up: what comes first of the policy for everyone, a duty of theirs,
 * and the end of the grace for staff and agency contacts. Undefined: never. Pure.
 */
export function twoStepDueAt(
  person: {
    readonly role: Role
    readonly roleSince: number
    readonly dutyFrom: number | null
    readonly contactSince?: number | null
  },
  policy: DutyPolicy,
): number | undefined {
  if (policy.twoStep === 'off') return undefined
  const moments = [
    requiredFrom(policy),
    person.dutyFrom ?? undefined,
    isStaff(person.role) ? person.roleSince + policy.twoStepGraceDays * day : undefined,
    person.contactSince ? person.contactSince + policy.twoStepGraceDays * day : undefined,
  ].filter(moment => moment !== undefined)
  return moments.length === 0 ? undefined : Math.min(...moments)
}

/** The same of accounts in the store, whether or not they have a second step; null: never. */
export function twoStepDueColumn(policy: DutyPolicy) {
  if (policy.twoStep === 'off') return sql<number | null>`cast(null as bigint)`
  const grace = policy.twoStepGraceDays * day
  const required = requiredFrom(policy) ?? null
  return sql<number | null>`(select min(due) from (
    select cast(${required} as bigint) as due
    union all select ${dutyFrom}
    union all select ${contactSince} + cast(${grace} as bigint)
    union all select case when account.role in ('helpdesk', 'administrator')
      then account.role_since + cast(${grace} as bigint) end) duties)`
}
