import { sql } from 'kysely'
import { type Agent, traceOf } from '../../administration/act.ts'
import { placesThen } from '../../administration/places.ts'
import { isId } from '../../administration/reach.ts'
import type { Audit } from '../../audit/audit.ts'
import { done, type Outcome, type Refusal, type RefusalOf, refuse } from '../../refusals.ts'
import { newId } from '../../store/ids.ts'
import type { CourseTable } from '../../store/schema.ts'
import { isTaken, type Store, type Tx } from '../../store/store.ts'
import { idsIn } from '../../training/courses.ts'
import { tidyLine } from '../../web/line.ts'
import type { Form } from '../../web/request.ts'

export type CourseCode = RefusalOf<'course'>
type Parts = { readonly audit: Audit }

/** What the form of a course says. */
export interface CourseEntry {
  readonly name: string
  readonly number: string
  readonly workgroups: readonly string[]
}

const longestName = 120
/** Moodle counts its courses; no site has more. */
const numberShape = /^[1-9]\d{0,8}$/

export const readCourseEntry = (form: Form): CourseEntry => ({
  name: tidyLine(form.get('name')),
  number: form.get('number').trim(),
  workgroups: [...new Set(form.all('workgroup'))].filter(isId),
})

export const entryOf = ({ name, moodle_id, workgroups }: CourseTable): CourseEntry => ({
  name,
  number: String(moodle_id),
  workgroups: idsIn(workgroups),
})

/** Everything that is wrong with an entry, each with its field. */
export function checkCourse({ name, number }: CourseEntry): readonly Refusal<CourseCode>[] {
  const list: Refusal<CourseCode>[] = []
  if (name === '' || [...name].length > longestName) list.push({ code: 'course.name-shape', field: 'name' })
  if (!numberShape.test(number)) list.push({ code: 'course.number-shape', field: 'number' })
  return list
}

/** The courses, retired ones too, by name. */
export const readAllCourses = ({ read }: Store): Promise<readonly CourseTable[]> =>
  read.selectFrom('course').selectAll().orderBy('name').orderBy('id').execute()

/** Who changes which course, as the agent's page showed it. */
export interface CourseAct {
  readonly agent: Agent
  readonly id: string
  readonly seenVersion: number
  /** Milliseconds since 1970. */
  readonly now: number
}

const taken = { code: 'course.number-taken', field: 'number' } as const

async function hasNumber(tx: Tx, moodleId: number, exceptId: string): Promise<boolean> {
  const other = await tx.db
    .selectFrom('course')
    .select('id')
    .where('moodle_id', '=', moodleId)
    .where('retired_at', 'is', null)
    .where('id', '<>', exceptId)
    .executeTakeFirst()
  return other !== undefined
}

/** Of two that take one number at the same moment the second is told. */
export const orTaken = <Value>(
  work: Promise<Outcome<Value, CourseCode>>,
): Promise<Outcome<Value, CourseCode>> =>
  work.catch(error => {
    if (isTaken(error)) return refuse(taken)
    throw error
  })

/** The entry as it is kept, with the workgroups that there are, and as the log says it. */
async function rowOf(tx: Tx, { name, number, workgroups }: CourseEntry) {
  const there = await placesThen(tx, 'workgroup', workgroups)
  return {
    row: { name, moodle_id: Number(number), workgroups: JSON.stringify(there.map(({ id }) => id)) },
    said: { what: 'course', name, moodleId: Number(number), workgroups: there },
  }
}

/** Adds a course. @returns its id. */
export async function addCourse(
  { audit }: Parts,
  tx: Tx,
  { agent, now }: Pick<CourseAct, 'agent' | 'now'>,
  entry: CourseEntry,
): Promise<Outcome<string, CourseCode>> {
  const { row, said } = await rowOf(tx, entry)
  if (await hasNumber(tx, row.moodle_id, '')) return refuse(taken)
  const id = newId(now)
  await tx.db
    .insertInto('course')
    .values({ id, created_at: now, retired_at: null, version: 1, ...row })
    .execute()
  await audit.record(tx, { event: 'sensitive_create', ...traceOf(agent, id), args: said })
  return done(id)
}

/** Takes the row while it still is what the page showed. */
const take = (tx: Tx, { id, seenVersion }: CourseAct) =>
  tx.db
    .updateTable('course')
    .set({ version: sql<number>`version + 1` })
    .where('id', '=', id)
    .where('version', '=', seenVersion)
    .returningAll()
    .executeTakeFirst()

export async function editCourse(
  { audit }: Parts,
  tx: Tx,
  act: CourseAct,
  entry: CourseEntry,
): Promise<Outcome<undefined, CourseCode>> {
  const { row, said } = await rowOf(tx, entry)
  if (await hasNumber(tx, row.moodle_id, act.id)) return refuse(taken)
  const before = await take(tx, act)
  if (before === undefined) return refuse({ code: 'course.changed-meanwhile' })
  await tx.db.updateTable('course').set(row).where('id', '=', act.id).execute()
  await audit.record(tx, {
    event: 'sensitive_update',
    ...traceOf(act.agent, act.id),
    args: { ...said, change: 'edited', nameBefore: before.name, moodleIdBefore: before.moodle_id },
  })
  return done(undefined)
}

/** Retires a course, or brings it back. */
export async function retireCourse(
  { audit }: Parts,
  tx: Tx,
  act: CourseAct,
  retire: boolean,
): Promise<Outcome<undefined, CourseCode>> {
  const before = await take(tx, act)
  if (before === undefined || (before.retired_at !== null) === retire)
    return refuse({ code: 'course.changed-meanwhile' })
  if (!retire && (await hasNumber(tx, before.moodle_id, act.id))) return refuse(taken)
  await tx.db
    .updateTable('course')
    .set({ retired_at: retire ? act.now : null })
    .where('id', '=', act.id)
    .execute()
  await audit.record(tx, {
    event: 'sensitive_update',
    ...traceOf(act.agent, act.id),
    args: { what: 'course', change: retire ? 'retired' : 'brought-back', name: before.name },
  })
  return done(undefined)
}
