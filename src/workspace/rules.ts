import type { Refusal, RefusalOf } from '../refusals.ts'
import type { Choices, Chosen } from './store.ts'

type Code = RefusalOf<'workspace'>

const chooses = (list: Choices['organizations'], id: string): boolean => list.some(choice => choice.id === id)

/** Takes a choice that is the person's own; the only one there is needs no choosing. */
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
  const workgroupId = pick(choices.workgroups, entry.workgroup, 'workspace.workgroup-missing', 'workgroup')
  return { chosen: { organizationId, workgroupId }, refusals }
}
