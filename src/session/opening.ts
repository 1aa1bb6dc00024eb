import { preparedIn, type SlotOf } from '../store/prepared.ts'
import type { Tx } from '../store/store.ts'

/** Notes the sign-in at the account, if its credential is still the one that was proven. */
export const claimAccount = preparedIn(
  (db, slot: SlotOf<'id' | 'epoch' | 'now' | 'organization_id' | 'workgroup_id'>) =>
    db
      .updateTable('account')
      .set({
        last_sign_in_at: slot<number>('now'),
        active_since: slot<number>('now'),
        last_organization_id: slot<string | null>('organization_id'),
        last_workgroup_id: slot<string | null>('workgroup_id'),
        dormancy_noticed_at: null,
      })
      .where('id', '=', slot<string>('id'))
      .where('epoch', '=', slot<number>('epoch')),
)

/** Takes the pending sign-in that becomes a session. */
export const takePending = preparedIn((db, slot: SlotOf<'token_hash'>) =>
  db.deleteFrom('pending_sign_in').where('token_hash', '=', slot<string>('token_hash')),
)

type SessionSlot =
  | 'id'
  | 'token_hash'
  | 'previous_token_hash'
  | 'previous_until'
  | 'account_id'
  | 'epoch'
  | 'proofs'
  | 'csrf_secret'
  | 'now'
  | 'organization_id'
  | 'workgroup_id'
  | 'address'
  | 'user_agent'
  | 'failures_before'
  | 'previous_sign_in_at'

/** Makes the row of a session. */
export const addSession = preparedIn((db, slot: SlotOf<SessionSlot>) =>
  db.insertInto('session').values({
    id: slot('id'),
    token_hash: slot('token_hash'),
    previous_token_hash: slot('previous_token_hash'),
    previous_until: slot('previous_until'),
    account_id: slot('account_id'),
    epoch: slot('epoch'),
    proofs: slot('proofs'),
    csrf_secret: slot('csrf_secret'),
    created_at: slot('now'),
    last_seen_at: slot('now'),
    organization_id: slot('organization_id'),
    workgroup_id: slot('workgroup_id'),
    address: slot('address'),
    user_agent: slot('user_agent'),
    failures_before: slot('failures_before'),
    previous_sign_in_at: slot('previous_sign_in_at'),
    return_to: '/',
  }),
)

/** Milliseconds to which it is known when somebody last worked for an organization: its contact is told the day. */
const workedEvery = 3_600_000

/** Notes for which organization somebody works. */
const noteWorkplace = preparedIn((db, slot: SlotOf<'account_id' | 'organization_id' | 'now' | 'before'>) =>
  db
    .updateTable('account_organization')
    .set({ last_sign_in_at: slot<number>('now') })
    .where('account_id', '=', slot<string>('account_id'))
    .where('organization_id', '=', slot<string>('organization_id'))
    .where(eb =>
      eb.or([eb('last_sign_in_at', 'is', null), eb('last_sign_in_at', '<=', slot<number>('before'))]),
    ),
)

/** The same for a holder of a session; with none nothing is noted. */
export async function noteWork(
  tx: Tx,
  accountId: string,
  organizationId: string | null,
  now: number,
): Promise<void> {
  if (organizationId === null) return
  const before = now - workedEvery
  await noteWorkplace(tx, { account_id: accountId, organization_id: organizationId, now, before })
}
