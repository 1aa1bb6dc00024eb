import { hash } from 'node:crypto'
import { mayManage } from '../../account/rules.ts'
import type { Role } from '../../store/schema.ts'
import type { Flags, Workplaces } from '../access.ts'
import type { VerbCode } from '../act.ts'
import type { Leaving } from '../planned-leaves.ts'
import { holds, type Reach } from '../reach.ts'

/** What can be done to several people at once, in the order in which it is offered. */
export const manyVerbs = ['left', 'moved', 'access', 'deactivate', 'unlock'] as const
export type ManyVerb = (typeof manyVerbs)[number]

/** What an agent wants done to everyone selected. */
export interface ManyEntry {
  readonly reason: string
  readonly ticket?: string | undefined
  /** For `left` and `moved`. */
  readonly leaving: Leaving
  /** For `access`. */
  readonly give: Ids
  readonly take: Ids
}

/** Organizations and workgroups. */
interface Ids {
  readonly organizationIds: readonly string[]
  readonly workgroupIds: readonly string[]
}

interface Membership {
  readonly id: string
  readonly flags: Flags
  /** The organization is not retired. */
  readonly isOpen: boolean
}

/** One person, as the agent may see them. */
export interface Facts {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly version: number
  readonly role: Role
  /** The agent sees all that they work in. */
  readonly isWhole: boolean
  readonly isDeactivated: boolean
  readonly memberships: readonly Membership[]
  readonly workgroupIds: readonly string[]
  /** Wrong tries that count. */
  readonly failures: number
}

/** What the agent looks after, and may give. */
export interface Sight {
  readonly role: Role
  readonly reach: Reach
  readonly giveable: Reach
}

/** What a verb will do to one person. */
export type Plan =
  | {
      readonly does: 'change'
      readonly gives: readonly string[]
      readonly takes: readonly string[]
      /** The account ends with the last organization; only where the agent sees all of them. */
      readonly endsAccount: boolean
    }
  | { readonly does: 'nothing' }
  | { readonly does: 'refused'; readonly why: VerbCode }

const change = (gives: readonly string[] = [], takes: readonly string[] = [], endsAccount = false): Plan => ({
  does: 'change',
  gives,
  takes,
  endsAccount,
})
const refused = (why: VerbCode): Plan => ({ does: 'refused', why })
const nothing: Plan = { does: 'nothing' }

/** What the verb does to a person as they are now, or why not: as the single verb would. */
export function planOf(verb: ManyVerb, entry: ManyEntry, facts: Facts, sight: Sight): Plan {
  if (!mayManage(sight.role, facts.role)) return refused('account.not-yours')
  if (verb === 'unlock') return facts.failures > 0 ? change() : nothing
  if (verb === 'access') return accessPlan(entry, facts, sight)
  if (verb === 'deactivate') {
    if (!facts.isWhole) return refused('account.works-elsewhere')
    return facts.isDeactivated ? nothing : change()
  }
  return leavePlan(entry.leaving, facts)
}

const active = ({ memberships }: Facts) => memberships.filter(({ flags }) => flags.is_active === 1)

function leavePlan({ organizationId, movedTo }: Leaving, facts: Facts): Plan {
  const has = active(facts)
  if (!has.some(({ id }) => id === organizationId)) return nothing
  if (movedTo !== undefined) {
    const groups = movedTo.workgroupIds.filter(id => !facts.workgroupIds.includes(id))
    return change([movedTo.organizationId, ...groups], [organizationId])
  }
  const isLast = !has.some(({ id, isOpen }) => isOpen && id !== organizationId)
  return change([], [organizationId], facts.isWhole && !facts.isDeactivated && isLast)
}

function accessPlan(entry: ManyEntry, facts: Facts, sight: Sight): Plan {
  const { give, take } = entry
  const works = active(facts).map(({ id }) => id)
  const belongs = facts.memberships.map(({ id }) => id)
  const groups = facts.workgroupIds
  const gives = [
    ...give.organizationIds.filter(id => !works.includes(id)),
    ...give.workgroupIds.filter(id => !groups.includes(id)),
  ]
  const takes = [
    ...take.organizationIds.filter(id => belongs.includes(id)),
    ...take.workgroupIds.filter(id => groups.includes(id)),
  ]
  if (gives.length + takes.length === 0) return nothing
  const stay = [...works, ...give.organizationIds].some(id => !take.organizationIds.includes(id))
  return sight.reach === undefined || stay ? change(gives, takes) : refused('account.organization-outside')
}

/** Where the person is to work, as Change access is told it; what the agent may not give stays as it is. */
export function workplacesAfter({ give, take }: ManyEntry, facts: Facts, { giveable }: Sight): Workplaces {
  const belongs = facts.memberships.map(({ id }) => id)
  const back = facts.memberships.filter(
    ({ id, flags }) => flags.is_active === 0 && give.organizationIds.includes(id),
  )
  const without = (ids: readonly string[], taken: readonly string[]) =>
    [...new Set(ids)].filter(id => !taken.includes(id))
  return {
    organizationIds: without([...belongs, ...give.organizationIds], take.organizationIds),
    workgroupIds: without([...facts.workgroupIds, ...give.workgroupIds], take.workgroupIds).filter(id =>
      holds(giveable, id),
    ),
    flags: new Map(back.map(({ id, flags }) => [id, { ...flags, is_active: 1 }])),
  }
}

/** Stands for a preview: of what it showed nothing may have changed when it is carried out, the day and the reason included. */
export const digestOf = (
  { verb, entry }: { readonly verb: ManyVerb; readonly entry: ManyEntry },
  list: readonly (readonly [facts: Facts, plan: Plan])[],
): string =>
  hash('sha256', JSON.stringify([verb, entry, ...list.map(([{ id, version }, plan]) => [id, version, plan])]))
