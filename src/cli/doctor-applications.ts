import type { Application } from '../applications/rules.ts'
import { type KnownSecret, listApplications, secretsOf } from '../applications/store.ts'
import type { Store } from '../store/store.ts'
import type { Finding } from './finding.ts'

const day = 24 * 3_600_000
/** Days after which a key that signs is due for another. */
const keyDays = 365
/** Days in which a new secret should have been used, and a change from one to the other be done. */
const secretDays = 14
/** Milliseconds that an application has to answer. */
const patience = 5_000

const warn = (says: string): Finding => ({ what: 'applications', state: 'warn', says })
const daysSince = (at: number, now: number): number => Math.floor((now - at) / day)

/** What stands in how an application is registered. Pure. */
export function registeredInWords(application: Application, isHttps: boolean): readonly Finding[] {
  const open = application.redirectUris.filter(uri => uri.startsWith('http:'))
  return isHttps && open.length > 0
    ? [
        warn(
          `${application.name} takes its code at ${open.join(' and ')}, without TLS. That is for development: remove it.`,
        ),
      ]
    : []
}

/** What is to be done about an application's secrets. Pure. */
export function secretsInWords(
  name: string,
  secrets: readonly KnownSecret[],
  now: number,
): readonly Finding[] {
  const isOld = ({ createdAt }: KnownSecret) => daysSince(createdAt, now) >= secretDays
  const unused = secrets.filter(secret => secret.lastUsedAt === null && isOld(secret))
  if (unused.length > 0)
    return [
      warn(
        `${name} has a secret that was never used in ${daysSince(Math.min(...unused.map(secret => secret.createdAt)), now)} days: remove it, or enter it there.`,
      ),
    ]
  return secrets.length > 1 && secrets.every(isOld)
    ? [warn(`${name} has two secrets for a change that is long over: remove the older one.`)]
    : []
}

/** Exceptions are meant; they are named so that nobody forgets them. */
const countInWords = (list: readonly Application[]): Finding => {
  const without = list.filter(({ pkceException }) => pkceException !== undefined).map(({ name }) => name)
  const disabled = list.filter(({ disabledAt }) => disabledAt !== null).length
  const parts = [
    `${list.length} registered`,
    ...(disabled > 0 ? [`${disabled} disabled`] : []),
    ...(without.length > 0 ? [`without PKCE: ${without.join(', ')}`] : []),
  ]
  return { what: 'applications', state: 'good', says: parts.join('; ') }
}

/** Looks at applications, their secrets and notices, and the keys that sign for them. Nothing where none is registered. */
export async function lookAtApplications(
  store: Pick<Store, 'read' | 'ask'>,
  isHttps: boolean,
  now: number,
): Promise<readonly Finding[]> {
  const all = await listApplications(store)
  if (all.length === 0) return []
  const findings: Finding[] = [countInWords(all)]
  for (const application of all.filter(({ disabledAt }) => disabledAt === null)) {
    findings.push(
      ...registeredInWords(application, isHttps),
      ...secretsInWords(application.name, await secretsOf(store, application.id), now),
      ...(await lookAtListener(application)),
    )
  }
  return [...findings, ...(await lookAtNotices(store)), ...(await lookAtKey(store, now))]
}

/** Any answer will do: what it says to a request that is no notice is its own matter. */
async function lookAtListener({ name, backchannelUri }: Application): Promise<readonly Finding[]> {
  if (backchannelUri === undefined) return []
  try {
    const answer = await fetch(backchannelUri, { redirect: 'manual', signal: AbortSignal.timeout(patience) })
    await answer.body?.cancel()
    return []
  } catch {
    return [
      warn(
        `${name} does not answer at ${backchannelUri}, so it does not hear of sign-outs. Check the address and the network.`,
      ),
    ]
  }
}

async function lookAtNotices({ read }: Pick<Store, 'read'>): Promise<readonly Finding[]> {
  const rows = await read
    .selectFrom('logout_notice')
    .innerJoin('application', 'application.id', 'application_id')
    .select(['name', eb => eb.fn.countAll<number>().as('count')])
    .where('last_error', 'is not', null)
    .where('sent_at', 'is', null)
    .groupBy('name')
    .orderBy('name')
    .execute()
  return rows.map(({ name, count }) =>
    warn(`${Number(count)} sign-out notices to ${name} failed: its page in the console says why.`),
  )
}

async function lookAtKey({ read }: Pick<Store, 'read'>, now: number): Promise<readonly Finding[]> {
  const key = await read
    .selectFrom('signing_key')
    .select('changed_at')
    .where('stage', '=', 'current')
    .executeTakeFirst()
  const age = key === undefined ? 0 : daysSince(key.changed_at, now)
  return age >= keyDays
    ? [warn(`the key that signs for applications is ${age} days old: lintel application key rotate`)]
    : []
}
