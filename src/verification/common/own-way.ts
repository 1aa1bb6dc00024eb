import type { CodeCard } from '../../session/code-card.ts'
import type { PasskeyKind } from '../../store/schema.ts'
import type { Store, Tx } from '../../store/store.ts'

/** The kinds of ways that a person can have several of, name, or take away one by one. Backup codes are no such way. */
export type OwnKind = 'app' | PasskeyKind | 'code-card'

/** One of a person's ways to prove the second step. Times are milliseconds since 1970. */
export interface OwnWay {
  readonly id: string
  readonly kind: OwnKind
  /** What the person calls it; null: nothing yet. */
  readonly name: string | null
  readonly addedAt: number
  readonly lastUsedAt: number | null
  /** What a code card is known by, and how many codes it has left. */
  readonly card?: CodeCard
  /** Its provider keeps a copy for the person's other devices. */
  readonly synced?: boolean
  /** The host that a key is bound to: it signs nowhere else. */
  readonly host?: string
}

/** How the ways of one kind are listed, named and taken away. False: it is gone already. */
export interface Keeper {
  readonly list: (db: Store['read'], accountId: string) => Promise<readonly OwnWay[]>
  readonly rename?: (tx: Tx, accountId: string, id: string, name: string) => Promise<boolean>
  readonly removeOne: (tx: Tx, accountId: string, id: string) => Promise<boolean>
}

/** Code points of the longest name of a way. */
export const longestWayName = 40

/** Tells whether a key is of a former address of the site. `here`: the host of today; undefined where no keys work at all. */
export const isElsewhere = ({ host }: Pick<OwnWay, 'host'>, here: string | undefined): boolean =>
  host !== undefined && host !== here

/** Tells whether a way can still prove anything here: a card may be used up, a key be of a former address. */
export const isUsable = (way: Pick<OwnWay, 'card' | 'host'>, here: string | undefined): boolean =>
  way.card?.left !== 0 && !isElsewhere(way, here)
