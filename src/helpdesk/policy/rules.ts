import { z } from 'zod'
import { isReasonTooLong } from '../../administration/act.ts'
import { type PolicyCode, weakens } from '../../policy/rules.ts'
import { type Policy, type PolicyName, policyTable } from '../../policy/table.ts'
import type { Refusal } from '../../refusals.ts'
import type { Form } from '../../web/request.ts'
import { readVersion } from '../shared/version.ts'

/** The control for a value. */
export type Control =
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'switch' }
  | { readonly kind: 'zone' }
  | { readonly kind: 'date' }
  | { readonly kind: 'picture' }
  | { readonly kind: 'text' }

export const policyNames = Object.keys(policyTable) as readonly PolicyName[]

export const isPolicyName = (text: string): text is PolicyName => Object.hasOwn(policyTable, text)

/** The groups in the order in which the table begins them. */
export const groups = [...new Set(policyNames.map(name => policyTable[name].group))]

export type Group = (typeof groups)[number]

/** Tells whether every change of this value asks for the password again, a reason and a second look. */
export const isDangerous = (name: PolicyName): boolean => 'dangerous' in policyTable[name]

/** Tells whether this change does: of a dangerous value, or one that weakens a lock. */
export const isDangerousChange = (policy: Policy, name: PolicyName, value: unknown): boolean =>
  isDangerous(name) || weakens(policy, name, value)

/** The control that fits the kind of the value. */
export function controlOf(name: PolicyName): Control {
  if (name === 'timeZone') return { kind: 'zone' }
  if (name === 'twoStepFrom') return { kind: 'date' }
  if (name === 'agencyLogo') return { kind: 'picture' }
  const schema: z.ZodType = policyTable[name].schema
  if (schema instanceof z.ZodBoolean) return { kind: 'switch' }
  if (schema instanceof z.ZodEnum) return { kind: 'choice', values: schema.options.map(String) }
  if (schema instanceof z.ZodNumber)
    return { kind: 'number', least: schema.minValue ?? 0, most: schema.maxValue ?? 0 }
  return { kind: 'text' }
}

/** The unit of a number, from its range: `6 to 60 minutes`. */
export const unitOf = (name: PolicyName): string | undefined =>
  policyTable[name].range.match(/^\d+ to \d+ (\w+)/)?.[1]

/** A value as its control posts it. */
export const toField = (value: Policy[PolicyName]): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)

/** The content of a control as the value that it stands for; what is none is left to the schema to refuse. */
export function fromField(name: PolicyName, posted: string): unknown {
  const text = posted.normalize('NFC').trim()
  const { kind } = controlOf(name)
  if (kind === 'switch') return text === 'on' ? true : text === 'off' ? false : text
  if (kind === 'number') return /^-?\d{1,9}$/.test(text) ? Number(text) : text
  return name === 'doorColor' ? text.toLowerCase() : text
}

/** An administrator's entry for a change. */
export interface Entry {
  readonly value: unknown
  readonly reason: string
  /** Version of the policy that the page showed. */
  readonly seenVersion: number
  /** The page that tells what will happen was seen. */
  readonly isSure: boolean
}

/** A version that no policy has: a form without one is answered as one that came too late. */
const noVersion = -1

/** The value that a form asks for. */
export const wantedValue = (name: PolicyName, form: Form): unknown =>
  form.has('default') ? policyTable[name].default : fromField(name, form.get('value'))

/** Reads the form of a change; a reason is only asked for where the change is dangerous. */
export function readEntry(
  policy: Policy,
  name: PolicyName,
  form: Form,
): { readonly entry: Entry; readonly refusals: readonly Refusal<PolicyCode>[] } {
  const reason = form.get('reason').normalize('NFC').trim()
  const value = wantedValue(name, form)
  const refusals: Refusal<PolicyCode>[] = []
  if (reason === '' && isDangerousChange(policy, name, value))
    refusals.push({ code: 'policy.no-reason', field: 'reason' })
  if (isReasonTooLong(reason)) refusals.push({ code: 'policy.reason-too-long', field: 'reason' })
  return {
    entry: {
      value,
      reason,
      seenVersion: readVersion(form) ?? noVersion,
      isSure: form.get('step') === 'sure',
    },
    refusals,
  }
}

/** All zones that can be chosen, with the present one, which may be an older name of one of them. */
export const zonesWith = (present: string): readonly string[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', present])].sort()
