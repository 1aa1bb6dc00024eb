import type { Role } from '../store/schema.ts'
import { type Step, stepAddress } from './next-step.ts'
import type { Visitor } from './visitor.ts'

/** The callers that may use a route. Every route says so; the pages and attack tests are made from it. */
export type Access =
  /** Anybody, whatever is open: sign-in itself, mailed links, health. */
  | { readonly kind: 'anyone' }
  /** Anyone who has given the right password, whatever is open: sign out. */
  | { readonly kind: 'holder' }
  /** While this step is open; with `inside` also when none is. */
  | { readonly kind: 'step'; readonly step: Step; readonly inside?: true }
  /** A full session with no step open, of one of these roles, or of an agency's contact. */
  | { readonly kind: 'inside'; readonly roles?: readonly Role[]; readonly contact?: true }

export const anyone = { kind: 'anyone' } as const satisfies Access
export const holder = { kind: 'holder' } as const satisfies Access
export const inside = { kind: 'inside' } as const satisfies Access
export const atStep = (step: Step) => ({ kind: 'step', step }) as const satisfies Access
export const atStepOrInside = (step: Step) => ({ kind: 'step', step, inside: true }) as const satisfies Access
export const staff = { kind: 'inside', roles: ['helpdesk', 'administrator'] } as const satisfies Access
export const administrators = { kind: 'inside', roles: ['administrator'] } as const satisfies Access

/** For everyone else there is no such address: nobody needs to know whose desk it is. */
export const contacts = { kind: 'inside', contact: true } as const satisfies Access

export type AccessDecision =
  | { readonly admit: true }
  | { readonly admit: false; readonly leadTo: string; readonly why: 'signed-out' | 'step-open' | 'step-done' }
  | { readonly admit: false; readonly leadTo: undefined; readonly why: 'role' | 'not-there' }

/** Tells whether this visitor may use a route now, or where they are led instead. Pure. */
export function admit(access: Access, visitor: Visitor): AccessDecision {
  if (access.kind === 'anyone') return { admit: true }
  if (visitor.kind === 'stranger') return { admit: false, leadTo: '/sign-in', why: 'signed-out' }
  if (access.kind === 'holder') return { admit: true }
  const { step } = visitor
  if (access.kind === 'step' && access.step === step) return { admit: true }
  if (step !== undefined) return { admit: false, leadTo: stepAddress[step], why: 'step-open' }
  if (visitor.kind === 'pending') return { admit: false, leadTo: '/', why: 'step-done' }
  if (access.kind === 'step')
    return access.inside ? { admit: true } : { admit: false, leadTo: '/', why: 'step-done' }
  if (access.roles !== undefined && !access.roles.includes(visitor.person.role))
    return { admit: false, leadTo: undefined, why: 'role' }
  if (access.contact && visitor.row.contact_since === null)
    return { admit: false, leadTo: undefined, why: 'not-there' }
  return { admit: true }
}
