import { hash } from 'node:crypto'
import { newToken } from '../store/ids.ts'
import type { Store } from '../store/store.ts'

/** The subject of an account: its id without hyphens, 32 characters, which HUD's `UserID` has room for. */
export const subjectOf = (accountId: string): string => accountId.replaceAll('-', '')

export const accountOf = (subject: string): string =>
  subject.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** What one application calls one session; tells it nothing of others. */
export const sidOf = (sessionId: string, applicationId: string): string =>
  hash('sha256', `${applicationId} ${sessionId}`, 'base64url')

/** The subject by which one application knows an account; made at the first entry, and the same for ever. */
export async function pairwiseSubject(
  store: Store,
  applicationId: string,
  accountId: string,
): Promise<string> {
  const known = () =>
    store.read
      .selectFrom('application_subject')
      .select('subject')
      .where('application_id', '=', applicationId)
      .where('account_id', '=', accountId)
      .executeTakeFirst()
  const found = await known()
  if (found !== undefined) return found.subject
  await store.writeOne(db =>
    db
      .insertInto('application_subject')
      .values({ application_id: applicationId, account_id: accountId, subject: newToken().slice(0, 32) })
      .onConflict(conflict => conflict.columns(['application_id', 'account_id']).doNothing())
      .execute(),
  )
  return (await known())?.subject ?? ''
}
