import type { TrainingState } from '../store/schema.ts'

/** Why nothing can be said; each has its sentence. None of them says anything about the person. */
export type Doubt =
  /** No Moodle is set, or no course. */
  | 'no-moodle'
  /** No course is for their workgroups. */
  | 'none-asked'
  /** No answer, or not in time. */
  | 'unreachable'
  /** An answer that is not Moodle's: a page, half an answer, a redirection, too many bytes. */
  | 'unreadable'
  /** Moodle does not let Lintel look. */
  | 'not-allowed'
  /** Moodle is in maintenance mode. */
  | 'maintenance'
  /** Nobody in Moodle has this email address. */
  | 'nobody'
  /** Several people in Moodle have it. */
  | 'several'
  | 'not-enrolled'
  /** The course is in a group that this token cannot see. */
  | 'not-visible'
  /** The course has no rule for when it is finished. */
  | 'no-criteria'
  /** Everything is done, but Moodle's scheduled task has not marked it yet. */
  | 'not-worked-out'
  | 'other'

/** Known facts about somebody's training; three different things. */
export type Knowledge =
  /** `at`: milliseconds since 1970; undefined when Moodle does not say. */
  | { readonly kind: 'finished'; readonly at: number | undefined }
  | { readonly kind: 'not-finished' }
  | { readonly kind: 'cannot-tell'; readonly why: Doubt }

export const cannotTell = (why: Doubt): Knowledge => ({ kind: 'cannot-tell', why })

/** `core_completion_get_course_completion_status`, as far as it is used. Times are seconds since 1970. */
export interface CourseStatus {
  readonly completed: boolean
  /** 1: all criteria, 2: any. */
  readonly aggregation: number
  readonly completions: readonly { readonly complete: boolean; readonly timecompleted: number | null }[]
}

/** What one course's status says. Moodle works completion out by its clock, so it may lag behind its own criteria. */
export function courseKnowledge({ completed, aggregation, completions }: CourseStatus): Knowledge {
  const met = completions.filter(({ complete }) => complete)
  const anyCounts = aggregation === 2
  if (completed) {
    const times = met.map(({ timecompleted }) => timecompleted ?? 0).filter(seconds => seconds > 0)
    if (times.length === 0) return { kind: 'finished', at: undefined }
    return { kind: 'finished', at: 1_000 * (anyCounts ? Math.min(...times) : Math.max(...times)) }
  }
  const isDone = anyCounts ? met.length > 0 : completions.length > 0 && met.length === completions.length
  return isDone ? cannotTell('not-worked-out') : { kind: 'not-finished' }
}

/** Several courses together: one that is open is enough to say no, one in doubt to say nothing. */
export function together(courses: readonly Knowledge[]): Knowledge {
  if (courses.length === 0) return cannotTell('no-moodle')
  if (courses.some(({ kind }) => kind === 'not-finished')) return { kind: 'not-finished' }
  const times: (number | undefined)[] = []
  for (const course of courses) {
    if (course.kind === 'cannot-tell') return course
    if (course.kind === 'finished') times.push(course.at)
  }
  const known = times.filter(at => at !== undefined)
  return { kind: 'finished', at: known.length === times.length ? Math.max(...known) : undefined }
}

const errors = new Map<string, Doubt>([
  ['usernotenroled', 'not-enrolled'],
  ['notenroled', 'not-enrolled'],
  ['nocriteriaset', 'no-criteria'],
  ['sitemaintenance', 'maintenance'],
  ['upgraderunning', 'maintenance'],
  ['invaliduser', 'nobody'],
  ['invaliduserid', 'nobody'],
  ['userdeleted', 'nobody'],
  ['invalidtoken', 'not-allowed'],
  ['accessexception', 'not-allowed'],
  ['servicenotavailable', 'not-allowed'],
  ['cannotviewreport', 'not-allowed'],
  ['accessdenied', 'not-visible'],
  ['nopermissions', 'not-allowed'],
  ['requireloginerror', 'not-allowed'],
  ['invalidrecord', 'not-allowed'],
  ['invalidcourseid', 'not-allowed'],
  ['errorcoursecontextnotvalid', 'not-allowed'],
])

/** What an exception of Moodle's means. It comes with HTTP status 200; `code` is its `errorcode`. */
export const doubtOf = (code: string): Doubt => errors.get(code) ?? 'other'

/** Doubts about the whole Moodle, not about one person: asking on makes no sense. */
export const stopsAll = (why: Doubt): boolean =>
  why === 'unreachable' ||
  why === 'unreadable' ||
  why === 'maintenance' ||
  why === 'not-allowed' ||
  why === 'no-moodle'

