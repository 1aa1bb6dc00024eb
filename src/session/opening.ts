import { preparedIn, type SlotOf } from '../store/prepared.ts'

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
