import { sql } from 'kysely'
import { newId } from '../store/ids.ts'
import type { Keyring } from '../store/keyring.ts'
import { sealedIn } from '../store/reseal.ts'
import type { Tx } from '../store/store.ts'
import { isSendable } from '../web/email-address.ts'
import type { Body } from './render.ts'
import { markQueued } from './wake.ts'

/** One mail to one person. */
export interface Message extends Body {
  readonly kind: string
  readonly accountId: string | null
  readonly recipient: string
  readonly subject: string
  /** Milliseconds since 1970 from which it is of no use, as its link is dead then. */
  readonly usefulUntil?: number
}

/** The context that binds a sealed body to its row. */
export const sealContext = (id: string): string => `mail ${id}`

export const sealedMail = sealedIn('mail', 'body_sealed', 'id', { id: sql.ref('id') }, ({ id }) =>
  sealContext(id),
)

/**
 * Puts a message into the queue, in the transaction of the change that it tells of. The body is sealed until it is sent,
 * and then wiped. An address that mail cannot go to is kept as refused, for the helpdesk to see.
 * @returns the message's id.
 */
export async function queueMail(tx: Tx, keyring: Keyring, message: Message, now: number): Promise<string> {
  const id = newId(now)
  const sendable = isSendable(message.recipient)
  const body: Body = { text: message.text, html: message.html }
  await tx.db
    .insertInto('mail')
    .values({
      id,
      account_id: message.accountId,
      kind: message.kind,
      recipient: message.recipient,
      subject: message.subject,
      body_sealed: sendable ? keyring.seal(JSON.stringify(body), sealContext(id)) : null,
      state: sendable ? 'waiting' : 'refused',
      tries: 0,
      next_try_at: now,
      created_at: now,
      last_error: sendable ? null : 'EADDRESS',
      useful_until: message.usefulUntil ?? null,
    })
    .execute()
  if (sendable) markQueued(tx)
  return id
}

/**
 * Leaves work for after the reply: the request only writes this row, whatever it will lead to, so that its time tells
 * nothing. The postman does it in a transaction of its own and removes the row.
 */
export async function queueErrand(
  tx: Tx,
  keyring: Keyring,
  errand: { readonly kind: string; readonly payload: string },
  now: number,
): Promise<void> {
  const id = newId(now)
  await tx.db
    .insertInto('mail')
    .values({
      id,
      account_id: null,
      kind: errand.kind,
      recipient: '',
      subject: '',
      body_sealed: keyring.seal(errand.payload, sealContext(id)),
      state: 'waiting',
      tries: 0,
      next_try_at: now,
      created_at: now,
    })
    .execute()
  markQueued(tx)
}
