import { type AgencyLetterKind, writeToReader } from '../mail/agency-letters.ts'
import type { Policy } from '../policy/table.ts'
import { done, refuse } from '../refusals.ts'
import type { Tx } from '../store/store.ts'
import { momentOf } from '../web/moment.ts'
import { dayInWords } from '../web/time.ts'
import { areOpen } from './access.ts'
import { type Act, recordOf, takeSubject, touch, type VerbOutcome } from './act.ts'
import { endOfLastDay } from './last-day.ts'
import { endMembership, type MovedTo } from './membership.ts'
import { giveableBy, placesThen } from './places.ts'
import { dropPlans, type Leaving, putPlan } from './planned-leaves.ts'
import { holds, isId, type Reach, readReachIn } from './reach.ts'
import type { WelcomeParts } from './welcome.ts'

/** What came of it: a plan for the end of that day, or their access has ended, and the account with the last of it. */
export type Left = 'planned' | 'ended' | 'ended-account'

/**
 * Left an organization, or moved to another one: at once, or when a last day ahead is over. An agent with a limit takes and
 * gives only within it, and may put somebody out of their own reach; what the person has elsewhere stays. It needs no sight
 * of the whole account: the account ends only with the last that it had.
 */
export async function leaveOrganization(
  parts: WelcomeParts,
  tx: Tx,
  act: Act,
  leaving: Leaving,
  policy: Policy,
): Promise<VerbOutcome<Left>> {
  const subject = await takeSubject(tx, act)
  if (!subject.ok) return subject
  const { organizationId, lastDay, movedTo } = leaving
  const reach = await reachOf(tx, act)
  const dueAt = endOfLastDay(lastDay, policy.timeZone, act.now)
  if (dueAt === undefined) return refuse({ code: 'account.last-day', field: 'lastDay' })
  if (!holds(reach, organizationId) || !(await belongsTo(tx, act.subjectId, organizationId)))
    return refuse({ code: 'account.not-in-organization', field: 'left' })
  const wrong = movedTo && (await wrongAim(tx, act, organizationId, movedTo, reach))
  if (wrong !== undefined) return wrong
  await dropPlans(tx, act.subjectId, [organizationId])
  if (dueAt > act.now) {
    await plan(parts, tx, act, leaving, dueAt)
    await tell(parts, tx, movedTo ? 'will-move' : 'will-leave', act, leaving, policy)
    return done('planned')
  }
  const ended = await endMembership(parts, tx, act, subject.value, organizationId, { movedTo, lastDay })
  if (!ended.ok) return ended
  await tell(parts, tx, movedTo ? 'moved' : 'left', act, leaving, policy)
  return done(ended.value?.endedAccount ? 'ended-account' : 'ended')
}

const reachOf = (tx: Tx, { agent: { actor: id, role } }: Act): Promise<Reach> =>
  isId(id) ? readReachIn(tx.db, { id, role }) : Promise.resolve(undefined)

async function belongsTo(tx: Tx, accountId: string, organizationId: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('account_organization')
    .select('is_active')
    .where('account_id', '=', accountId)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst()
  return row?.is_active === 1
}

async function wrongAim(
  tx: Tx,
  act: Act,
  from: string,
  { organizationId, workgroupIds }: MovedTo,
  reach: Reach,
): Promise<VerbOutcome<never> | undefined> {
  const isOpen = holds(reach, organizationId) && (await areOpen(tx, 'organization', [organizationId]))
  if (!isOpen || organizationId === from)
    return refuse({ code: 'account.no-such-organization', field: 'movedTo' })
  const giveable = await giveableBy(tx.db, act.agent.role, reach)
  const mayGive =
    workgroupIds.every(id => holds(giveable, id)) && (await areOpen(tx, 'workgroup', workgroupIds))
  return mayGive ? undefined : refuse({ code: 'account.no-such-workgroup', field: 'workgroup' })
}

async function plan(parts: WelcomeParts, tx: Tx, act: Act, leaving: Leaving, dueAt: number): Promise<void> {
  const { organizationId, lastDay, movedTo } = leaving
  await putPlan(tx, act, leaving, dueAt)
  await touch(tx, act)
  const [organization] = await placesThen(tx, 'organization', [organizationId])
  const [to] = movedTo ? await placesThen(tx, 'organization', [movedTo.organizationId]) : []
  const facts = { change: 'leave-planned', lastDay, ...(organization && { organization }) }
  await parts.audit.record(tx, recordOf(act, 'user_updated', { ...facts, ...(to && { movedTo: to }) }))
}

/** Cancel leaving: takes the plans back that this agent sees. The person is told, as they were of the plan. */
export async function cancelLeaving(
  parts: WelcomeParts,
  tx: Tx,
  act: Act,
  policy: Policy,
): Promise<VerbOutcome<undefined>> {
  const subject = await takeSubject(tx, act)
  if (!subject.ok) return subject
  const reach = await reachOf(tx, act)
  const plans = await dropPlans(tx, act.subjectId, reach)
  if (plans.length === 0) return refuse({ code: 'account.changed-meanwhile' })
  await touch(tx, act)
  const ids = plans.map(({ organization_id }) => organization_id)
  const organizations = await placesThen(tx, 'organization', ids)
  await parts.audit.record(tx, recordOf(act, 'user_updated', { change: 'leave-canceled', organizations }))
  for (const { organization_id, last_day } of plans) {
    const leaving = { organizationId: organization_id, lastDay: last_day, movedTo: undefined }
    await tell(parts, tx, 'stays', act, leaving, policy)
  }
  return done(undefined)
}

async function tell(
  parts: WelcomeParts,
  tx: Tx,
  kind: Extract<AgencyLetterKind, 'left' | 'will-leave' | 'moved' | 'will-move' | 'stays'>,
  { subjectId, now }: Act,
  { organizationId, lastDay, movedTo }: Leaving,
  policy: Policy,
): Promise<void> {
  const person = await tx.db
    .selectFrom('account')
    .select(['id', 'email', 'first_name', 'language'])
    .where('id', '=', subjectId)
    .executeTakeFirstOrThrow()
  const nameOf = async (id: string) => (await placesThen(tx, 'organization', [id]))[0]?.name ?? ''
  const noon = momentOf(lastDay, '12:00', policy.timeZone) ?? now
  const letter = {
    kind,
    organization: await nameOf(organizationId),
    about: movedTo ? await nameOf(movedTo.organizationId) : '',
    day: (language: string) => dayInWords(noon, policy.timeZone, language),
  }
  await writeToReader(parts, tx, policy, person, letter, now)
}
