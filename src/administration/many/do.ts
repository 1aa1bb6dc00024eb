import { noticeFromDesk } from '../../mail/desk-notices.ts'
import type { Policy } from '../../policy/table.ts'
import type { Outcome, RefusalOf } from '../../refusals.ts'
import { done, refuse } from '../../refusals.ts'
import type { Tx } from '../../store/store.ts'
import { changeAccess } from '../access.ts'
import { type Act, type Agent, lockSubject, type VerbOutcome } from '../act.ts'
import { unlock } from '../credential.ts'
import { leaveOrganization } from '../leave.ts'
import { deactivate } from '../state.ts'
import type { WelcomeParts } from '../welcome.ts'
import { readFacts, readSight } from './facts.ts'
import {
  digestOf,
  type Facts,
  type ManyEntry,
  type ManyVerb,
  planOf,
  type Sight,
  workplacesAfter,
} from './rules.ts'
import { claimMany, type Many } from './store.ts'

/** A selection with what is to be done. */
export type Ready = Many & { readonly verb: ManyVerb; readonly entry: ManyEntry }

/** Takes the transaction back: of what was to be done to several people nothing is done. */
export class NotAllError extends Error {}

/** What the preview showed, and by whom and when it is carried out. */
interface By {
  readonly agent: Agent
  readonly seen: string
  readonly policy: Policy
  readonly now: number
}

/**
 * Does to everyone what the preview said, by the single verbs, in one transaction and once: a second time changes nothing and
 * is no fault. Everyone's row is held first; is anything then other than the preview showed, or is one refused, nothing is
 * done.
 * @returns to how many; 0: it was done before
 * @throws NotAllError
 */
export async function doMany(
  parts: WelcomeParts,
  tx: Tx,
  many: Ready,
  { agent, seen, policy, now }: By,
): Promise<Outcome<number, RefusalOf<'many'>>> {
  const ids = many.people.toSorted()
  for (const id of ids) await lockSubject(tx, id)
  const sight = await readSight(tx.db, { id: agent.actor, role: agent.role })
  const list = (await readFacts(tx.db, parts.keyring, ids, sight)).map(
    facts => [facts, planOf(many.verb, many.entry, facts, sight)] as const,
  )
  const wanted = list.filter(([, { does }]) => does === 'change')
  if (!(await claimMany(tx, many.id, wanted.length))) return done(0)
  if (digestOf(many, list) !== seen || wanted.length === 0) throw new NotAllError('changed meanwhile')
  for (const [facts] of wanted) {
    const act: Act = {
      agent,
      subjectId: facts.id,
      reason: many.entry.reason,
      ...(many.entry.ticket !== undefined && { ticket: many.entry.ticket }),
      many: many.id,
      now,
    }
    const outcome = await doOne(parts, tx, act, many, facts, sight, policy)
    if (!outcome.ok) throw new NotAllError(outcome.refusals.map(({ code }) => code).join())
  }
  return done(wanted.length)
}

/** The single verb, with the notice that goes with it. */
async function doOne(
  parts: WelcomeParts,
  tx: Tx,
  act: Act,
  { verb, entry }: Ready,
  facts: Facts,
  sight: Sight,
  policy: Policy,
): Promise<VerbOutcome<unknown>> {
  const told = async (kind: 'access-changed' | 'deactivated', outcome: VerbOutcome<unknown>) => {
    const mail = { keyring: parts.keyring, origin: parts.settings.LINTEL_ORIGIN }
    if (outcome.ok) await noticeFromDesk(mail, tx, kind, act.subjectId, { policy, now: act.now })
    return outcome.ok ? outcome : refuse(...outcome.refusals)
  }
  switch (verb) {
    case 'unlock':
      return unlock(parts, tx, act)
    case 'deactivate':
      return told('deactivated', await deactivate(parts, tx, act))
    case 'access': {
      const places = workplacesAfter(entry, facts, sight)
      return told('access-changed', await changeAccess(parts, tx, act, places, sight.reach))
    }
    default:
      return leaveOrganization(parts, tx, act, entry.leaving, policy)
  }
}
