import type { Refusal, RefusalOf } from '../refusals.ts'
import type { Services } from '../session/services.ts'
import type { Visit } from '../session/visit.ts'
import type { Holder } from '../session/visitor.ts'
import { choose } from './rules.ts'
import { putChoice, readChoices } from './store.ts'

/** Puts what a person chose to work as in force and records it. @returns why it was not. */
export async function makeChoice(
  { store, audit }: Pick<Services, 'store' | 'audit'>,
  visit: Visit<Holder>,
  entry: { readonly organization: string; readonly workgroup: string },
): Promise<readonly Refusal<RefusalOf<'workspace'>>[]> {
  const { visitor } = visit
  const { chosen, refusals } = choose(await readChoices(store, visitor.person.id), entry)
  if (refusals.length > 0) return refusals
  await store.write(async tx => {
    await putChoice(tx, visitor, chosen, visit.now)
    await audit.record(tx, {
      event: 'user_workspace_changed',
      ...visit.trace(),
      subject: visitor.person.id,
      args: { organization: chosen.organizationId, workgroup: chosen.workgroupId },
    })
  })
  return []
}
