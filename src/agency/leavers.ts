import { fullName } from '../account/names.ts'
import { type Act, actorOf, lockSubject, type VerbParts } from '../administration/act.ts'
import { endOfLastDay } from '../administration/last-day.ts'
import { endMembership, restoreMembership } from '../administration/membership.ts'
import { type AgencyLetterKind, writeToHelpdesk, writeToReader } from '../mail/agency-letters.ts'
import type { Policy } from '../policy/table.ts'
import { done, refuse } from '../refusals.ts'
import type { Services } from '../session/services.ts'
import { newId } from '../store/ids.ts'
import type { Tx } from '../store/store.ts'
import { claimShare, counterName } from '../throttle/store.ts'
import { momentOf } from '../web/moment.ts'
import { dayInWords } from '../web/time.ts'
import { type AgencyOutcome, type AgencyParts, type ContactAct, isPlain, isStillContact } from './contacts.ts'
import { canTakeBack } from './leaver-rules.ts'
import { colleagues } from './people.ts'
import { askForLeaver } from './requests.ts'

/** What a report did: `request`: the helpdesk decides. */
export type Reported = 'ended' | 'planned' | 'request'

const window = 24 * 3_600_000

/**
 * Report a leaver: ends what somebody has through the contact's organization, at once when their last day is today or
 * past, else when it is over. It acts on plain users only, so many times a day; anything else becomes a request. What
 * the contact hears is the same whether the account ended too or not.
 */
export async function reportLeaver(
  parts: AgencyParts,
  tx: Tx,
  by: ContactAct,
  given: { readonly personId: string; readonly lastDay: string },
  policy: Policy,
): Promise<AgencyOutcome<Reported>> {
  const { organizationId, now } = by
  const { personId, lastDay } = given
  const dueAt = endOfLastDay(lastDay, policy.timeZone, now)
  if (dueAt === undefined) return refuse({ code: 'agency.last-day', field: 'lastDay' })
  if (!(await isStillContact(tx, by))) return refuse({ code: 'account.not-there' })
  const subject = await lockSubject(tx, personId)
  const isThere = await colleagues(tx.db, organizationId, now)
    .select('account.id')
    .where('account.id', '=', personId)
    .executeTakeFirst()
  if (subject === undefined || isThere === undefined) return refuse({ code: 'account.not-there' })
  if (!(await isPlain(tx, subject)) || !(await isWithinShare(parts, tx, by, policy))) {
    await askForLeaver(parts, tx, by, { personId, lastDay }, policy)
    return done('request')
  }
  await takePlansBack(tx, by, personId)
  const id = newId(now)
  await tx.db
    .insertInto('leaver_report')
    .values({
      id,
      organization_id: organizationId,
      account_id: personId,
      reported_by: by.agent.actor,
      reported_at: now,
      last_day: lastDay,
      due_at: dueAt,
    })
    .execute()
  const isNow = dueAt <= now
  await parts.audit.record(tx, {
    event: 'user_updated',
    ...actorOf(by.agent),
    subject: personId,
    args: { change: isNow ? 'leaver-reported' : 'leaver-planned', organization: organizationId, lastDay },
  })
  await tell(
    parts,
    tx,
    isNow ? 'left' : 'will-leave',
    { organizationId, personId, lastDay, by: by.agent.actor },
    policy,
    now,
  )
  if (!isNow) return done('planned')
  const outcome = await endFor(parts, tx, id, {
    agent: by.agent,
    subjectId: personId,
    reason: reasonOf(lastDay),
    now,
  })
  return outcome.ok ? done('ended') : outcome
}

/** For the log and for who looks after everyone. */
export const reasonOf = (lastDay: string): string =>
  `The agency reported that they left. Last day: ${lastDay}.`

/** A number of the policy's, for each contact and day. */
async function isWithinShare(
  { keyring }: AgencyParts,
  tx: Tx,
  { agent, now }: ContactAct,
  policy: Policy,
): Promise<boolean> {
  if (policy.leaversPerDay === 0) return false
  const name = counterName(keyring, 'agent', `leaver ${agent.actor}`)
  return (await claimShare(tx.db, name, { most: policy.leaversPerDay, window }, now)).ok
}

/** A new report stands in the place of one that was only planned. */
const takePlansBack = (tx: Tx, { organizationId, now }: ContactAct, personId: string) =>
  tx.db
    .updateTable('leaver_report')
    .set({ taken_back_at: now })
    .where('organization_id', '=', organizationId)
    .where('account_id', '=', personId)
    .where('done_at', 'is', null)
    .where('taken_back_at', 'is', null)
    .execute()

