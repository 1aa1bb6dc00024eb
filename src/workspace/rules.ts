import type { Refusal, RefusalOf } from '../refusals.ts'
import type { Choices, Chosen } from './store.ts'

type Code = RefusalOf<'workspace'>

const chooses = (list: Choices['organizations'], id: string): boolean => list.some(choice => choice.id === id)

/** The workgroups that go with an organization. Pure. */
export const workgroupsFor = (
  { workgroups }: Choices,
  organizationId: string | null,
): Choices['workgroups'] =>
  workgroups.filter(({ onlyIn }) => onlyIn === undefined || onlyIn.includes(organizationId ?? ''))

/** Takes a choice that is the person's own; the only one there is needs no choosing. Pure. */
export function choose(
  choices: Choices,
  entry: { readonly organization: string; readonly workgroup: string },
): { readonly chosen: Chosen; readonly refusals: readonly Refusal<Code>[] } {
  const refusals: Refusal<Code>[] = []
  const pick = (list: Choices['organizations'], id: string, code: Code, field: string): string | null => {
    if (list.length <= 1) return list[0]?.id ?? null
    if (chooses(list, id)) return id
    refusals.push({ code, field })
    return null
  }
  const organizationId = pick(
    choices.organizations,
    entry.organization,
    'workspace.organization-missing',
    'organization',
  )
  const fitting = refusals.length > 0 ? choices.workgroups : workgroupsFor(choices, organizationId)
  const isElsewhere = chooses(choices.workgroups, entry.workgroup) && !chooses(fitting, entry.workgroup)
  if (isElsewhere) refusals.push({ code: 'workspace.workgroup-elsewhere', field: 'workgroup' })
  const workgroupId = isElsewhere
    ? null
    : pick(fitting, entry.workgroup, 'workspace.workgroup-missing', 'workgroup')
  return { chosen: { organizationId, workgroupId }, refusals }
}
