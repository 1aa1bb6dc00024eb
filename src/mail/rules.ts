const second = 1_000
const minute = 60 * second

/** Milliseconds that one try holds a message; longer than any try lasts. */
export const lease = 2 * minute
/** After so many tries, about five hours, a message is refused. */
export const mostTries = 12

/** Milliseconds from the n-th failed try to the next: 30 s, doubling to 1 h; undefined: no more. */
export const retryAfter = (tries: number): number | undefined =>
  tries >= mostTries ? undefined : Math.min(30 * second * 2 ** (tries - 1), 60 * minute)

/** What went wrong, as a code that names no person, and whether another try could help. */
export function readFailure(error: unknown): { readonly code: string; readonly final: boolean } {
  if (!(error instanceof Error)) return { code: 'EUNKNOWN', final: false }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'EUNKNOWN'
  const status =
    'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined
  const final = (code === 'EENVELOPE' || code === 'EMESSAGE') && status !== undefined && status >= 500
  return { code: status === undefined ? code : `${code} ${status}`, final }
}
