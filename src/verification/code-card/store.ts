import { sql } from 'kysely'
import { type CodeCard, cardOf } from '../../session/code-card.ts'
import type { Keyring } from '../../store/keyring.ts'
import type { Store, Tx } from '../../store/store.ts'
import type { Verdict } from '../common/way.ts'
import { cardHash, isCardCode, newSalt } from './hash.ts'

/** A card before it is in force: made outside the transaction, because hashing is slow. */
export interface PreparedCard {
  readonly accountId: string
  /** To be printed, this once. */
  readonly codes: readonly string[]
  readonly salt: string
  readonly hashes: readonly string[]
}

/** Hashes the codes of a card for one account. */
export async function prepareCard(
  keyring: Keyring,
  accountId: string,
  codes: readonly string[],
): Promise<PreparedCard> {
  const salt = newSalt()
  const hashes = await Promise.all(
    codes.map((code, index) => cardHash(keyring, { accountId, salt, number: index + 1 }, code)),
  )
  return { accountId, codes, salt, hashes }
}

/** A code card with what Security Settings tells of it. Times are milliseconds since 1970. */
export interface KeptCard extends CodeCard {
  /** How many cards the account has had. */
  readonly serial: number
  readonly madeAt: number
  readonly lastUsedAt: number | null
}

/** The card of an account that has one. */
export async function readCard(db: Store['read'], accountId: string): Promise<KeptCard | undefined> {
  const row = await db
    .selectFrom('code_card')
    .select(['serial', 'next_number', 'made_at', 'last_used_at'])
    .where('account_id', '=', accountId)
    .where('hashes', 'is not', null)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { serial, made_at: madeAt, last_used_at: lastUsedAt } = row
  return { ...cardOf(serial, row.next_number), serial, madeAt, lastUsedAt }
}

/** The letter that the account's next card has. */
export async function nextSerial(db: Store['read'], accountId: string): Promise<number> {
  const row = await db
    .selectFrom('code_card')
    .select('serial')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return (row?.serial ?? 0) + 1
}

/**
 * Puts a card in force; the one before is dead. `proven`: its first code was entered to show that it is at hand, and is
 * used. @returns the card.
 */
export async function putCard(
  tx: Tx,
  { accountId, salt, hashes }: PreparedCard,
  now: number,
  proven = false,
): Promise<CodeCard> {
  const columns = {
    salt,
    hashes: JSON.stringify(hashes),
    next_number: proven ? 2 : 1,
    made_at: now,
    last_used_at: proven ? now : null,
  }
  const row = await tx.db
    .insertInto('code_card')
    .values({ account_id: accountId, serial: 1, ...columns })
    .onConflict(conflict =>
      conflict.column('account_id').doUpdateSet({ ...columns, serial: sql<number>`code_card.serial + 1` }),
    )
    .returning(['serial', 'next_number'])
    .executeTakeFirstOrThrow()
  return cardOf(row.serial, row.next_number)
}

/**
 * Checks the code that is asked for next and takes it. The update is the claim: one of any number at once succeeds. The
 * code before it is told apart, so that somebody who reads the wrong line hears so.
 */
export async function takeCardCode(
  tx: Tx,
  keyring: Keyring,
  accountId: string,
  code: string,
  now: number,
): Promise<Verdict> {
  const card = await tx.db
    .selectFrom('code_card')
    .select(['salt', 'hashes', 'next_number'])
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  if (card === undefined || card.hashes === null) return 'wrong'
  const { salt, next_number: next } = card
  const hashes = JSON.parse(card.hashes) as readonly string[]
  const is = (number: number): boolean => {
    const stored = hashes[number - 1]
    return stored !== undefined && isCardCode(keyring, { accountId, salt, number }, code, stored)
  }
  if (!is(next)) return is(next - 1) ? 'used' : 'wrong'
  const claimed = await tx.db
    .updateTable('code_card')
    .set({ next_number: next + 1, last_used_at: now })
    .where('account_id', '=', accountId)
    .where('salt', '=', salt)
    .where('next_number', '=', next)
    .where('hashes', 'is not', null)
    .executeTakeFirst()
  return claimed.numUpdatedRows === 1n ? 'right' : 'used'
}

/**
 * Takes the card of an account away, or only its n-th; the next one has the letter after it.
 * @returns false when there was none.
 */
export async function removeCard(tx: Tx, accountId: string, serial?: number): Promise<boolean> {
  const removed = await tx.db
    .updateTable('code_card')
    .set({ hashes: null })
    .where('account_id', '=', accountId)
    .where('hashes', 'is not', null)
    .$if(serial !== undefined, query => query.where('serial', '=', serial ?? 0))
    .executeTakeFirst()
  return removed.numUpdatedRows === 1n
}
