import { BlockList, isIPv4 } from 'node:net'
import type { Settings } from '../settings.ts'
import type { Store } from '../store/store.ts'
import { isTrusted, trustedProxies } from '../web/request.ts'
import type { Finding } from './finding.ts'

const day = 24 * 3_600_000
/** Sign-ins that are looked at: the newest, of the last week. */
const newest = 200
/** So many sign-ins by so many people tell something. */
const fewestSignIns = 20
const fewestPeople = 5
/** The share of them from one address that no office reaches by itself. */
const nearlyAll = 0.9

const inside = new BlockList()
for (const range of ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '100.64.0.0/10'])
  inside.addSubnet(...parts(range), 'ipv4')
for (const range of ['fc00::/7', 'fe80::/10', '::1/128']) inside.addSubnet(...parts(range), 'ipv6')

function parts(range: string): [address: string, bits: number] {
  const [address = '', bits] = range.split('/')
  return [address, Number(bits)]
}

/** An address that means no machine of the open network. */
const isInside = (address: string) => inside.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')

interface SignIn {
  readonly person: string
  readonly address: string
}

/** The proxy's address, when nearly all of these sign-ins bear it instead of their own. */
export function addressOfAll(
  signIns: readonly SignIn[],
  proxies: readonly string[],
): { readonly address: string; readonly count: number } | undefined {
  const people = new Set(signIns.map(({ person }) => person))
  if (signIns.length < fewestSignIns || people.size < fewestPeople) return undefined
  const trusted = trustedProxies(proxies)
  const [most] = [...Map.groupBy(signIns, ({ address }) => address)]
    .map(([address, { length: count }]) => ({ address, count }))
    .toSorted((a, b) => b.count - a.count)
  if (most === undefined || most.count < nearlyAll * signIns.length) return undefined
  return isInside(most.address) || isTrusted(most.address, trusted) ? most : undefined
}

/** What the last sign-ins tell of the proxy: with one address for everybody, one person's wrong passwords shut all out. */
export async function lookAtSources(
  { read }: Pick<Store, 'read'>,
  { LINTEL_TRUSTED_PROXIES: proxies = [] }: Pick<Settings, 'LINTEL_TRUSTED_PROXIES'>,
  now: number,
): Promise<readonly Finding[]> {
  const rows = await read
    .selectFrom('audit_record')
    .select(['actor as person', 'address'])
    .where('event', 'in', ['authn_login_success', 'authn_login_successafterfail'])
    .where('at', '>', now - 7 * day)
    .orderBy('at', 'desc')
    .limit(newest)
    .execute()
  const signIns = rows.map(({ person, address }) => ({ person, address: address ?? '' }))
  const found = addressOfAll(signIns, proxies)
  if (found === undefined) return []
  const remedy = proxies.includes(found.address)
    ? 'let that proxy send X-Forwarded-For with the address of its caller'
    : 'if a proxy is there, name it in LINTEL_TRUSTED_PROXIES and let it send X-Forwarded-For'
  return [
    {
      what: 'sources',
      state: 'warn',
      says: `${found.count} of the last ${signIns.length} sign-ins come from ${found.address}: everybody counts as one address, and the wrong passwords of one make all wait. So ${remedy}.`,
    },
  ]
}
