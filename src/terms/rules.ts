import type { Refusal, RefusalOf } from '../refusals.ts'

export type PublishCode = RefusalOf<'publish'>

/** Characters of a text at most. */
export const longestTerms = 40_000

/** A text as it is kept and hashed: one kind of line end, nothing around it. */
export const tidyTerms = (text: string): string => text.replace(/\r\n?/g, '\n').trim()

/** Problems with a tidied text. */
export function checkTerms(text: string): readonly Refusal<PublishCode>[] {
  if (text === '') return [{ code: 'publish.empty', field: 'text' }]
  return text.length > longestTerms ? [{ code: 'publish.too-long', field: 'text' }] : []
}

/**
 * Problems with a moment from which a text is to hold: it has passed, or it does not come after the last one that
 * was set, so that the versions would hold in another order than they are numbered. Times in milliseconds since 1970.
 */
export function checkMoment(
  effectiveAt: number,
  given: { readonly now: number; readonly last: number | undefined },
): readonly Refusal<PublishCode>[] {
  if (effectiveAt < given.now) return [{ code: 'publish.past', field: 'date' }]
  if (given.last !== undefined && effectiveAt <= given.last)
    return [{ code: 'publish.before-last', field: 'date' }]
  return []
}
