import { createHash } from 'node:crypto'
import { newId } from '../store/ids.ts'
import type { Store, Tx } from '../store/store.ts'

export interface TermsVersion {
  readonly id: string
  readonly number: number
  readonly text: string
  readonly sha256: string
  /** From when it holds, in milliseconds since 1970; null: it was cancelled before. */
  readonly effective_at: number | null
}

const columns = ['id', 'number', 'text', 'sha256', 'effective_at'] as const

/** SHA-256 of the text in UTF-8, as 64 hexadecimal digits. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The version that holds now: the latest whose time has come. */
export function currentTerms({ read }: Store, now: number): Promise<TermsVersion | undefined> {
  return read
    .selectFrom('terms_version')
    .select(columns)
    .where('effective_at', '<=', now)
    .orderBy('effective_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** A version that somebody accepted, and when they did it last. */
export interface AcceptedTerms {
  readonly number: number
  readonly text: string
  readonly effective_at: number
  readonly accepted_at: number
}

/** What a person accepted, the newest first. */
export async function readAccepted({ read }: Store, accountId: string): Promise<readonly AcceptedTerms[]> {
  const rows = await read
    .selectFrom('terms_acceptance')
    .innerJoin('terms_version', 'terms_version.id', 'terms_acceptance.terms_version_id')
    .select(['number', 'text', 'effective_at'])
    .select(eb => eb.fn.max('accepted_at').as('accepted_at'))
    .where('account_id', '=', accountId)
    .groupBy(['number', 'text', 'effective_at'])
    .orderBy('number', 'desc')
    .execute()
  return rows.map(row => ({
    ...row,
    effective_at: row.effective_at ?? 0,
    accepted_at: Number(row.accepted_at),
  }))
}

/** The version that was published last and not cancelled, whether it holds already or not. */
const last = (db: Pick<Tx['db'], 'selectFrom'>): Promise<TermsVersion | undefined> =>
  db
    .selectFrom('terms_version')
    .select(columns)
    .where('effective_at', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()

export const lastTerms = (tx: Tx): Promise<TermsVersion | undefined> => last(tx.db)

export const readLastTerms = ({ read }: Store): Promise<TermsVersion | undefined> => last(read)

/** Cancels a version, if it does not hold yet. @returns what was cancelled. */
export const cancelTerms = (
  tx: Tx,
  id: string,
  now: number,
): Promise<Pick<TermsVersion, 'number' | 'sha256'> | undefined> =>
  tx.db
    .updateTable('terms_version')
    .set({ effective_at: null, cancelled_at: now })
    .where('id', '=', id)
    .where('effective_at', '>', now)
    .returning(['number', 'sha256'])
    .executeTakeFirst()

/** Publishes a text; its number is one more than the last. */
export async function publishTerms(
  tx: Tx,
  given: { readonly text: string; readonly effectiveAt: number; readonly by: string; readonly now: number },
): Promise<TermsVersion> {
  const last = await tx.db
    .selectFrom('terms_version')
    .select(eb => eb.fn.max('number').as('number'))
    .executeTakeFirst()
  const version = {
    id: newId(given.now),
    number: (last?.number ?? 0) + 1,
    text: given.text,
    sha256: hashOf(given.text),
    effective_at: given.effectiveAt,
  }
  await tx.db
    .insertInto('terms_version')
    .values({ ...version, created_at: given.now, created_by: given.by })
    .execute()
  return version
}

/** Stores who accepted which text, from where. */
export async function recordAcceptance(
  tx: Tx,
  accountId: string,
  version: TermsVersion,
  now: number,
  address: string,
): Promise<void> {
  await tx.db
    .insertInto('terms_acceptance')
    .values({
      id: newId(now),
      account_id: accountId,
      terms_version_id: version.id,
      sha256: version.sha256,
      accepted_at: now,
      address,
    })
    .execute()
}
