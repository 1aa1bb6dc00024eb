import { type PolicyEntry, putPolicy } from '../../administration/change-policy.ts'
import type { PolicyCode } from '../../policy/rules.ts'
import type { PolicyName } from '../../policy/table.ts'
import type { Refusal } from '../../refusals.ts'
import type { Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import type { Tx } from '../../store/store.ts'
import { type HelpdeskParts, writeAs } from '../shared/console.ts'

/** Stores a value for an administrator of the console. @returns why it was refused; empty: it was not. */
export const storeChange = (
  parts: HelpdeskParts,
  visit: Visit<Session>,
  name: PolicyName,
  entry: PolicyEntry,
  also: (tx: Tx) => Promise<void> = async () => {},
): Promise<readonly Refusal<PolicyCode>[]> =>
  writeAs(parts, visit, async tx => {
    const refused = await putPolicy(parts.services, tx, visit.trace(), name, entry)
    if (refused.length === 0) await also(tx)
    return refused
  })
