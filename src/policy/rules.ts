import type { Refusal, RefusalOf } from '../refusals.ts'
import { doorFault } from '../web/door-color.ts'
import { type Policy, type PolicyName, policyTable } from './table.ts'

export type PolicyCode = RefusalOf<'policy'>

/** Conditions between values; each on its own is in its range. */
interface Bond {
  readonly names: readonly PolicyName[]
  /** What breaks it; undefined: it holds. */
  readonly broken: (policy: Policy) => Omit<Refusal<PolicyCode>, 'field'> | undefined
}

const bonds: readonly Bond[] = [
  {
    names: ['dormancyNoticeDays', 'dormantDays'],
    broken: policy =>
      policy.dormancyNoticeDays < policy.dormantDays ? undefined : { code: 'policy.notice-after-dormancy' },
  },
  {
    names: ['helpdeskEmail', 'helpdeskPhone'],
    broken: policy =>
      policy.helpdeskEmail === '' && policy.helpdeskPhone === '' ? { code: 'policy.no-contact' } : undefined,
  },
  {
    names: ['doorColor'],
    broken: policy => {
      const fault = doorFault(policy.doorColor)
      return fault && { code: `policy.${fault.what}-contrast`, detail: ratioBelow(fault.found) }
    },
  },
]

/** A ratio with one decimal; never rounded up to one that would do. */
const ratioBelow = (ratio: number): string => (Math.floor(ratio * 10) / 10).toFixed(1)

/** What a change of this value would break, whatever else is wrong already. Pure. */
export const conflictsOf = (policy: Policy, changed: PolicyName): readonly Refusal<PolicyCode>[] =>
  bonds
    .filter(({ names }) => names.includes(changed))
    .flatMap(({ broken }) => broken(policy) ?? [])
    .map(refusal => ({ ...refusal, field: 'value' }))

/** Tells whether a value weakens a lock that the policy has; one that is out of its range changes nothing. Pure. */
export function weakens(policy: Policy, name: PolicyName, value: unknown): boolean {
  const { schema, weakens } = policyTable[name]
  const parsed = schema.safeParse(value)
  return (
    parsed.success && (weakens as (before: unknown, after: unknown) => boolean)(policy[name], parsed.data)
  )
}
