import type { Settings } from '../settings.ts'
import { type Fault, moodleOf, neededFunctions } from '../training/moodle.ts'
import type { Finding } from './finding.ts'

const what = 'moodle'
const bad = (says: string): readonly Finding[] => [{ what, state: 'bad', says }]

/** Tells whether Moodle answers, the token is right, and each course may be looked at. Nothing when no Moodle is set. */
export async function lookAtMoodle(
  settings: Settings,
  courses: readonly number[],
): Promise<readonly Finding[]> {
  const moodle = moodleOf(settings)
  if (moodle === undefined) return []
  const functions = await moodle.functions()
  if (!functions.ok && functions.fault.code !== 'accessexception') return bad(adviceOf(functions.fault))
  const missing = functions.ok ? neededFunctions.filter(name => !functions.value.includes(name)) : []
  if (missing.length > 0)
    return bad(`the token may not call ${missing.join(', ')}. Add them to the external service in Moodle.`)
  if (courses.length === 0)
    return [{ what, state: 'warn', says: 'no course is named. Add one in the console, under Training.' }]
  for (const course of courses) {
    const list = await moodle.enrolled(course, 0)
    if (!list.ok)
      return bad(
        `course ${course} cannot be looked at (${list.fault.code}). Check its number in the console, under Training, and that the token's user may see the course and who is in it.`,
      )
    const [first] = list.value
    if (list.value.length > 0 && list.value.every(({ email }) => email === ''))
      return [
        {
          what,
          state: 'warn',
          says: `no email address in course ${course} is shown to the token, so nobody can be found by it. Give its user moodle/course:useremail.`,
        },
      ]
    const status = first && (await moodle.completion(course, first.id))
    if (status?.ok === false && status.fault.why === 'not-allowed')
      return bad(
        `completion in course ${course} cannot be looked at (${status.fault.code}). Give the token's user report/completion:view.`,
      )
    if (status?.ok === false && status.fault.why === 'no-criteria')
      return bad(`course ${course} has no rule for when it is finished. Set course completion in Moodle.`)
  }
  return [{ what, state: 'good', says: 'it answers, and the token may look at the courses' }]
}

function adviceOf({ why, code }: Fault): string {
  if (why === 'not-allowed') return `the token is not taken (${code}). Check MOODLE_TOKEN.`
  if (why === 'maintenance') return `it is being repaired (${code}).`
  if (why === 'unreachable') return `it does not answer (${code}). Check MOODLE_URL and the network.`
  return `its answer cannot be read (${code}). Check that MOODLE_URL is the site itself, and that web services and the REST protocol are on.`
}
