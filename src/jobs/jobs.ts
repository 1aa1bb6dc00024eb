import type { Services } from '../session/services.ts'
import { runAgency } from './agency.ts'
import { cleanUp } from './clean-up.ts'
import { runDormancy } from './dormancy.ts'
import { runLifecycle } from './lifecycle.ts'
import { readNamesAnew } from './names.ts'
import { pollTraining, trainingEvery, trainingJob } from './training.ts'
import { noticeTwoStep } from './two-step-notice.ts'
import { endSilentVisits } from './visits.ts'

/** Something that the clock asks for; over all processes it runs once in each `every`. */
export interface Job {
  readonly name: string
  /** Milliseconds from one run to the next. */
  readonly every: number
  /** @returns what was done, for the store's row and the log. */
  readonly run: (services: Services, now: number, stopping: AbortSignal) => Promise<string>
}

const minute = 60_000

const day = 24 * 60 * minute

export const jobs: readonly Job[] = [
  { name: 'lifecycle', every: minute, run: runLifecycle },
  { name: 'agency desk', every: minute, run: runAgency },
  { name: 'visits of applications', every: minute, run: endSilentVisits },
  { name: 'dormancy', every: day, run: runDormancy },
  { name: 'notice of 2-step verification', every: 60 * minute, run: noticeTwoStep },
  { name: 'reading of names', every: 60 * minute, run: readNamesAnew },
  { name: 'clean-up', every: 60 * minute, run: cleanUp },
  { name: trainingJob, every: trainingEvery, run: pollTraining },
]

/** Milliseconds between looks at the clock. */
const look = minute

/**
 * Takes a job whose time has come. One conditional update moves its next time on, so of several processes one runs it;
 * if that one dies, the next time comes all the same. A clock that goes back delays it by a day at most: a next time
 * further ahead than that was written by a clock that was wrong.
 */
export async function claimJob({ store }: Pick<Services, 'store'>, job: Job, now: number): Promise<boolean> {
  return store.writeOne(async db => {
    const claimed = await db
      .insertInto('job')
      .values({ name: job.name, next_run_at: now + job.every })
      .onConflict(conflict =>
        conflict
          .column('name')
          .doUpdateSet({ next_run_at: now + job.every })
          .where(eb =>
            eb.or([eb('job.next_run_at', '<=', now), eb('job.next_run_at', '>', now + job.every + day)]),
          ),
      )
      .returning('name')
      .executeTakeFirst()
    return claimed !== undefined
  })
}

/** Runs what is due. A job that fails is logged and comes again at its next time. */
export async function runDueJobs(
  services: Services,
  list: readonly Job[] = jobs,
  stopping: AbortSignal = new AbortController().signal,
): Promise<void> {
  const now = services.now()
  for (const job of list) {
    if (stopping.aborted) return
    if (!(await claimJob(services, job, now))) continue
    try {
      const result = await job.run(services, now, stopping)
      await services.store.writeOne(db =>
        db
          .updateTable('job')
          .set({ last_run_at: now, last_result: result })
          .where('name', '=', job.name)
          .execute(),
      )
    } catch (error) {
      services.log.error({ err: error, job: job.name }, 'a job failed')
    }
  }
}

/** Looks at the clock while the process lives. @returns what stops it, once the job that runs is done. */
export function startJobs(services: Services): () => Promise<void> {
  let running: Promise<void> | undefined
  const stopping = new AbortController()
  const tick = () => {
    running ??= runDueJobs(services, jobs, stopping.signal)
      .catch(error => services.log.error({ err: error }, 'jobs could not be looked at'))
      .finally(() => {
        running = undefined
      })
  }
  const timer = setInterval(tick, look).unref()
  tick()
  return async () => {
    clearInterval(timer)
    stopping.abort()
    await running
  }
}
