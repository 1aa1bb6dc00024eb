import type { Store, Tx } from '../store/store.ts'

export interface Delivery {
  readonly id: string
  readonly kind: string
  readonly recipient: string
  readonly subject: string
  readonly body_sealed: string | null
  readonly tries: number
  readonly created_at: number
}

/** Rows that are due, oldest first. */
export async function dueRows(
  { read }: Store,
  now: number,
  most: number,
): Promise<readonly { readonly id: string; readonly kind: string }[]> {
  return read
    .selectFrom('mail')
    .select(['id', 'kind'])
    .where('state', '=', 'waiting')
    .where('next_try_at', '<=', now)
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
      .returning(['id', 'kind', 'recipient', 'subject', 'body_sealed', 'tries', 'created_at'])
      .executeTakeFirst(),
  )
}

/** The body has done its work: it is wiped. */
export async function markSent(store: Store, id: string, now: number): Promise<void> {
  await store.writeOne(db =>
    db
      .updateTable('mail')
      .set({ state: 'sent', sent_at: now, body_sealed: null, last_error: null })
      .where('id', '=', id)
      .execute(),
  )
}

/** The next try, or none: then the message is refused for good. `error` is a code, never what the server said. */
export async function markFailed(
  store: Store,
  row: Pick<Delivery, 'id' | 'tries'>,
  error: string,
  nextTryAt: number | undefined,
): Promise<void> {
  const change =
    nextTryAt === undefined
      ? ({ state: 'refused', body_sealed: null } as const)
      : ({ next_try_at: nextTryAt } as const)
  await store.writeOne(db =>
    db
      .updateTable('mail')
      .set({ ...change, last_error: error })
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