/** Carries a report out, once; the transaction holds the account. */
async function endFor(parts: VerbParts, tx: Tx, id: string, act: Act): Promise<AgencyOutcome<boolean>> {
  const claimed = await tx.db
    .updateTable('leaver_report')
    .set({ done_at: act.now })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .where('taken_back_at', 'is', null)
    .returning('organization_id')
    .executeTakeFirst()
  const subject = claimed && (await lockSubject(tx, act.subjectId))
  if (claimed === undefined || subject === undefined) return done(false)
  const ended = await endMembership(parts, tx, act, subject, claimed.organization_id)
  if (!ended.ok) return ended
  if (ended.value?.endedAccount)
    await tx.db.updateTable('leaver_report').set({ ended_account: 1 }).where('id', '=', id).execute()
  return done(true)
}

/** Take back: for a day the agency may say that it was a mistake; both are told. */
export async function takeLeaverBack(
  parts: AgencyParts,
  tx: Tx,
  by: ContactAct,
  reportId: string,
  policy: Policy,
): Promise<AgencyOutcome<undefined>> {
  const { agent, organizationId, now } = by
  if (!(await isStillContact(tx, by))) return refuse({ code: 'account.not-there' })
  const known = await readReport(tx.db, organizationId, reportId)
  const subject = known && (await lockSubject(tx, known.account_id))
  const report = subject && (await readReport(tx.db, organizationId, reportId))
  if (subject === undefined || report === undefined || subject.role !== 'user' || !canTakeBack(report, now))
    return refuse({ code: 'agency.too-late' })
  await tx.db.updateTable('leaver_report').set({ taken_back_at: now }).where('id', '=', reportId).execute()
  const act: Act = { agent, subjectId: subject.id, reason: '', now }
  await parts.audit.record(tx, {
    event: 'user_updated',
    ...actorOf(agent),
    subject: subject.id,
    args: { change: 'leaver-taken-back', organization: organizationId, lastDay: report.last_day },
  })
  if (report.done_at !== null)
    await restoreMembership(parts, tx, act, subject, {
      organizationId,
      at: report.done_at,
      endedAccount: report.ended_account === 1,
    })
  const about = { organizationId, personId: subject.id, lastDay: report.last_day, by: agent.actor }
  await tell(parts, tx, 'stays', about, policy, now)
  return done(undefined)
}

const readReport = (db: Tx['db'] | Services['store']['read'], organizationId: string, id: string) =>
  db
    .selectFrom('leaver_report')
    .selectAll()
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst()

interface About {
  readonly organizationId: string
  readonly personId: string
  readonly lastDay: string
  readonly by: string
}

/** The person and the helpdesk hear of it in the same transaction. */
async function tell(
  parts: AgencyParts,
  tx: Tx,
  kind: Extract<AgencyLetterKind, 'left' | 'will-leave' | 'stays'>,
  { organizationId, personId, lastDay, by }: About,
  policy: Policy,
  now: number,
): Promise<void> {
  const person = await readName(tx, personId)
  const contact = await readName(tx, by)
  const { name: organization } = await tx.db
    .selectFrom('organization')
    .select('name')
    .where('id', '=', organizationId)
    .executeTakeFirstOrThrow()
  const noon = momentOf(lastDay, '12:00', policy.timeZone) ?? now
  const day = (language: string) => dayInWords(noon, policy.timeZone, language)
  await writeToReader(parts, tx, policy, person, { kind, organization, day }, now)
  await writeToHelpdesk(
    parts,
    tx,
    policy,
    {
      kind: kind === 'stays' ? 'leaver-taken-back' : 'leaver-reported',
      organization,
      about: fullName(person.first_name, person.last_name),
      day,
      by: fullName(contact.first_name, contact.last_name),
      path: `/helpdesk/people/${personId}`,
    },
    now,
  )
}

const readName = (tx: Tx, id: string) =>
  tx.db
    .selectFrom('account')
    .select(['id', 'email', 'first_name', 'last_name', 'language'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

/** People in one look at the store. */
const batch = 200

/**
 * Carries out the reports whose day is over. Who is no plain user any more is left to the helpdesk.
 * @returns how many.
 */
export async function endDueReports(services: Services, policy: Policy, now: number): Promise<number> {
  const due = await services.store.read
    .selectFrom('leaver_report')
    .select(['id', 'account_id', 'organization_id', 'reported_by', 'last_day'])
    .where('done_at', 'is', null)
    .where('taken_back_at', 'is', null)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(batch)
    .execute()
  let ended = 0
  for (const report of due) {
    const isDone = await services.store.write(async tx => {
      const subject = await lockSubject(tx, report.account_id)
      if (subject === undefined) return false
      const by: ContactAct = {
        agent: { actor: report.reported_by, role: 'user' },
        organizationId: report.organization_id,
        now,
      }
      if (!(await isPlain(tx, subject))) {
        await takePlansBack(tx, by, subject.id)
        await askForLeaver(services, tx, by, { personId: subject.id, lastDay: report.last_day }, policy)
        return true
      }
      const act: Act = {
        agent: { actor: 'system', role: 'user' },
        subjectId: subject.id,
        reason: reasonOf(report.last_day),
        now,
      }
      const outcome = await endFor(services, tx, report.id, act)
      return outcome.ok && outcome.value
    })
    if (isDone) ended += 1
  }
  return ended
}
