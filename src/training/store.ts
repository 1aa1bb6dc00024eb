import { sql } from 'kysely'
import { foldName } from '../account/names.ts'
import { moveStanding, standingOf } from '../account/standing.ts'
import type { Actor } from '../audit/audit.ts'
import type { StandingChanged } from '../audit/evidence.ts'
import type { Services } from '../session/services.ts'
import type { Store, Tx } from '../store/store.ts'
import { idsIn, readWorkgroupIds } from './courses.ts'
import type { CourseFinding, Finding, Trainee } from './look-up.ts'
import type { MoodleUser } from './moodle.ts'
import { cannotTell, type Knowledge, knownSince, nextTraining, pauseAfter, type Training } from './rules.ts'

/** Milliseconds; nobody is put off for longer, so a later time was written by a clock that was wrong. */
const furthestDue = 48 * 3_600_000

interface DueAccount extends Trainee {
  readonly id: string
}

/** Accounts whose training is to be looked up, the longest overdue first. */
export async function dueAccounts(
  { read }: Store,
  now: number,
  most: number,
): Promise<readonly DueAccount[]> {
  const rows = await read
    .selectFrom('account')
    .select(['id', 'moodle_user_id', 'email'])
    .where(eb => eb.or([eb('training_due_at', '<=', now), eb('training_due_at', '>', now + furthestDue)]))
    .where('deactivated_at', 'is', null)
    .orderBy('training_due_at')
    .limit(most)
    .execute()
  const workgroupIdsOf = await readWorkgroupIds(
    read,
    rows.map(({ id }) => id),
  )
  return rows.map(row => ({
    ...{ id: row.id, moodleUserId: row.moodle_user_id, email: row.email },
    workgroupIds: workgroupIdsOf(row.id),
  }))
}

/** The agent who asked, and the rules by which the answer is kept. */
export interface Asked {
  readonly actor: Actor
  readonly address?: string
  readonly requestId?: string
  /** In the agent's words, when they said that training is finished. */
  readonly reason?: string
  /** Version of the account that the agent's page showed. */
  readonly seenVersion?: number
  /** Policy: after how many months training is done again; 0: never. */
  readonly months: number
  /** Milliseconds since 1970. */
  readonly now: number
  /** 0 to 1: spreads the next look-up. */
  readonly jitter: number
}

export interface Kept {
  readonly known: Knowledge
  readonly before: Training
  readonly after: Training
  /** Training is over, and the account stays open: it is the last active administrator's. */
  readonly spared: boolean
}

/**
 * Keeps what was found of one account's training, with an audit record when its state changes, in one transaction.
 * @returns undefined when there is no such account, or it has changed since the agent saw it.
 */
export const keepFinding = (
  services: Pick<Services, 'store' | 'audit'>,
  accountId: string,
  finding: Finding,
  asked: Asked,
): Promise<Kept | undefined> => services.store.write(tx => keepIn(services, tx, accountId, finding, asked))

