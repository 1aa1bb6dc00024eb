import type { Store } from '../store/store.ts'
import { type App, readApps } from './app/store.ts'
import { type KeptCard, readCard } from './code-card/store.ts'
import type { Asked } from './common/way.ts'

/** The ways that a person has beside backup codes. */
export interface OwnWays {
  readonly apps: readonly App[]
  readonly card: KeptCard | undefined
}

export const readOwnWays = async (db: Store['read'], accountId: string): Promise<OwnWays> => ({
  apps: await readApps(db, accountId),
  card: await readCard(db, accountId),
})

/** The way that a sign-in asks for first: the one used last. A card that is used up comes after an app. */
export function firstAsked({ apps, card }: OwnWays): Asked {
  if (apps.length === 0) return card === undefined ? 'app' : 'code-card'
  const appUsedAt = Math.max(...apps.map(({ lastUsedAt }) => lastUsedAt))
  return card !== undefined && card.left > 0 && (card.lastUsedAt ?? 0) > appUsedAt ? 'code-card' : 'app'
}

/** Every way of a person but this one, in the order in which they are offered. */
export function othersThan(asked: Asked, { apps, card }: OwnWays): readonly Asked[] {
  const all: readonly Asked[] = [
    ...(apps.length > 0 ? (['app'] as const) : []),
    ...(card === undefined ? [] : (['code-card'] as const)),
    'backup-code',
  ]
  return all.filter(way => way !== asked)
}
