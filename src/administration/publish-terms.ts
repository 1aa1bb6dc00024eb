import type { AuditEvent, PlainEvent } from '../audit/audit.ts'
import type { Facts } from '../audit/evidence.ts'
import { done, type Outcome, refuse } from '../refusals.ts'
import type { Tx } from '../store/store.ts'
import { holdDraft, takeDraft } from '../terms/drafts.ts'
import { checkMoment, checkTerms, type PublishCode, tidyTerms } from '../terms/rules.ts'
import { cancelTerms, hashOf, lastTerms, publishTerms, type TermsVersion } from '../terms/store.ts'
import { type Agent, actorOf, type VerbParts } from './act.ts'

type Parts = Pick<VerbParts, 'audit'>

const recordOf = (agent: Agent, event: PlainEvent, args: Facts): AuditEvent => ({
  event,
  ...actorOf(agent),
  args: { what: 'terms', ...args },
})

/**
 * Publishes a text that holds from `effectiveAt` (milliseconds since 1970): everyone accepts it at their first request
 * after that. Two publications at one moment: the later throws what `isTaken` knows.
 */
export async function publishText(
  { audit }: Parts,
  tx: Tx,
  agent: Agent,
  given: { readonly text: string; readonly effectiveAt: number; readonly now: number },
): Promise<Outcome<TermsVersion, PublishCode>> {
  const text = tidyTerms(given.text)
  const last = await lastTerms(tx)
  const isSame = last?.sha256 === hashOf(text)
  const refusals = [
    ...checkTerms(text),
    ...(isSame ? [{ code: 'publish.unchanged', field: 'text' } as const] : []),
    ...checkMoment(given.effectiveAt, { now: given.now, last: last?.effective_at ?? undefined }),
  ]
  if (refusals.length > 0) return refuse(...refusals)
  const version = await publishTerms(tx, { ...given, text, by: agent.actor })
  const { number, sha256 } = version
  await audit.record(
    tx,
    recordOf(agent, 'sensitive_create', { version: number, sha256, effectiveAt: given.effectiveAt }),
  )
  return done(version)
}

/** Publishes a draft as its author saw it; then the draft is gone. */
export async function publishDraft(
  parts: Parts,
  tx: Tx,
  agent: Agent,
  given: {
    readonly draftId: string
    readonly seenVersion: number
    readonly effectiveAt: number
    readonly now: number
  },
): Promise<Outcome<TermsVersion, PublishCode>> {
  const text = await holdDraft(tx, given.draftId, given.seenVersion)
  if (text === undefined) return refuse({ code: 'publish.changed-meanwhile' })
  const published = await publishText(parts, tx, agent, { ...given, text })
  if (published.ok) await takeDraft(tx, given.draftId, given.seenVersion)
  return published
}

/** Takes a version back that does not hold yet; its number is not given again. */
export async function cancelVersion(
  { audit }: Parts,
  tx: Tx,
  agent: Agent,
  given: { readonly versionId: string; readonly reason: string; readonly now: number },
): Promise<Outcome<undefined, PublishCode>> {
  const cancelled = await cancelTerms(tx, given.versionId, given.now)
  if (cancelled === undefined) return refuse({ code: 'publish.holds' })
  const { number, sha256 } = cancelled
  await audit.record(
    tx,
    recordOf(agent, 'sensitive_update', {
      change: 'cancelled',
      version: number,
      sha256,
      ...(given.reason !== '' && { reason: given.reason }),
    }),
  )
  return done(undefined)
}
