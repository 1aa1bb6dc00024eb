import { holdSignInEmails, readSharers, serveEveryEmail } from '../../account/sign-in-emails.ts'
import { changePolicy } from '../../policy/policy.ts'
import type { PolicyCode } from '../../policy/rules.ts'
import type { PolicyName } from '../../policy/table.ts'
import type { Refusal } from '../../refusals.ts'
import type { Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import type { Tx } from '../../store/store.ts'
import { type HelpdeskParts, writeAs } from '../shared/console.ts'
import type { Entry } from './rules.ts'

/** Stores a value with its audit record and what belongs to it. @returns why it was refused; empty: it was not. */
export async function storeChange(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  name: PolicyName,
  { value, reason, seenVersion }: Pick<Entry, 'value' | 'reason' | 'seenVersion'>,
  also: (tx: Tx) => Promise<void> = async () => {},
): Promise<readonly Refusal<PolicyCode>[]> {
  return writeAs(parts, visit, async tx => {
    const isOfEmails = name === 'emailSignIn'
    if (isOfEmails) await holdSignInEmails(tx)
    if (isOfEmails && value === true && (await readSharers(tx.db)).length > 0)
      return [{ code: 'policy.emails-shared', field: 'value' }]
    const changed = await changePolicy(tx, name, value, seenVersion)
    if (!changed.ok) return changed.refusals
    if (isOfEmails) await serveEveryEmail(tx, changed.value.after === true)
    await also(tx)
    const { before, after } = changed.value
    await parts.services.audit.record(tx, {
      event: 'sensitive_update',
      ...visit.trace(),
      args: { what: 'policy', name, before, after, ...(reason !== '' && { reason }) },
    })
    return []
  })
}
