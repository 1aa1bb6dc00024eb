import type { Store } from '../store/store.ts'
import { type App, readApps } from './app/store.ts'
import { type KeptCard, readCard } from './code-card/store.ts'
import type { Asked } from './common/way.ts'
import type { Site } from './passkeys/site.ts'
import { type Passkey, readPasskeys } from './passkeys/store.ts'

/** The ways that a person has beside backup codes. */
export interface OwnWays {
  readonly apps: readonly App[]
  /** Passkeys and security keys, those of a former address too. */
  readonly keys: readonly Passkey[]
  /** Those that work at this address. */
  readonly keysHere: readonly Passkey[]
  readonly card: KeptCard | undefined
}

export async function readOwnWays(
  db: Store['read'],
  accountId: string,
  site: Site | undefined,
): Promise<OwnWays> {
  const keys = await readPasskeys(db, accountId)
  return {
    apps: await readApps(db, accountId),
    keys,
    keysHere: keys.filter(({ rpId }) => rpId === site?.rpId),
    card: await readCard(db, accountId),
  }
}

/** The way that a sign-in asks for first: of those that can be used, the one used last. */
export function firstAsked({ apps, keys, keysHere, card }: OwnWays): Asked {
  const usable: readonly (readonly [way: Asked, lastUsedAt: number])[] = [
    ...apps.map(({ lastUsedAt }) => ['app', lastUsedAt] as const),
    ...keysHere.map(({ lastUsedAt, addedAt }) => ['passkey', lastUsedAt ?? addedAt] as const),
    ...(card !== undefined && card.left > 0 ? [['code-card', card.lastUsedAt ?? 0] as const] : []),
  ]
  const [first] = usable.toSorted(([, one], [, other]) => other - one)
  if (first !== undefined) return first[0]
  return card !== undefined ? 'code-card' : keys.length > 0 ? 'passkey' : 'app'
}

/** Every way of a person but this one, in the order in which they are offered. */
export function othersThan(asked: Asked, { apps, keysHere, card }: OwnWays): readonly Asked[] {
  const all: readonly Asked[] = [
    ...(apps.length > 0 ? (['app'] as const) : []),
    ...(keysHere.length > 0 ? (['passkey'] as const) : []),
    ...(card === undefined ? [] : (['code-card'] as const)),
    'backup-code',
  ]
  return all.filter(way => way !== asked)
}
