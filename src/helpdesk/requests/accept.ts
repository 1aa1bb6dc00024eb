import { changeAccess } from '../../administration/access.ts'
import { type Act, takeSubject } from '../../administration/act.ts'
import { endMembership } from '../../administration/membership.ts'
import { giveableBy } from '../../administration/places.ts'
import { holds, type Reach } from '../../administration/reach.ts'
import type { AgencyCode, AgencyOutcome, AgencyParts } from '../../agency/contacts.ts'
import { reasonOf } from '../../agency/leavers.ts'
import type { RequestFacts } from '../../agency/request-reading.ts'
import { answerRequest, type RequestChange } from '../../agency/requests.ts'
import { noticeFromDesk } from '../../mail/desk-notices.ts'
import type { Policy } from '../../policy/table.ts'
import { done, type Refusal, refuse } from '../../refusals.ts'
import type { Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import type { Tx } from '../../store/store.ts'
import { type HelpdeskParts, writeAs } from '../shared/console.ts'

/** The parts of an acceptance besides the request. */
export interface Acceptance {
  readonly change: RequestChange
  readonly answer: string
  readonly reach: Reach
  readonly policy: Policy
}

/** Takes a transaction back that has written what then was refused. */
class Undone extends Error {
  readonly refusals: readonly Refusal<AgencyCode>[]
  constructor(refusals: readonly Refusal<AgencyCode>[]) {
    super('an acceptance was refused')
    this.refusals = refusals
  }
}

/** Does what was asked for, by the verbs of the console, and says so to the contact: all of it or nothing. */
export async function acceptRequest(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  request: RequestFacts,
  accountId: string,
  given: Acceptance,
): Promise<AgencyOutcome<undefined>> {
  try {
    return await writeAs(parts, visit, async tx => {
      const outcome = await accept(parts.services, tx, request, accountId, given)
      if (!outcome.ok) throw new Undone(outcome.refusals)
      return outcome
    })
  } catch (error) {
    if (error instanceof Undone) return refuse(...error.refusals)
    throw error
  }
}

async function accept(
  parts: AgencyParts,
  tx: Tx,
  request: RequestFacts,
  accountId: string,
  given: Acceptance,
): Promise<AgencyOutcome<undefined>> {
  const { change, answer, policy } = given
  const answered = await answerRequest(parts, tx, change, { state: 'accepted', answer, accountId }, policy)
  if (!answered.ok) return answered
  const act: Act = {
    agent: change.agent,
    subjectId: accountId,
    reason: request.kind === 'leaver' ? reasonOf(request.entry.lastDay) : 'Asked for by the agency.',
    now: change.now,
  }
  const outcome =
    request.kind === 'leaver'
      ? await acceptLeaver(parts, tx, act, request)
      : await acceptPlaces(parts, tx, act, request, given.reach)
  if (outcome.ok)
    await noticeFromDesk(
      { keyring: parts.keyring, origin: parts.settings.LINTEL_ORIGIN },
      tx,
      'access-changed',
      accountId,
      { policy, now: change.now },
    )
  return outcome
}

async function acceptLeaver(
  parts: AgencyParts,
  tx: Tx,
  act: Act,
  { organizationId }: RequestFacts,
): Promise<AgencyOutcome<undefined>> {
  const subject = await takeSubject(tx, act)
  if (!subject.ok) return subject
  const ended = await endMembership(parts, tx, act, subject.value, organizationId)
  return ended.ok ? done(undefined) : ended
}

/** Adds what a known person is to have, or sets the workgroups of a change; what this agent may not give stays. */
async function acceptPlaces(
  parts: AgencyParts,
  tx: Tx,
  act: Act,
  { kind, organizationId, entry }: RequestFacts,
  reach: Reach,
): Promise<AgencyOutcome<undefined>> {
  const [organizations, workgroups, giveable] = await Promise.all([
    placesOf(tx, 'organization', act.subjectId),
    placesOf(tx, 'workgroup', act.subjectId),
    giveableBy(tx.db, act.agent.role, reach),
  ])
  const wanted = kind === 'account' ? [...workgroups, ...entry.workgroups] : entry.workgroups
  const outcome = await changeAccess(
    parts,
    tx,
    act,
    {
      organizationIds: [
        ...organizations.filter(id => holds(reach, id)),
        ...(kind === 'account' ? [organizationId] : []),
      ],
      workgroupIds: wanted.filter(id => holds(giveable, id)),
      flags:
        kind === 'account'
          ? new Map([[organizationId, { is_active: 1, may_sign_in: 1, may_edit: 1 }]])
          : new Map(),
    },
    reach,
  )
  return outcome.ok ? done(undefined) : refuse(...outcome.refusals)
}

async function placesOf(
  tx: Tx,
  kind: 'organization' | 'workgroup',
  accountId: string,
): Promise<readonly string[]> {
  const rows = await tx.db
    .selectFrom(`account_${kind}`)
    .select(`${kind}_id as id`)
    .where('account_id', '=', accountId)
    .execute()
  return rows.map(({ id }) => id as string)
}
