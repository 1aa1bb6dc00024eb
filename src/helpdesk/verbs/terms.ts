import { done, type Outcome, type RefusalOf, refuse } from '../../refusals.ts'
import type { Tx } from '../../store/store.ts'
import { hashOf, publishTerms, type TermsVersion } from '../../terms/store.ts'
import type { Agent, VerbParts } from './act.ts'

export type PublishCode = RefusalOf<'publish'>

/**
 * Publishes a text that holds from `effectiveAt` (milliseconds since 1970): everyone accepts it at their first request
 * after that. Two publications at one moment: the later throws what `isTaken` knows.
 */
export async function publishText(
  { audit }: Pick<VerbParts, 'audit'>,
  tx: Tx,
  agent: Agent,
  given: { readonly text: string; readonly effectiveAt: number; readonly now: number },
): Promise<Outcome<TermsVersion, PublishCode>> {
  const text = given.text.replace(/\r\n?/g, '\n').trim()
  if (text === '') return refuse({ code: 'publish.empty', field: 'text' })
  if (given.effectiveAt < given.now) return refuse({ code: 'publish.past', field: 'effectiveAt' })
  const newest = await tx.db
    .selectFrom('terms_version')
    .select('sha256')
    .where('effective_at', 'is not', null)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (newest?.sha256 === hashOf(text)) return refuse({ code: 'publish.unchanged', field: 'text' })
  const version = await publishTerms(tx, { ...given, text, by: agent.actor })
  await audit.record(tx, {
    event: 'sensitive_create',
    actor: agent.actor,
    ...(agent.address !== undefined && { address: agent.address }),
    ...(agent.requestId !== undefined && { requestId: agent.requestId }),
    args: { what: 'terms', version: version.number, sha256: version.sha256, effectiveAt: given.effectiveAt },
  })
  return done(version)
}
