import { nameKey } from '../account/names.ts'
import {
  addCourse,
  type CourseCode,
  type CourseEntry,
  checkCourse,
  editCourse,
  entryOf,
  orTaken,
  readAllCourses,
  retireCourse,
} from '../helpdesk/courses/change.ts'
import { wordsFor } from '../helpdesk/courses/words.ts'
import type { Outcome } from '../refusals.ts'
import type { CourseTable } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'
import { idsIn } from '../training/courses.ts'
import { tidyLine } from '../web/line.ts'
import {
  type Answer,
  answer,
  type Command,
  isOn,
  listOf,
  refused,
  refusedWith,
  textOf,
  usage,
} from './command.ts'
import { withServices } from './open.ts'
import { operator } from './owner.ts'

const agent = () => ({ actor: operator(), role: 'administrator' }) as const

const readWorkgroups = ({ read }: Store) =>
  read.selectFrom('workgroup').select(['id', 'name', 'name_key', 'retired_at']).orderBy('name_key').execute()

export const courseList: Command = {
  usage: 'course list [--json]',
  about: [
    'Lists every course: its number in Moodle, its name, whether it is retired, and the workgroups it is for.',
  ],
  words: 0,
  run: input =>
    withServices(input, async ({ store }) => {
      const groups = await readWorkgroups(store)
      const courses = (await readAllCourses(store)).map(
        ({ id, name, moodle_id, workgroups, retired_at }) => ({
          ...{ id, name, number: moodle_id, retired: retired_at !== null },
          workgroups: groups.filter(group => idsIn(workgroups).includes(group.id)).map(group => group.name),
        }),
      )
      return answer(
        courses.map(({ number, name, retired, workgroups }) =>
          [number, name, retired ? 'retired' : '', workgroups.join(', ')].join('\t').trimEnd(),
        ),
        courses,
      )
    }),
}

/** The ids of workgroups by their names; an answer where a name is nobody's. */
async function idsOf(store: Store, names: readonly string[]): Promise<readonly string[] | Answer> {
  const groups = await readWorkgroups(store)
  const open = (name: string) =>
    groups.find(group => group.name_key === nameKey(name) && group.retired_at === null)
  const unknown = names.find(name => open(name) === undefined)
  if (unknown !== undefined) return refused(`There is no open workgroup named "${unknown}".`)
  return names.flatMap(name => open(name)?.id ?? [])
}

const isAnswer = (value: readonly string[] | Answer): value is Answer => 'kind' in value

async function write<Value>(
  { store }: { readonly store: Store },
  entry: CourseEntry,
  work: (tx: Tx) => Promise<Outcome<Value, CourseCode>>,
  say: (value: Value) => Answer,
): Promise<Answer> {
  const words = wordsFor('en').refusals
  const wrong = checkCourse(entry)
  if (wrong.length > 0) return refusedWith(wrong, words)
  const outcome = await orTaken(store.write(work))
  return outcome.ok ? say(outcome.value) : refusedWith(outcome.refusals, words)
}

const workgroupHelp =
  '--workgroup NAME   A workgroup that the course is for; may be given again. None: everyone.'

export const courseAdd: Command = {
  usage: 'course add NAME --number NUMBER [--workgroup NAME]… [--json]',
  about: [
    'Adds a course that people have to finish, by the rules of the console.',
    '',
    '--number NUMBER    Its number in Moodle: what stands after "id=" in its address.',
    workgroupHelp,
  ],
  options: { number: { type: 'string' }, workgroup: { type: 'string', multiple: true } },
  words: 1,
  run: input =>
    withServices(input, async services => {
      const workgroups = await idsOf(services.store, listOf(input.values, 'workgroup'))
      if (isAnswer(workgroups)) return workgroups
      const [name, number] = [tidyLine(input.positionals[0] ?? ''), textOf(input.values, 'number') ?? '']
      const entry = { name, number, workgroups }
      return write(
        services,
        entry,
        tx => addCourse(services, tx, { agent: agent(), now: services.now() }, entry),
        id => answer([`${name} was added.`], { ok: true, id, name, number: Number(number) }),
      )
    }),
}

/** The active course with this number; where none is active the latest that was retired. */
const courseWith = (courses: readonly CourseTable[], number: string) =>
  courses
    .filter(({ moodle_id }) => String(moodle_id) === number)
    .toSorted((a, b) => (b.retired_at ?? Infinity) - (a.retired_at ?? Infinity))[0]

export const courseSet: Command = {
  usage:
    'course set NUMBER [--name NAME] [--number NEW] [--workgroup NAME… | --everyone] [--retire | --bring-back] [--json]',
  about: [
    'Changes the course with this number in Moodle, retires it, or brings it back.',
    '',
    '--name NAME        Another name.',
    '--number NEW       Another number. Who finished the course under the old one keeps that.',
    workgroupHelp,
    '--everyone         The course is for everyone.',
    '--retire           Nobody is asked to finish it any more; what people have finished is kept.',
    '--bring-back       Ask for a retired one again.',
  ],
  options: {
    name: { type: 'string' },
    number: { type: 'string' },
    workgroup: { type: 'string', multiple: true },
    everyone: { type: 'boolean' },
    retire: { type: 'boolean' },
    'bring-back': { type: 'boolean' },
  },
  words: 1,
  async run({ values, positionals, env }) {
    const [retire, back, everyone] = ['retire', 'bring-back', 'everyone'].map(name => isOn(values, name))
    const [name, number] = [textOf(values, 'name'), textOf(values, 'number')]
    const names = listOf(values, 'workgroup')
    const edits = name !== undefined || number !== undefined || names.length > 0 || everyone === true
    if (Number(retire) + Number(back) + Number(edits) !== 1)
      return usage('Say either what to change, or --retire, or --bring-back.')
    if (everyone && names.length > 0) return usage('Say either --everyone or --workgroup.')
    return withServices({ env }, async services => {
      const { store, now } = services
      const asked = positionals[0] ?? ''
      const course = courseWith(await readAllCourses(store), asked)
      if (course === undefined) return refused(`There is no course with the number "${asked}".`)
      if (!edits && (course.retired_at !== null) === retire)
        return refused(`${course.name} is already ${retire ? 'retired' : 'active'}.`)
      const before = entryOf(course)
      const given = await idsOf(store, names)
      if (isAnswer(given)) return given
      const entry: CourseEntry = {
        name: tidyLine(name ?? before.name),
        number: number ?? before.number,
        workgroups: everyone || names.length > 0 ? given : before.workgroups,
      }
      const act = { agent: agent(), id: course.id, seenVersion: course.version, now: now() }
      return write(
        services,
        entry,
        tx =>
          edits ? editCourse(services, tx, act, entry) : retireCourse(services, tx, act, retire === true),
        () =>
          answer([`${entry.name} was ${edits ? 'changed' : retire ? 'retired' : 'brought back'}.`], {
            ...{ ok: true, id: course.id, name: entry.name, number: Number(entry.number) },
          }),
      )
    })
  },
}
