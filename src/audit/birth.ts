import { z } from 'zod'

/** Chains that a new one names: enough for all that run side by side, so that each is named by later ones. */
export const namedAtBirth = 16

const schema = z.object({
  startedAt: z.number(),
  host: z.string(),
  before: z.array(z.tuple([z.string(), z.number(), z.string()])),
})

/** Where a chain ends, or ended when this was written down. */
export interface ChainHead {
  readonly chain: string
  readonly length: number
  readonly head: string
}

interface Birth {
  readonly startedAt: number
  readonly host: string
  /** Where the newest chains ended when this one began: one of them that is taken out later, or shortened, is missed. */
  readonly before: readonly ChainHead[]
}

/** What the first record of a chain is signed on top of. */
export const writeBirth = ({ startedAt, host, before }: Birth): string =>
  JSON.stringify({ startedAt, host, before: before.map(({ chain, length, head }) => [chain, length, head]) })

/** undefined when it is none. */
export function readBirth(text: string): Birth | undefined {
  try {
    const { before, ...rest } = schema.parse(JSON.parse(text))
    return { ...rest, before: before.map(([chain, length, head]) => ({ chain, length, head })) }
  } catch {
    return undefined
  }
}
