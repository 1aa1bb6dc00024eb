/**
 * What the cookies of a site have at the end of their names. Browsers send the cookies of a host to all its ports, so sites
 * side by side on one host keep theirs apart by the port. Without it go port 443 on https, and 3000, Lintel's own, on http.
 */
export function cookieSuffix(origin: string): string {
  const { protocol, port } = new URL(origin)
  if (protocol === 'https:') return port && `-${port}`
  return port === '3000' ? '' : `-${port || '80'}`
}

interface CookieKind {
  readonly named: (name: string) => string
  readonly attributes: {
    readonly path: '/'
    readonly httpOnly: true
    readonly secure: boolean
    readonly sameSite: 'Lax'
  }
}

/** `__Host-` and Secure on https; on http (loopback only) neither, because WebKit drops Secure cookies there. */
export function cookieKind(origin: string): CookieKind {
  const secure = new URL(origin).protocol === 'https:'
  const suffix = cookieSuffix(origin)
  return {
    named: name => `${secure ? '__Host-' : ''}${name}${suffix}`,
    attributes: { path: '/', httpOnly: true, secure, sameSite: 'Lax' },
  }
}

/** Tells whether a Cookie header holds any cookie of the site at an origin. */
export function hasCookieOf(origin: string, header: string): boolean {
  const { named } = cookieKind(origin)
  return header.split(';').some(pair => {
    const name = pair.split('=')[0]?.trim() ?? ''
    const plain = /lintel(?:-[a-z]+)*/.exec(name)?.[0]
    return plain !== undefined && name === named(plain)
  })
}
