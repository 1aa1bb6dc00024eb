import { newId } from '../store/ids.ts'
import type { Store, Tx } from '../store/store.ts'

/** A text that nobody is asked to accept yet. Times are milliseconds since 1970. */
export interface Draft {
  readonly id: string
  readonly text: string
  /** A form must name it to change the draft. */
  readonly version: number
  readonly changed_at: number
  readonly changed_by: string
}

const columns = ['id', 'text', 'version', 'changed_at', 'changed_by'] as const

/** Drafts are few: a list of more is a list to tidy. */
const mostDrafts = 50

export const readDrafts = ({ read }: Store): Promise<readonly Draft[]> =>
  read.selectFrom('terms_draft').select(columns).orderBy('changed_at', 'desc').limit(mostDrafts).execute()

export const readDraft = ({ read }: Store, id: string): Promise<Draft | undefined> =>
  read.selectFrom('terms_draft').select(columns).where('id', '=', id).executeTakeFirst()

interface Writing {
  readonly text: string
  /** Account that writes. */
  readonly by: string
  readonly now: number
}

/** @returns the draft's id. */
export async function createDraft(tx: Tx, { text, by, now }: Writing): Promise<string> {
  const id = newId(now)
  await tx.db
    .insertInto('terms_draft')
    .values({ id, text, version: 1, created_at: now, changed_at: now, changed_by: by })
    .execute()
  return id
}

/** @returns false when the draft is gone or is not the version that was seen. */
export async function saveDraft(
  tx: Tx,
  id: string,
  seenVersion: number,
  { text, by, now }: Writing,
): Promise<boolean> {
  const saved = await tx.db
    .updateTable('terms_draft')
    .set({ text, version: seenVersion + 1, changed_at: now, changed_by: by })
    .where('id', '=', id)
    .where('version', '=', seenVersion)
    .executeTakeFirst()
  return saved.numUpdatedRows === 1n
}

/** Takes a draft away, once. @returns its text; undefined when it is gone or is not the version that was seen. */
export async function takeDraft(tx: Tx, id: string, seenVersion: number): Promise<string | undefined> {
  const taken = await tx.db
    .deleteFrom('terms_draft')
    .where('id', '=', id)
    .where('version', '=', seenVersion)
    .returning('text')
    .executeTakeFirst()
  return taken?.text
}

/** Holds a draft for the rest of the transaction. @returns its text, or undefined as `takeDraft`. */
export async function holdDraft(tx: Tx, id: string, seenVersion: number): Promise<string | undefined> {
  const held = await tx.db
    .updateTable('terms_draft')
    .set(eb => ({ version: eb.ref('version') }))
    .where('id', '=', id)
    .where('version', '=', seenVersion)
    .returning('text')
    .executeTakeFirst()
  return held?.text
}
