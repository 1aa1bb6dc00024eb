/** The proxies in front of Lintel, and what is said of it when it does not do its part. */
import { type BlockList, isIP } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import { clientAddress, isTrusted, plainAddress, trustedProxies } from './request.ts'

const troubles = {
  unnamed:
    'what sends X-Forwarded-For is not named in LINTEL_TRUSTED_PROXIES: everybody behind it counts as one address',
  silent: 'a proxy sends no X-Forwarded-For: everybody behind it counts as one address',
  unreadable:
    'a proxy sends an X-Forwarded-For that holds no address: everybody behind it counts as one address',
} as const

/** Why the caller's address is that of a proxy; undefined: it is not, as far as can be seen. */
export function proxyTrouble(
  connection: string,
  forwarded: string | undefined,
  trusted: BlockList,
): keyof typeof troubles | undefined {
  const isProxy = isTrusted(plainAddress(connection), trusted)
  const said = forwarded?.trim() ?? ''
  if (!isProxy) return said === '' ? undefined : 'unnamed'
  if (said === '') return 'silent'
  const last = said.split(',').at(-1) ?? ''
  return isIP(plainAddress(last)) === 0 ? 'unreadable' : undefined
}

/** Logs each kind of trouble once: it holds for every request until the proxy is set right. */
export function onceFor(
  log: Pick<Logger, 'warn'>,
): (says: string, facts: Readonly<Record<string, string>>) => void {
  const said = new Set<string>()
  return (says, facts) => {
    if (said.has(says)) return
    said.add(says)
    log.warn(facts, says)
  }
}

/** The caller's address from the connection and X-Forwarded-For. */
export function createAddressReader(
  proxies: readonly string[] | undefined,
  warn: ReturnType<typeof onceFor>,
): (connection: string, forwarded: string | undefined) => string {
  const trusted = trustedProxies(proxies ?? [])
  return (connection, forwarded) => {
    const trouble = proxyTrouble(connection, forwarded, trusted)
    if (trouble !== undefined && proxies !== undefined)
      warn(troubles[trouble], { from: connection, forwarded: (forwarded ?? '').slice(-60) })
    return clientAddress(connection, forwarded, trusted)
  }
}

/** Bits below which a range is no place where proxies stand but a part of the world. */
const fewestBits = { 4: 8, 6: 16 } as const

/** The ranges among the trusted proxies from which anybody could claim any address. */
export const widestProxies = (proxies: readonly string[]): readonly string[] =>
  proxies.filter(entry => {
    const [address = '', bits = '128'] = entry.split('/')
    return Number(bits) < fewestBits[isIP(address) === 4 ? 4 : 6]
  })

type HostKind = 'own' | 'other' | 'proxy'

/**
 * Whose name a request carries: the site's own, another that somebody may have typed, or one that only a proxy gives to what
 * is behind it: an address, a name without a dot, another port.
 */
export function hostKind(given: string | undefined, origin: string): HostKind {
  const { protocol, host, port } = new URL(origin)
  const text = `${protocol}//${given ?? ''}`
  if (/[^\w.:[\]-]/.test(given ?? ' ') || !URL.canParse(text)) return 'other'
  const url = new URL(text)
  if (url.host === host) return 'own'
  const name = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(name) !== 0 || !name.includes('.') || (url.port !== '' && url.port !== port) ? 'proxy' : 'other'
}

/** What a proxy has to be told that gives us a name of its own; a redirect would come back through it for ever. */
export const keepTheHost = (given: string, origin: string): string =>
  `The proxy in front of ${origin} asks for "${given}" instead of the name that people type. It has to keep the Host header.\n`

/**
 * Says of pages that they are encoded already: as themselves. Proxies that compress on their own, as nginx does on Debian,
 * then leave them alone (docs/decisions/026).
 */
export const keepUncompressed: MiddlewareHandler = async (c, next) => {
  await next()
  const isPage = c.res.headers.get('content-type')?.startsWith('text/html') === true
  if (isPage && !c.res.headers.has('content-encoding')) c.res.headers.set('content-encoding', 'identity')
}
