import { hashToken, newToken } from '../store/ids.ts'
import type { LinkKind } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'

/** A link for one mail. Times in milliseconds. */
export interface NewLink {
  readonly kind: LinkKind
  readonly accountId: string
  readonly epoch: number
  readonly now: number
  readonly lifetime: number
}

/** Makes a link of 256 random bits, of which the store keeps the hash (ASVS V6.5.1, V11.5.1). @returns the token. */
export async function makeLink(tx: Tx, given: NewLink): Promise<string> {
  const token = newToken()
  await tx.db
    .insertInto('one_time_link')
    .values({
      token_hash: hashToken(token),
      kind: given.kind,
      account_id: given.accountId,
      epoch: given.epoch,
      created_at: given.now,
      expires_at: given.now + given.lifetime,
      wrong_answers: 0,
    })
    .execute()
  return token
}

/**
 * Ends links that are still open: a newer one takes their place, or the address they went to is no longer the person's. They
 * are over since they were made, so that no clock that is set back opens them again.
 */
export async function endLinks(
  tx: Tx,
  accountId: string,
  kinds: readonly LinkKind[],
  now: number,
): Promise<void> {
  await tx.db
    .updateTable('one_time_link')
    .set(eb => ({ expires_at: eb.ref('created_at') }))
    .where('account_id', '=', accountId)
    .where('kind', 'in', kinds)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .execute()
}
