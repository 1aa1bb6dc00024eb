import { sql } from 'kysely'
import { type Duty, type DutyFor, readDuties } from '../../administration/two-step-duty.ts'
import { hasSecondStep } from '../../session/facts.ts'
import type { Role } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { organizationIs, states, workgroupIs } from '../people/filters.ts'
import { readPlacesOfSearch } from '../people/store.ts'
import type { DutyWords } from './words.ts'

/** Somebody whom a duty can be for, by the value of the field. */
export interface Candidate extends DutyFor {
  readonly value: string
  readonly name: string
}

const roles = ['user', 'helpdesk', 'administrator'] as const satisfies readonly Role[]

/** Everyone whom a duty can be for: roles, organizations and workgroups. */
export async function readCandidates(store: Store, words: DutyWords): Promise<readonly Candidate[]> {
  const { organizations, workgroups } = await readPlacesOfSearch(store, undefined)
  const candidate = (kind: DutyFor['kind'], target: string, name: string): Candidate => ({
    kind,
    target,
    value: `${kind} ${target}`,
    name: `${words.kinds[kind]}: ${name}`,
  })
  return [
    ...roles.map(role => candidate('role', role, words.roles[role])),
    ...organizations.map(({ id, name }) => candidate('organization', id, name)),
    ...workgroups.map(({ id, name }) => candidate('workgroup', id, name)),
  ]
}

/** How many active people of a duty have no second step. */
export async function countWithout({ read }: Store, { kind, target }: DutyFor, now: number): Promise<number> {
  const { count } = await read
    .selectFrom('account')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where(eb => states.active(eb, now))
    .where(sql<boolean>`not ${hasSecondStep}`)
    .where(eb =>
      kind === 'role'
        ? eb('account.role', '=', target as Role)
        : kind === 'organization'
          ? organizationIs(eb, target)
          : workgroupIs(eb, target),
    )
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The duties in force or to come, each with its name and who is not ready. */
export async function readDutyRows(
  store: Store,
  candidates: readonly Candidate[],
  now: number,
): Promise<readonly (Duty & { readonly candidate: Candidate; readonly without: number })[]> {
  const rows = []
  for (const duty of await readDuties(store)) {
    const candidate = candidates.find(({ kind, target }) => kind === duty.kind && target === duty.target)
    if (candidate !== undefined)
      rows.push({ ...duty, candidate, without: await countWithout(store, duty, now) })
  }
  return rows
}
