import { isId } from '../../administration/reach.ts'
import { type Refusal, refuse, statusOf } from '../../refusals.ts'
import { administrators } from '../../session/access.ts'
import {
  insideRoute,
  type Route,
  redirectSaying,
  routeOf,
  type Subject,
  send,
  type Visit,
} from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import type { CourseTable } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { idsIn } from '../../training/courses.ts'
import { agentOf, consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { readVersion } from '../shared/version.ts'
import {
  addCourse,
  type CourseAct,
  type CourseCode,
  type CourseEntry,
  checkCourse,
  editCourse,
  entryOf,
  orTaken,
  readAllCourses,
  readCourseEntry,
  retireCourse,
} from './change.ts'
import { coursePage, coursesBase, coursesPage } from './pages.ts'
import { wordsFor } from './words.ts'

type Refusals = readonly Refusal<CourseCode>[]

/** The courses decide who gets an account and who stays: they are for administrators. */
export function courseRoutes(parts: HelpdeskParts): readonly Route[] {
  const [made, path] = [`${coursesBase}/new`, `${coursesBase}/:id`]
  const course: Subject<CourseTable> = { find: visit => courseOf(parts, visit) }
  const proof = 'fresh'
  return [
    insideRoute('GET', coursesBase, administrators, visit => showList(parts, visit)),
    insideRoute(
      'GET',
      made,
      administrators,
      async visit => showForm(parts, visit, undefined, readCourseEntry(await visit.kept())),
      { proof },
    ),
    insideRoute('POST', made, administrators, visit => postNew(parts, visit), {
      proof,
      keep: { path: made },
    }),
    routeOf('GET', path, administrators, course, (visit, found) => showCourse(parts, visit, found), {
      proof,
    }),
    routeOf('POST', path, administrators, course, (visit, found) => postCourse(parts, visit, found), {
      proof,
      keep: { path },
    }),
  ]
}

async function courseOf(
  { services }: HelpdeskParts,
  { c }: Visit<Session>,
): Promise<CourseTable | undefined> {
  const id = c.req.param('id') ?? ''
  return isId(id)
    ? services.store.read.selectFrom('course').selectAll().where('id', '=', id).executeTakeFirst()
    : undefined
}

/** Workgroups that a course can be for, and those that it is for already. */
const readWorkgroups = ({ read }: Store, has: readonly string[]) =>
  read
    .selectFrom('workgroup')
    .select(['id', 'name'])
    .where(eb => eb.or([eb('retired_at', 'is', null), eb('id', 'in', ['', ...has])]))
    .orderBy('name_key')
    .execute()

async function showList({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { did } = wordsFor(visit.language)
  const said = visit.said() ?? ''
  const courses = await readAllCourses(services.store)
  const page = coursesPage(await consoleFrame(visit, 'training'), {
    courses,
    workgroups: await readWorkgroups(
      services.store,
      courses.flatMap(course => idsIn(course.workgroups)),
    ),
    message: Object.hasOwn(did, said) ? did[said as keyof typeof did] : undefined,
  })
  return send(visit, page)
}

async function showForm(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  course: CourseTable | undefined,
  entry: CourseEntry,
  refusals: Refusals = [],
): Promise<Response> {
  const workgroups = await readWorkgroups(services.store, entry.workgroups)
  const view = { course, entry, workgroups, refusals }
  const page = coursePage(await consoleFrame(visit, 'training'), view)
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function showCourse(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  course: CourseTable,
): Promise<Response> {
  const kept = await visit.kept()
  return showForm(parts, visit, course, kept.has('name') ? readCourseEntry(kept) : entryOf(course))
}

async function postNew(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const entry = readCourseEntry(visit.form)
  const wrong = checkCourse(entry)
  const act = { agent: agentOf(visit), now: visit.now }
  const made =
    wrong.length > 0
      ? refuse(...wrong)
      : await orTaken(writeAs(parts, visit, tx => addCourse(parts.services, tx, act, entry)))
  return made.ok
    ? redirectSaying(visit, coursesBase, 'added')
    : showForm(parts, visit, undefined, entry, made.refusals)
}

async function postCourse(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  course: CourseTable,
): Promise<Response> {
  const { services } = parts
  const act: CourseAct = {
    ...{ agent: agentOf(visit), id: course.id, now: visit.now },
    seenVersion: readVersion(visit.form) ?? 0,
  }
  const what = visit.form.get('do')
  if (what === 'retire' || what === 'bring-back') {
    const retire = what === 'retire'
    const outcome = await orTaken(writeAs(parts, visit, tx => retireCourse(services, tx, act, retire)))
    return outcome.ok
      ? redirectSaying(visit, coursesBase, retire ? 'retired' : 'brought-back')
      : showForm(parts, visit, course, entryOf(course), outcome.refusals)
  }
  const entry = readCourseEntry(visit.form)
  const wrong = checkCourse(entry)
  const edited =
    wrong.length > 0
      ? refuse(...wrong)
      : await orTaken(writeAs(parts, visit, tx => editCourse(services, tx, act, entry)))
  return edited.ok
    ? redirectSaying(visit, coursesBase, 'changed')
    : showForm(parts, visit, (await courseOf(parts, visit)) ?? course, entry, edited.refusals)
}
