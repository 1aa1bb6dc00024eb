import { setDuty } from '../administration/two-step-duty.ts'
import { changePolicy } from '../policy/policy.ts'
import type { Services } from '../session/services.ts'
import type { Tx } from '../store/store.ts'
import { createDraft } from '../terms/drafts.ts'

/** Changes of the policy, each with its reason. */
const changes = [
  ['helpdeskPhone', '(612) 555-0140', 'The helpdesk has a telephone again.'],
  ['codeCards', 'everyone', 'Volunteers have no phone of their own at work.'],
] as const

const draft = `# Your duty

Enter only what you know, and only for people whom your agency serves.

# Telephones

Do not take pictures of the screen. A telephone with HMIS open in its browser is locked when you put it down.

# When you leave

Tell your agency before your last day, so that your account ends with it.`

/** What the administrators of the demo are busy with: changes of the policy, and terms that are not ready yet. */
export async function fillDecisions({ audit }: Services, tx: Tx, now: number): Promise<void> {
  for (const [name, value, reason] of changes) {
    const { version } = await tx.db.selectFrom('policy').select('version').executeTakeFirstOrThrow()
    const changed = await changePolicy(tx, name, value, version)
    if (!changed.ok) throw new Error('The demo could not change its policy.')
    await audit.record(tx, {
      event: 'sensitive_update',
      actor: 'system',
      args: { what: 'policy', name, ...changed.value, reason },
    })
  }
  const { id } = await tx.db
    .selectFrom('workgroup')
    .select('id')
    .where('name', '=', 'Shelter Reservation Team')
    .executeTakeFirstOrThrow()
  await setDuty(
    { audit },
    tx,
    {
      kind: 'workgroup',
      target: id,
      name: 'Shelter Reservation Team',
      fromAt: now + 21 * 24 * 3_600_000,
      reason: 'The team sees every shelter.',
    },
    { actor: 'system' },
  )
  await createDraft(tx, { text: draft, by: 'system', now })
}
