import { done, type Outcome, refuse } from '../refusals.ts'
import { preparedOn } from '../store/prepared.ts'
import type { Store, Tx } from '../store/store.ts'
import type { Site } from '../web/frame.ts'
import { logoPath, stylesPath } from './face.ts'
import { conflictsOf, type PolicyCode } from './rules.ts'
import { type Policy, type PolicyName, policyTable } from './table.ts'

/** The policy before anyone changes anything. */
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

const readOverrides = preparedOn(db => db.selectFrom('policy').select('overrides').where('id', '=', rowId))

export const readPolicy = async (store: Store): Promise<Policy> =>
  parsePolicy((await readOverrides(store))?.overrides ?? '{}')

/** Makes the row of a new store. @returns false when another process has made it. */
export async function createPolicy(tx: Tx): Promise<boolean> {
  const made = await tx.db
    .insertInto('policy')
    .values({ id: rowId, overrides: '{}', version: 1 })
    .onConflict(conflict => conflict.column('id').doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}

/** The policy with the version that a form must name to change it, and what differs from the defaults. */
export interface PolicyState {
  readonly policy: Policy
  readonly version: number
  readonly changed: ReadonlySet<string>
}

export async function readPolicyState({ read }: Store): Promise<PolicyState> {
  const row = await read
    .selectFrom('policy')
    .select(['overrides', 'version'])
    .where('id', '=', rowId)
    .executeTakeFirst()
  const overrides = row?.overrides ?? '{}'
  return {
    policy: parsePolicy(overrides),
    version: row?.version ?? 0,
    changed: new Set(Object.keys(JSON.parse(overrides) as object)),
  }
}

interface PolicyChange {
  readonly before: Policy[PolicyName]
  readonly after: Policy[PolicyName]
}

/**
 * Changes one value if it is in its range, fits the others, and the policy is still the version that the person saw.
 * A value that becomes the default again follows the default from then on.
 */
export async function changePolicy(
  tx: Tx,
  name: PolicyName,
  value: unknown,
  seenVersion: number,
): Promise<Outcome<PolicyChange, PolicyCode>> {
  const row = await tx.db
    .selectFrom('policy')
    .select(['overrides', 'version'])
    .where('id', '=', rowId)
    .executeTakeFirstOrThrow()
  if (row.version !== seenVersion) return refuse({ code: 'policy.changed-meanwhile' })
  const before = parsePolicy(row.overrides)
  const checked = checkChange(before, name, value)
  if (!checked.ok) return checked
  const { [name]: _, ...others } = JSON.parse(row.overrides) as Partial<Policy>
  const isDefault = checked.value === policyTable[name].default
  const overrides = JSON.stringify(isDefault ? others : { ...others, [name]: checked.value })
  const changed = await tx.db
    .updateTable('policy')
    .set({ overrides, version: seenVersion + 1 })
    .where('id', '=', rowId)
    .where('version', '=', seenVersion)
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) return refuse({ code: 'policy.changed-meanwhile' })
  return done({ before: before[name], after: checked.value })
}

/** The value as it would be stored, or why it is not: out of its range, no change at all, or against another value. Pure. */
export function checkChange(
  before: Policy,
  name: PolicyName,
  value: unknown,
): Outcome<Policy[PolicyName], PolicyCode> {
  const parsed = policyTable[name].schema.safeParse(value)
  if (!parsed.success) return refuse({ code: 'policy.out-of-range', field: 'value' })
  if (parsed.data === before[name]) return refuse({ code: 'policy.unchanged', field: 'value' })
  const conflicts = conflictsOf({ ...before, [name]: parsed.data }, name)
  return conflicts.length > 0 ? refuse(...conflicts) : done(parsed.data)
}

/** The parts that the layout shows of the policy. */
export const siteOf = (policy: Policy): Site => ({
  name: policy.siteName,
  helpdeskName: policy.helpdeskName,
  helpdeskEmail: policy.helpdeskEmail,
  helpdeskPhone: policy.helpdeskPhone,
  banner: policy.siteBanner,
  styles: stylesPath(policy.doorColor),
  logo: logoPath(policy.agencyLogo),
})
