/** Characters of a request that comes in an address at most. */
export const longestRequest = 4_096

/**
 * Whether a request's `id_token_hint` is another token of ours (RFC 8725, 3.11): logout and access tokens have a type of
 * their own, ID tokens have none. What is no token at all the engine refuses. Pure.
 */
export function hasWrongHint(query: string): boolean {
  const hints = new URLSearchParams(query).getAll('id_token_hint')
  return hints.some(hint => !['', 'jwt'].includes(typeOf(hint)))
}

function typeOf(token: string): string {
  try {
    const header: unknown = JSON.parse(
      Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString('utf8'),
    )
    const isTyped = typeof header === 'object' && header !== null && 'typ' in header
    return isTyped ? String(header.typ).toLowerCase() : ''
  } catch {
    return ''
  }
}