/** As `keepFinding`, in the transaction of something else. */
export async function keepIn(
  { audit }: Pick<Services, 'audit'>,
  tx: Tx,
  accountId: string,
  finding: Finding,
  asked: Asked,
): Promise<Kept | undefined> {
  const row = await tx.db
    .updateTable('account')
    .set(eb => ({ version: eb.ref('version') }))
    .where('id', '=', accountId)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined || (asked.seenVersion ?? row.version) !== row.version) return undefined
  await keepFinishes(tx, accountId, finding.courses ?? [], asked.now)
  const isFirst = row.moodle_user_id === null
  if (isFirst && finding.moodleUserId !== undefined) await takeTurn(tx, finding.moodleUserId)
  const claimed = await claimUser(tx, accountId, finding)
  const { known: said, moodleUserId } = isFirst ? claimed : finding
  const since = row.training_since
  const known = knownSince(said, finding.courses ?? [], {
    since,
    courses: idsIn(row.training_again),
  })
  const before: Training = { state: row.training_state, finishedAt: row.training_finished_at }
  const wanted: Training =
    since !== null && known.kind === 'not-finished'
      ? { ...before, state: 'lapsed' }
      : nextTraining(before, known, asked.months, asked.now)
  const standing = (training: Training) => standingOf({ ...row, training_state: training.state })
  const spared = !(await moveStanding(tx, standing(before), standing(wanted)))
  const after = spared ? before : wanted
  const hasChanged = after.state !== before.state
  await tx.db
    .updateTable('account')
    .set({
      training_state: after.state,
      training_finished_at: after.finishedAt,
      ...(after.state === 'finished' && { training_since: null, training_again: '[]' }),
      training_due_at: asked.now + pauseAfter(after.state, known, asked.jitter),
      ...(row.moodle_user_id === null && moodleUserId !== undefined && { moodle_user_id: moodleUserId }),
      ...(known.kind !== 'cannot-tell' && { training_checked_at: asked.now }),
      ...(hasChanged && { version: sql<number>`version + 1` }),
    })
    .where('id', '=', accountId)
    .execute()
  if (hasChanged || asked.reason !== undefined) {
    await audit.record(tx, {
      event: 'user_updated',
      actor: asked.actor,
      subject: accountId,
      ...(asked.address !== undefined && { address: asked.address }),
      ...(asked.requestId !== undefined && { requestId: asked.requestId }),
      args: {
        change: 'training',
        before: before.state,
        after: after.state,
        ...(after.finishedAt !== null && { finishedAt: after.finishedAt }),
        ...(asked.reason !== undefined && { reason: asked.reason }),
      } satisfies StandingChanged,
    })
  }
  return { known, before, after, spared }
}

/** Notes which courses are finished. One without a day is noted as of today, when it is first seen so. */
async function keepFinishes(
  tx: Tx,
  accountId: string,
  courses: readonly CourseFinding[],
  now: number,
): Promise<void> {
  for (const { courseId, known } of courses) {
    if (known.kind !== 'finished') continue
    const finished_at = Math.min(known.at ?? now, now)
    await tx.db
      .insertInto('course_finish')
      .values({ account_id: accountId, course_id: courseId, finished_at })
      .onConflict(conflict =>
        known.at === undefined
          ? conflict.doNothing()
          : conflict.columns(['account_id', 'course_id']).doUpdateSet({ finished_at }),
      )
      .execute()
  }
}

/** A person in Moodle belongs to one account: found by an email address that two accounts share, nothing can be told. */
async function claimUser(
  tx: Tx,
  accountId: string,
  { known, moodleUserId, fault }: Finding,
): Promise<Pick<Finding, 'known' | 'moodleUserId'>> {
  if (moodleUserId === undefined) return { known, moodleUserId }
  const other = await tx.db
    .selectFrom('account')
    .select('id')
    .where('moodle_user_id', '=', moodleUserId)
    .where('id', '<>', accountId)
    .executeTakeFirst()
  if (other !== undefined) return { known: cannotTell('several'), moodleUserId: undefined }
  await tx.db.deleteFrom('training_candidate').where('moodle_user_id', '=', moodleUserId).execute()
  return { known, moodleUserId: fault?.why === 'nobody' ? undefined : moodleUserId }
}

/**
 * Of several accounts that claim one person in Moodle at the same moment, each sees what became of those before it: a row
 * of that person's is held for the rest of the transaction.
 */
async function takeTurn(tx: Tx, moodleUserId: number): Promise<void> {
  await tx.db
    .insertInto('counter')
    .values({ name: `moodle user ${moodleUserId}`, value: 1 })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value: sql<number>`counter.value + 1` }))
    .execute()
}

