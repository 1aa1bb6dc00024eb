import { type Course, coursesFor } from './courses.ts'
import type { Fault, Moodle, Reply } from './moodle.ts'
import { cannotTell, courseKnowledge, type Knowledge, stopsAll, together } from './rules.ts'

/** The person Moodle is asked about: by the stored id, or else by email address. */
export interface Trainee {
  readonly moodleUserId: number | null
  readonly email: string
  /** What courses they have to finish depends on these. */
  readonly workgroupIds: readonly string[]
}

/** What is known of one course. */
export interface CourseFinding {
  readonly courseId: string
  readonly known: Knowledge
}

export interface Finding {
  readonly known: Knowledge
  /** Undefined: nobody, or more than one. */
  readonly moodleUserId: number | undefined
  /** What went wrong, in Moodle's word, for the operator. */
  readonly fault: Fault | undefined
  /** Of each course that was asked about. */
  readonly courses?: readonly CourseFinding[]
}

const failed = (fault: Fault, moodleUserId: number | undefined): Finding => ({
  known: cannotTell(fault.why),
  moodleUserId,
  fault,
})

/** What Moodle says of one person, of these courses those that are theirs. Never throws; without a Moodle nothing can be told. */
export async function lookUp(
  moodle: Moodle | undefined,
  all: readonly Course[],
  trainee: Trainee,
  signal?: AbortSignal,
): Promise<Finding> {
  const asked = coursesFor(all, trainee.workgroupIds)
  if (moodle === undefined || asked.length === 0) {
    const why = moodle === undefined || all.length === 0 ? 'no-moodle' : 'none-asked'
    return { known: cannotTell(why), moodleUserId: undefined, fault: undefined }
  }
  const found = await findUser(moodle, trainee, signal)
  if (!found.ok) return failed(found.fault, undefined)
  const courses: CourseFinding[] = []
  let fault: Fault | undefined
  for (const { id, moodleId } of asked) {
    const status = await moodle.completion(moodleId, found.value, signal)
    if (!status.ok && stopsAll(status.fault.why)) return failed(status.fault, found.value)
    fault = status.ok ? fault : status.fault
    courses.push({
      courseId: id,
      known: status.ok ? courseKnowledge(status.value) : cannotTell(status.fault.why),
    })
  }
  const known = together(courses.map(course => course.known))
  return {
    ...{ known, moodleUserId: found.value, courses },
    fault: known.kind === 'cannot-tell' ? fault : undefined,
  }
}

async function findUser(
  moodle: Moodle,
  { moodleUserId, email }: Pick<Trainee, 'moodleUserId' | 'email'>,
  signal: AbortSignal | undefined,
): Promise<Reply<number>> {
  if (moodleUserId !== null) return { ok: true, value: moodleUserId }
  const reply = await moodle.usersByEmail(email, signal)
  if (!reply.ok) return reply
  const ids = [...new Set(reply.value.map(({ id }) => id))]
  const [id] = ids
  if (id === undefined) return { ok: false, fault: { why: 'nobody', code: 'nobody' } }
  return ids.length === 1
    ? { ok: true, value: id }
    : { ok: false, fault: { why: 'several', code: 'several' } }
}
