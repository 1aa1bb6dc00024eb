/** The proofs that can stand behind a sign-in. A mailed link stands for the temporary password of a first sign-in. */
export type ProofKind = 'password' | 'mailed-link' | 'code' | 'backup-code' | 'code-card'

/** When each was last given in this sign-in, in milliseconds since 1970; nothing else says what was proven. */
export type Proofs = Readonly<Partial<Record<ProofKind, number>>>

/** The kinds that meet 2-step verification. */
const secondSteps = ['code', 'backup-code', 'code-card'] as const satisfies readonly ProofKind[]
/** The kinds that begin a sign-in. */
const firstSteps = ['password', 'mailed-link'] as const satisfies readonly ProofKind[]

export const parseProofs = (text: string): Proofs => JSON.parse(text) as Proofs

export const proofsText = (proofs: Proofs): string => JSON.stringify(proofs)

export const withProofs = (proofs: Proofs, kinds: readonly ProofKind[], now: number): Proofs => ({
  ...proofs,
  ...Object.fromEntries(kinds.map(kind => [kind, now])),
})

export const isCodeProven = (proofs: Proofs): boolean => secondSteps.some(kind => proofs[kind] !== undefined)

/** When the sign-in was begun, or its password last given again. */
export const firstStepAt = (proofs: Proofs): number =>
  Math.max(0, ...firstSteps.map(kind => proofs[kind] ?? 0))
