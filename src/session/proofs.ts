/**
 * The proofs that can stand behind a sign-in. A mailed link stands for the temporary password of a first sign-in. A passkey
 * or security key is verified when it made sure who holds it, and touched when somebody was only there. Added: it was set up
 * in this sign-in and has signed nothing yet. An own computer is remembered, and proves nothing to anyone else.
 */
export type ProofKind =
  | 'password'
  | 'mailed-link'
  | 'code'
  | 'backup-code'
  | 'code-card'
  | 'key-verified'
  | 'key-touched'
  | 'key-added'
  | 'own-computer'

/** When each was last given in this sign-in, in milliseconds since 1970; nothing else says what was proven. */
export type Proofs = Readonly<Partial<Record<ProofKind, number>>>

/** The kinds that meet 2-step verification. */
const secondSteps: readonly ProofKind[] = ['code', 'backup-code', 'code-card', 'key-verified', 'key-touched']
/** The kinds that begin a sign-in. */
const firstSteps = ['password', 'mailed-link'] as const satisfies readonly ProofKind[]

export const parseProofs = (text: string): Proofs => JSON.parse(text) as Proofs

export const proofsText = (proofs: Proofs): string => JSON.stringify(proofs)

export const withProofs = (proofs: Proofs, kinds: readonly ProofKind[], now: number): Proofs => ({
  ...proofs,
  ...Object.fromEntries(kinds.map(kind => [kind, now])),
})

const isAnyOf = (proofs: Proofs, kinds: readonly ProofKind[]): boolean =>
  kinds.some(kind => proofs[kind] !== undefined)

/** Tells whether the second step was proven: what applications are told. */
export const isCodeProven = (proofs: Proofs): boolean => isAnyOf(proofs, secondSteps)

/** Tells whether nothing more is asked for the second step: a sign-in that has just set up a key need not use it at once, nor one on a computer that is remembered. */
export const isStepMet = (proofs: Proofs): boolean =>
  isAnyOf(proofs, [...secondSteps, 'key-added', 'own-computer'])

/** When the sign-in was begun, by password or else by a passkey alone, or its password last given again. */
export const firstStepAt = (proofs: Proofs): number =>
  Math.max(0, ...firstSteps.map(kind => proofs[kind] ?? 0)) || (proofs['key-verified'] ?? 0)
