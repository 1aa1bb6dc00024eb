import type { Store, Tx } from '../store/store.ts'
import type { Site } from '../web/frame.ts'
import { type Policy, type PolicyName, policyTable } from './table.ts'

/** What holds before anybody changes anything. */
export const defaultPolicy = Object.fromEntries(
  Object.entries(policyTable).map(([name, row]) => [name, row.default]),
) as Policy

let lastText = '{}'
let lastPolicy = defaultPolicy

/**
 * Policy from the text of its row: the defaults with what was changed on top. The same text gives the same object, so
 * that a request pays nothing for it; the text itself is read anew each time.
 */
export function parsePolicy(overrides: string): Policy {
  if (overrides !== lastText) {
    lastPolicy = { ...defaultPolicy, ...(JSON.parse(overrides) as Partial<Policy>) }
    lastText = overrides
  }
  return lastPolicy
}

const rowId = 1

/** The policy row as a sub-query of another query. */
export const policyRow = rowId

export async function readPolicy(store: Store): Promise<Policy> {
  const found = await store.read
    .selectFrom('policy')
    .select('overrides')
    .where('id', '=', rowId)
    .executeTakeFirst()
  return parsePolicy(found?.overrides ?? '{}')
}

/** Makes the row of a new store. @returns false when another process has made it. */
export async function createPolicy(tx: Tx): Promise<boolean> {
  const made = await tx.db
    .insertInto('policy')
    .values({ id: rowId, overrides: '{}', version: 1 })
    .onConflict(conflict => conflict.column('id').doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}

export type PolicyChange =
  | { readonly ok: true; readonly before: Policy[PolicyName]; readonly after: Policy[PolicyName] }
  | { readonly ok: false; readonly why: 'out-of-range' | 'changed-meanwhile'; readonly detail: string }

/** Changes one value if it is in its range and the policy is still the version that the person saw. */
export async function changePolicy(
  tx: Tx,
  name: PolicyName,
  value: unknown,
  seenVersion: number,
): Promise<PolicyChange> {
  const parsed = policyTable[name].schema.safeParse(value)
  if (!parsed.success) return { ok: false, why: 'out-of-range', detail: policyTable[name].range }
  const row = await tx.db
    .selectFrom('policy')
    .select(['overrides', 'version'])
    .where('id', '=', rowId)
    .executeTakeFirstOrThrow()
  const before = parsePolicy(row.overrides)[name]
  const overrides = JSON.stringify({ ...(JSON.parse(row.overrides) as Partial<Policy>), [name]: parsed.data })
  const changed = await tx.db
    .updateTable('policy')
    .set({ overrides, version: seenVersion + 1 })
    .where('id', '=', rowId)
    .where('version', '=', seenVersion)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return { ok: false, why: 'changed-meanwhile', detail: '' }
  return { ok: true, before, after: parsed.data }
}

/** What the layout shows of the policy. */
export const siteOf = (policy: Policy): Site => ({
  name: policy.siteName,
  helpdeskName: policy.helpdeskName,
  helpdeskEmail: policy.helpdeskEmail,
  helpdeskPhone: policy.helpdeskPhone,
  banner: policy.siteBanner,
})
