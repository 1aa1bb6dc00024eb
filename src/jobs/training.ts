import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { readPolicy } from '../policy/policy.ts'
import type { Services } from '../session/services.ts'
import { type Course, coursesBeforeAccount, readCourses } from '../training/courses.ts'
import { lookUp } from '../training/look-up.ts'
import { type Fault, type Moodle, moodleOf, pageSize } from '../training/moodle.ts'
import { backOff, stopsAll } from '../training/rules.ts'
import {
  dropUnseen,
  dueAccounts,
  dueCandidates,
  keepCandidate,
  keepCandidates,
  keepFinding,
  liftLapses,
} from '../training/store.ts'
import { readBelief } from './believed.ts'
import { noticeTraining } from './training-notice.ts'

const minute = 60_000

/** One process asks at a time: the claim holds this long, and a run ends well before. */
export const trainingEvery = 15 * minute
const longestRun = 3 * minute
/** People looked up in one run, of those with an account and of those without. */
const mostLookUps = 100
/** Pages of one course's list: 20,000 people. */
const mostPages = 100

export const trainingJob = 'training'
const failuresName = 'training runs failed'

const chance = (): number => randomInt(1_000) / 1_000

/** What a run came to, as it is kept for the console. */
interface RunResult {
  readonly checked: number
  readonly changed: number
  readonly candidates: number
  /** Moodle's word for why the run ended early; '' when it did not. */
  readonly fault: string
}

interface Run {
  readonly services: Services
  readonly moodle: Moodle
  readonly courses: readonly Course[]
  readonly months: number
  /** When the run began, in milliseconds since 1970. */
  readonly now: number
  readonly signal: AbortSignal
}

/**
 * Asks Moodle about anyone who is due. The first answer that concerns all of Moodle ends the run, and the next one waits
 * longer each time; nothing is changed by an answer that did not come.
 */
export async function pollTraining(
  services: Services,
  clock: number,
  stopping: AbortSignal,
): Promise<string> {
  const policy = await readPolicy(services.store)
  const { trainingMonths: months } = policy
  const now = await readBelief(services, clock)
  const lifted = months === 0 ? await liftLapses(services, now) : 0
  const moodle = moodleOf(services.settings, services.now)
  if (moodle === undefined) return JSON.stringify({ lifted })
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(longestRun)])
  const courses = await readCourses(services.store.read)
  const result = await runOnce({ services, moodle, courses, months, now, signal })
  if (!signal.aborted) await noteOutcome(services, result.fault === '', clock)
  const told = await noticeTraining(services, policy, now, stopping)
  if (result.fault === '') services.log.info(result, 'Moodle was asked about training')
  else services.log.warn(result, 'Moodle could not be asked about training')
  return JSON.stringify({ ...result, told })
}

async function runOnce(run: Run): Promise<RunResult> {
  const listed = await readLists(run)
  if (listed !== undefined) return { checked: 0, changed: 0, candidates: 0, fault: listed.code }
  const accounts = await checkAccounts(run)
  if (accounts.fault !== undefined)
    return { checked: accounts.checked, changed: accounts.changed, candidates: 0, fault: accounts.fault.code }
  const candidates = await checkCandidates(run)
  return {
    checked: accounts.checked,
    changed: accounts.changed,
    candidates: candidates.checked,
    fault: candidates.fault?.code ?? '',
  }
}

/** The people enrolled in the courses. A list cut off by its length removes nobody. */
async function readLists({ services, moodle, courses, now, signal }: Run): Promise<Fault | undefined> {
  let isWhole = true
  for (const { moodleId } of courses) {
    let page = 0
    for (let more = true; more && page < mostPages; page++) {
      const reply = await moodle.enrolled(moodleId, page * pageSize, signal)
      if (!reply.ok) return reply.fault
      await keepCandidates(services, reply.value, now)
      more = reply.value.length === pageSize
      if (more && page === mostPages - 1) isWhole = false
    }
  }
  if (isWhole) await dropUnseen(services, now)
  return undefined
}

interface Checked {
  readonly checked: number
  readonly changed: number
  readonly fault: Fault | undefined
}

async function checkAccounts({ services, moodle, courses, months, now, signal }: Run): Promise<Checked> {
  let [checked, changed] = [0, 0]
  for (const account of await dueAccounts(services.store, now, mostLookUps)) {
    if (signal.aborted) break
    const finding = await lookUp(moodle, courses, account, signal)
    if (signal.aborted) break
    const asked = { actor: 'system', months, now, jitter: chance() }
    const kept = await keepFinding(services, account.id, finding, asked)
    if (finding.fault !== undefined && stopsAll(finding.fault.why))
      return { checked, changed, fault: finding.fault }
    checked += 1
    if (kept !== undefined && kept.before.state !== kept.after.state) changed += 1
  }
  return { checked, changed, fault: undefined }
}

async function checkCandidates({ services, moodle, courses, now, signal }: Run): Promise<Checked> {
  const asked = coursesBeforeAccount(courses)
  let checked = 0
  for (const moodleUserId of await dueCandidates(services.store, now, mostLookUps)) {
    if (signal.aborted) break
    const trainee = { moodleUserId, email: '', workgroupIds: asked.flatMap(({ workgroups }) => workgroups) }
    const finding = await lookUp(moodle, asked, trainee, signal)
    if (signal.aborted) break
    await keepCandidate(services, moodleUserId, finding.known, { now, jitter: chance() })
    if (finding.fault !== undefined && stopsAll(finding.fault.why))
      return { checked, changed: 0, fault: finding.fault }
    checked += 1
  }
  return { checked, changed: 0, fault: undefined }
}

/** Counts failed runs in a row, and moves the next run on after one. */
async function noteOutcome({ store }: Services, isGood: boolean, now: number): Promise<void> {
  if (isGood) {
    await store.writeOne(db => db.deleteFrom('counter').where('name', '=', failuresName).execute())
    return
  }
  await store.write(async ({ db }) => {
    const { value } = await db
      .insertInto('counter')
      .values({ name: failuresName, value: 1 })
      .onConflict(conflict => conflict.column('name').doUpdateSet({ value: sql<number>`counter.value + 1` }))
      .returning('value')
      .executeTakeFirstOrThrow()
    await db
      .updateTable('job')
      .set({ next_run_at: now + backOff(value, chance()) })
      .where('name', '=', trainingJob)
      .execute()
  })
}
