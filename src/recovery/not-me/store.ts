import { forgetBrowsers } from '../../account/store.ts'
import { cutOff, type EndingParts } from '../../session/ending.ts'
import { newId } from '../../store/ids.ts'
import type { IncidentKind } from '../../store/schema.ts'
import type { Tx } from '../../store/store.ts'
import { claimLink, type LinkRow } from '../mailed-link.ts'

/** Kind of the incident in the helpdesk's queue. */
const incidentKind = 'not-me' satisfies IncidentKind

/** Ends everything of an account, blocks its password and tells the helpdesk's queue; once per link. */
export async function shutAccount(
  parts: Pick<EndingParts, 'onEnd'>,
  tx: Tx,
  link: LinkRow,
  now: number,
): Promise<boolean> {
  const { token_hash, account_id } = link
  if (!(await claimLink(tx, token_hash, now))) return false
  await cutOff(parts, tx, account_id, 'not-me', now)
  await forgetBrowsers(tx, account_id)
  await tx.db.updateTable('account').set({ password_blocked_at: now }).where('id', '=', account_id).execute()
  await tx.db
    .insertInto('incident')
    .values({ id: newId(now), account_id, kind: incidentKind, opened_at: now })
    .execute()
  return true
}
