import type { Store, Tx } from '../store/store.ts'
import type { Failure } from './failure.ts'

export interface Delivery {
  readonly id: string
  readonly kind: string
  readonly recipient: string
  readonly subject: string
  readonly body_sealed: string | null
  readonly tries: number
  readonly created_at: number
  readonly useful_until: number | null
}

/** Which rows of the queue are meant: those of these kinds, or all others. */
export interface Kinds {
  readonly among: boolean
  readonly kinds: readonly string[]
}

/** Rows that are due, oldest first. */
export async function dueRows(
  { read }: Store,
  now: number,
  most: number,
  { among, kinds }: Kinds,
): Promise<readonly { readonly id: string; readonly kind: string }[]> {
  return read
    .selectFrom('mail')
    .select(['id', 'kind'])
    .where('state', '=', 'waiting')
    .where('next_try_at', '<=', now)
    .$if(kinds.length > 0, query => query.where('kind', among ? 'in' : 'not in', kinds))
    .orderBy('next_try_at')
    .orderBy('id')
    .limit(most)
    .execute()
}

/** Takes a row for one try, or undefined when another process was first; a process that dies gives it up at `until`. */
export function claimDelivery(
  store: Store,
  id: string,
  now: number,
  until: number,
): Promise<Delivery | undefined> {
  return store.writeOne(db =>
    db
      .updateTable('mail')
      .set(eb => ({ tries: eb('tries', '+', 1), next_try_at: until }))
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .where('next_try_at', '<=', now)
      .returning(['id', 'kind', 'recipient', 'subject', 'body_sealed', 'tries', 'created_at', 'useful_until'])
      .executeTakeFirst(),
  )
}

/** The body has done its work: it is wiped. */
export async function markSent(store: Store, id: string, now: number): Promise<void> {
  await store.writeOne(db =>
    db
      .updateTable('mail')
      .set({ state: 'sent', sent_at: now, body_sealed: null, last_error: null, server_said: null })
      .where('id', '=', id)
      .execute(),
  )
}

/** Says that the process which took a row is still at it. @returns false when the row is no longer its own. */
export async function renewDelivery(
  store: Store,
  row: Pick<Delivery, 'id' | 'tries'>,
  until: number,
): Promise<boolean> {
  const { numUpdatedRows } = await store.writeOne(db =>
    db
      .updateTable('mail')
      .set({ next_try_at: until })
      .where('id', '=', row.id)
      .where('state', '=', 'waiting')
      .where('tries', '=', row.tries)
      .executeTakeFirst(),
  )
  return numUpdatedRows === 1n
}

/** The next try, or none: then the message is refused for good, and nothing but what the server said of it is kept. */
export async function markFailed(
  store: Store,
  row: Pick<Delivery, 'id' | 'tries'>,
  failure: Pick<Failure, 'code' | 'said'>,
  nextTryAt: number | undefined,
): Promise<void> {
  const change =
    nextTryAt === undefined
      ? ({ state: 'refused', body_sealed: null } as const)
      : ({ next_try_at: nextTryAt } as const)
  await store.writeOne(db =>
    db
      .updateTable('mail')
      .set({ ...change, last_error: failure.code, server_said: failure.said === '' ? null : failure.said })
      .where('id', '=', row.id)
      .where('state', '=', 'waiting')
      .where('tries', '=', row.tries)
      .execute(),
  )
}

/** Takes an errand out of the queue, in the transaction that does it. @returns its sealed payload, once. */
export async function takeErrand(tx: Tx, id: string): Promise<string | undefined> {
  const taken = await tx.db
    .deleteFrom('mail')
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .returning('body_sealed')
    .executeTakeFirst()
  return taken?.body_sealed ?? undefined
}
