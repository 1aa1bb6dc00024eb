import { sql } from 'kysely'
import { tokenMark } from '../../session/current.ts'
import { type ProofKind, proofsText, withProofs } from '../../session/proofs.ts'
import type { Pending } from '../../session/visitor.ts'
import { hashToken, newToken } from '../../store/ids.ts'
import type { Tx } from '../../store/store.ts'

/**
 * Notes in a pending sign-in that the second step is proven, under a new cookie: what the browser held before is dead
 * (ASVS V7.2.4).
 * @returns the new cookie value; undefined when the row is gone or dead.
 */
export async function proveStep(
  tx: Tx,
  pending: Pending,
  now: number,
  changes: {
    readonly by: ProofKind
    readonly failures: number
    readonly epoch: number
    readonly keepsComputer?: boolean
  },
): Promise<string | undefined> {
  const token = newToken()
  const proven = await tx.db
    .updateTable('pending_sign_in')
    .set({
      token_hash: hashToken(token),
      proofs: proofsText(withProofs(pending.proofs, [changes.by], now)),
      epoch: changes.epoch,
      keeps_computer: changes.keepsComputer ? 1 : 0,
      failures_before: sql<number>`failures_before + ${changes.failures}`,
    })
    .where('token_hash', '=', pending.tokenHash)
    .where('epoch', '=', pending.person.epoch)
    .executeTakeFirst()
  return proven.numUpdatedRows === 1n ? tokenMark.pending + token : undefined
}