/** Lifts every lapse: policy asks for no repetition any more. @returns how many. */
export function liftLapses(services: Services, now: number): Promise<number> {
  return services.store.write(async tx => {
    const lapsed = await tx.db
      .selectFrom('account')
      .select('id')
      .where('training_state', '=', 'lapsed')
      .where('training_since', 'is', null)
      .limit(200)
      .execute()
    const again: Knowledge = { kind: 'finished', at: undefined }
    for (const { id } of lapsed)
      await keepIn(
        services,
        tx,
        id,
        { known: again, moodleUserId: undefined, fault: undefined },
        { actor: 'system', months: 0, now, jitter: 0 },
      )
    return lapsed.length
  })
}

/** Keeps who is enrolled and has no account yet; who is known is only marked as seen. */
export async function keepCandidates(
  { store }: Pick<Services, 'store'>,
  users: readonly MoodleUser[],
  now: number,
): Promise<void> {
  if (users.length === 0) return
  const held = await store.read
    .selectFrom('account')
    .select(['moodle_user_id', 'email_key'])
    .where(eb =>
      eb.or([
        eb(
          'moodle_user_id',
          'in',
          users.map(({ id }) => id),
        ),
        eb(
          'email_key',
          'in',
          users.map(({ email }) => foldName(email)),
        ),
      ]),
    )
    .execute()
  const ids = new Set(held.map(row => row.moodle_user_id))
  const emails = new Set(held.map(row => row.email_key))
  const rows = users
    .filter(({ id, email }) => !ids.has(id) && !(email !== '' && emails.has(foldName(email))))
    .map(({ id, firstName, lastName, email }) => ({
      moodle_user_id: id,
      first_name: firstName.slice(0, 80),
      last_name: lastName.slice(0, 80),
      email: email.slice(0, 254),
      email_key: foldName(email).slice(0, 254),
      state: 'unknown' as const,
      finished_at: null,
      seen_at: now,
      due_at: 0,
    }))
  if (rows.length === 0) return
  await store.writeOne(db =>
    db
      .insertInto('training_candidate')
      .values(rows)
      .onConflict(conflict =>
        conflict.column('moodle_user_id').doUpdateSet(eb => ({
          first_name: eb.ref('excluded.first_name'),
          last_name: eb.ref('excluded.last_name'),
          email: eb.ref('excluded.email'),
          email_key: eb.ref('excluded.email_key'),
          seen_at: eb.ref('excluded.seen_at'),
        })),
      )
      .execute(),
  )
}

/** Removes who was not in the list that began at `since`: no longer enrolled, or an account by now. */
export const dropUnseen = async ({ store }: Pick<Services, 'store'>, since: number): Promise<void> => {
  await store.writeOne(db => db.deleteFrom('training_candidate').where('seen_at', '<', since).execute())
}

/** Ids in Moodle of candidates to be looked up, the longest overdue first. */
export async function dueCandidates({ read }: Store, now: number, most: number): Promise<readonly number[]> {
  const rows = await read
    .selectFrom('training_candidate')
    .select('moodle_user_id')
    .where(eb => eb.or([eb('due_at', '<=', now), eb('due_at', '>', now + furthestDue)]))
    .orderBy('due_at')
    .limit(most)
    .execute()
  return rows.map(row => row.moodle_user_id)
}

/** Keeps what was found of somebody who has no account. */
export async function keepCandidate(
  { store }: Pick<Services, 'store'>,
  moodleUserId: number,
  known: Knowledge,
  { now, jitter }: Pick<Asked, 'now' | 'jitter'>,
): Promise<void> {
  const next =
    known.kind === 'cannot-tell'
      ? {}
      : {
          state: known.kind,
          finished_at:
            known.kind === 'not-finished'
              ? null
              : known.at === undefined
                ? sql<number>`coalesce(finished_at, ${now})`
                : Math.min(known.at, now),
        }
  await store.writeOne(db =>
    db
      .updateTable('training_candidate')
      .set({
        ...next,
        due_at: now + pauseAfter(known.kind === 'finished' ? 'finished' : 'not-finished', known, jitter),
      })
      .where('moodle_user_id', '=', moodleUserId)
      .execute(),
  )
}
