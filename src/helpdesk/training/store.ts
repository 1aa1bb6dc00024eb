import { type SqlBool, sql } from 'kysely'
import { foldName } from '../../account/names.ts'
import { inReach, type Reach } from '../../administration/reach.ts'
import type { TrainingCandidateTable, TrainingState } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { mostCounted } from '../people/store.ts'

/** Somebody who finished the training and has no account. Times are milliseconds since 1970. */
export type Candidate = Pick<
  TrainingCandidateTable,
  'moodle_user_id' | 'first_name' | 'last_name' | 'email' | 'finished_at'
>

/** Where a page of candidates begins: behind this one. */
export interface Cursor {
  readonly finishedAt: number
  readonly moodleUserId: number
}

export const candidatesPerPage = 50

const columns = ['moodle_user_id', 'first_name', 'last_name', 'email', 'finished_at'] as const

const waiting = ({ read }: Store) =>
  read
    .selectFrom('training_candidate')
    .where('state', '=', 'finished')
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('account')
            .select('account.id')
            .whereRef('account.moodle_user_id', '=', 'training_candidate.moodle_user_id'),
        ),
      ),
    )
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('account')
            .select('account.id')
            .whereRef('account.email_key', '=', 'training_candidate.email_key')
            .where('training_candidate.email_key', '<>', ''),
        ),
      ),
    )

/** One page of who waits for an account, the longest waiting first, and one more when there is a next page. */
export const readCandidates = (store: Store, after: Cursor | undefined): Promise<readonly Candidate[]> =>
  waiting(store)
    .select(columns)
    .$if(after !== undefined, query =>
      query.where(
        sql<SqlBool>`(finished_at, moodle_user_id) > (${after?.finishedAt}, ${after?.moodleUserId})`,
      ),
    )
    .orderBy('finished_at')
    .orderBy('moodle_user_id')
    .limit(candidatesPerPage + 1)
    .execute()

/** How many wait for an account, at most `mostCounted`. */
export async function countCandidates(store: Store): Promise<number> {
  const some = waiting(store).select('moodle_user_id').limit(mostCounted)
  const { count } = await store.read
    .selectFrom(some.as('some'))
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export const readCandidate = ({ read }: Store, moodleUserId: number): Promise<Candidate | undefined> =>
  read
    .selectFrom('training_candidate')
    .select(columns)
    .where('moodle_user_id', '=', moodleUserId)
    .executeTakeFirst()

/** Accounts with this email address, as this agent may see them. */
export const findByEmail = ({ read }: Store, email: string, reach: Reach) =>
  read
    .selectFrom('account')
    .select(['id', 'first_name', 'last_name', 'username'])
    .where('email_key', '=', foldName(email))
    .where(inReach(reach))
    .limit(5)
    .execute()

export interface LastPoll {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly result: string
}

/** When Moodle was last asked, and what came of it. */
export async function readLastPoll({ read }: Store): Promise<LastPoll | undefined> {
  const row = await read
    .selectFrom('job')
    .select(['last_run_at', 'last_result'])
    .where('name', '=', 'training')
    .executeTakeFirst()
  return row === undefined || row.last_run_at === null
    ? undefined
    : { at: row.last_run_at, result: row.last_result ?? '' }
}

/**
 * Administrators whose account stays open although their training was over when Moodle was last asked: it is the last one.
 * `span`: milliseconds for which training holds. As the agent may see them.
 */
export const readSpared = ({ read }: Store, span: number, reach: Reach) =>
  read
    .selectFrom('account')
    .select(['id', 'first_name', 'last_name'])
    .where('training_state', '=', 'finished')
    .where(sql<SqlBool>`training_checked_at - training_finished_at >= ${span}`)
    .where('role', '=', 'administrator')
    .where('deactivated_at', 'is', null)
    .where(inReach(reach))
    .limit(5)
    .execute()

export interface PersonTraining {
  readonly state: TrainingState
  readonly finishedAt: number | null
  readonly checkedAt: number | null
  readonly moodleUserId: number | null
}

export async function readTraining({ read }: Store, id: string): Promise<PersonTraining | undefined> {
  const row = await read
    .selectFrom('account')
    .select(['training_state', 'training_finished_at', 'training_checked_at', 'moodle_user_id'])
    .where('id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      state: row.training_state,
      finishedAt: row.training_finished_at,
      checkedAt: row.training_checked_at,
      moodleUserId: row.moodle_user_id,
    }
  )
}
