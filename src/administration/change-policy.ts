import { holdSignInEmails, readSharers, serveEveryEmail } from '../account/sign-in-emails.ts'
import type { Audit, AuditEvent } from '../audit/audit.ts'
import { changePolicy } from '../policy/policy.ts'
import type { PolicyCode } from '../policy/rules.ts'
import type { PolicyName } from '../policy/table.ts'
import type { Refusal } from '../refusals.ts'
import type { Tx } from '../store/store.ts'

/** A value for the policy, and why. */
export interface PolicyEntry {
  readonly value: unknown
  /** In the words of who changes it; may be empty where the change is not dangerous. */
  readonly reason: string
  /** Version of the policy that was shown. */
  readonly seenVersion: number
}

/** Stores a value with its audit record and what belongs to it. @returns why it was refused; empty: it was not. */
export async function putPolicy(
  { audit }: { readonly audit: Audit },
  tx: Tx,
  trace: Pick<AuditEvent, 'actor' | 'address' | 'requestId'>,
  name: PolicyName,
  { value, reason, seenVersion }: PolicyEntry,
): Promise<readonly Refusal<PolicyCode>[]> {
  const isOfEmails = name === 'emailSignIn'
  if (isOfEmails) await holdSignInEmails(tx)
  if (isOfEmails && value === true && (await readSharers(tx.db)).length > 0)
    return [{ code: 'policy.emails-shared', field: 'value' }]
  const changed = await changePolicy(tx, name, value, seenVersion)
  if (!changed.ok) return changed.refusals
  if (isOfEmails) await serveEveryEmail(tx, changed.value.after === true)
  const { before, after } = changed.value
  await audit.record(tx, {
    event: 'sensitive_update',
    ...trace,
    args: { what: 'policy', name, before, after, ...(reason !== '' && { reason }) },
  })
  return []
}