/** Stored facts about one person's training. Times are milliseconds since 1970. */
export interface Training {
  readonly state: TrainingState
  readonly finishedAt: number | null
}

/** The moment `months` later, on the same day of the month or its last. */
export function afterMonths(at: number, months: number): number {
  const date = new Date(at)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, lastDay))
  return date.getTime()
}

/** When training has to be done again; undefined: never. `months` 0: never. */
export const lapsesAt = (finishedAt: number | null, months: number): number | undefined =>
  finishedAt === null || months === 0 ? undefined : afterMonths(finishedAt, months)

/**
 * A person's training after Moodle was asked. A doubt changes nothing: it bars nobody, and lets nobody in who was out.
 * While training has to be repeated, "not finished" takes nothing away before the day: renewal begins with a reset.
 * Who was let in without it is not put out by one that is too old.
 */
export function nextTraining(before: Training, known: Knowledge, months: number, now: number): Training {
  if (known.kind === 'cannot-tell') return before
  const told = known.kind === 'finished' ? Math.min(known.at ?? before.finishedAt ?? now, now) : undefined
  const finishedAt = told ?? before.finishedAt
  const end = lapsesAt(finishedAt, months)
  const hasLapsed = end !== undefined && end <= now
  if (known.kind === 'finished') {
    if (!hasLapsed) return { state: 'finished', finishedAt }
    return { state: before.state === 'not-finished' ? 'not-finished' : 'lapsed', finishedAt }
  }
  const wasFinished = before.state === 'finished' || before.state === 'lapsed'
  if (!wasFinished || months === 0) return { state: 'not-finished', finishedAt }
  return { state: hasLapsed || finishedAt === null ? 'lapsed' : 'finished', finishedAt }
}

/** What has to be finished again: of these courses, or of all, whatever was finished before a moment. */
interface Again {
  /** Milliseconds since 1970; null: nothing. */
  readonly since: number | null
  readonly courses: readonly string[]
}

/** Known facts, where what has to be finished again counts as not finished. A course without a day tells nothing of it. */
export function knownSince(
  known: Knowledge,
  courses: readonly { readonly courseId: string; readonly known: Knowledge }[],
  { since, courses: again }: Again,
): Knowledge {
  if (since === null || known.kind === 'cannot-tell') return known
  const later = (one: Knowledge): Knowledge => {
    if (one.kind !== 'finished') return one
    if (one.at === undefined) return cannotTell('other')
    return one.at < since ? { kind: 'not-finished' } : one
  }
  if (courses.length === 0) return later(known)
  return together(
    courses.map(one => (again.length === 0 || again.includes(one.courseId) ? later(one.known) : one.known)),
  )
}

const minute = 60_000
const hour = 60 * minute

/** Milliseconds until somebody is looked up again, longest for whom nothing is expected of. `jitter`: 0 to 1. */
export function pauseAfter(state: TrainingState, known: Knowledge, jitter: number): number {
  const base =
    known.kind === 'cannot-tell'
      ? 6 * hour
      : state === 'finished'
        ? 24 * hour
        : state === 'lapsed'
          ? hour / 4
          : hour
  return Math.round(base * (0.8 + 0.4 * jitter))
}

/** Milliseconds without asking Moodle after so many failed runs in a row. `jitter`: 0 to 1. */
export const backOff = (failures: number, jitter: number): number =>
  Math.round(Math.min(6 * hour, 15 * minute * 2 ** Math.min(failures - 1, 10)) * (0.8 + 0.4 * jitter))

/** Known facts, where training that is too old counts as not finished. */
export function stillHolds(known: Knowledge, months: number, now: number): Knowledge {
  const end = known.kind === 'finished' ? lapsesAt(known.at ?? null, months) : undefined
  return end !== undefined && end <= now ? { kind: 'not-finished' } : known
}

export type TrainingGate = 'off' | 'warn' | 'required'

/**
 * Tells whether an account may be made. `required` is opened by finished training, or by an agent who says why; a doubt is shown
 * like anything else that is not finished, and never decides in silence. Who has no course to finish is kept out by none.
 */
export function trainingGateFor(
  gate: TrainingGate,
  known: Knowledge,
  override: string,
): 'open' | 'warn' | 'closed' {
  const isAsked = known.kind !== 'cannot-tell' || known.why !== 'none-asked'
  if (gate === 'off' || known.kind === 'finished' || !isAsked) return 'open'
  return gate === 'warn' || override.trim() !== '' ? 'warn' : 'closed'
}
