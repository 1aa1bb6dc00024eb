import { fullName } from '../../account/names.ts'
import { mayManage } from '../../account/rules.ts'
import { checkEmail, tidyEmail } from '../../administration/entry.ts'
import { readReach } from '../../administration/reach.ts'
import { type Refusal, statusOf } from '../../refusals.ts'
import { staff } from '../../session/access.ts'
import { insideRoute, type Route, routeOf, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { coursesBeforeAccount, coursesFor, readCourses, readWorkgroupIds } from '../../training/courses.ts'
import { type Finding, lookUp, type Trainee } from '../../training/look-up.ts'
import { moodleOf } from '../../training/moodle.ts'
import { afterMonths, stillHolds } from '../../training/rules.ts'
import { knowledgeInWords } from '../../training/say.ts'
import { keepIn } from '../../training/store.ts'
import { dayInWords } from '../../web/time.ts'
import { personOfAddress, personToManage } from '../person/routes.ts'
import type { PersonFacts } from '../person/store.ts'
import { consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { readReason } from '../shared/reason.ts'
import type { ConsoleCode } from '../shared/refusal-words.ts'
import { readVersion } from '../shared/version.ts'
import { type CheckedOne, type PersonTrainingView, personTrainingPage, trainingPage } from './pages.ts'
import { type Cursor, findByEmail, readCandidates, readLastPoll, readSpared, readTraining } from './store.ts'
import { wordsFor } from './words.ts'

const personPath = '/helpdesk/people/:id/training'
const confirmPath = `${personPath}/confirm`

/** People waiting for an account and people in Moodle are people too: each page of them counts as a look. */
export const trainingRoutes = (parts: HelpdeskParts): readonly Route[] => {
  const person = personOfAddress(parts)
  const counts = 'look-up'
  return [
    insideRoute('GET', '/helpdesk/training', staff, visit => show(parts, visit, {}), {
      counts,
      reads: 'training',
    }),
    insideRoute('POST', '/helpdesk/training/check', staff, visit => postCheck(parts, visit), { counts }),
    routeOf('GET', personPath, staff, person, (visit, found) => showPerson(parts, visit, found), {
      counts,
      reads: 'person',
    }),
    routeOf('POST', personPath, staff, person, (visit, found) => postPerson(parts, visit, found), { counts }),
    routeOf(
      'POST',
      confirmPath,
      staff,
      personToManage(parts),
      (visit, found) => postConfirm(parts, visit, found),
      { counts, proof: 'recent', keep: { path: personPath } },
    ),
  ]
}

/** `1767225600000.41`: behind whom the page begins. */
function cursorOf(text: string | undefined): Cursor | undefined {
  const found = /^(\d{1,14})\.(\d{1,9})$/.exec(text ?? '')
  return found === null ? undefined : { finishedAt: Number(found[1]), moodleUserId: Number(found[2]) }
}

async function show(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  given: {
    readonly email?: string
    readonly checked?: CheckedOne
    readonly refusals?: readonly Refusal<ConsoleCode>[]
  },
): Promise<Response> {
  const { store, settings } = services
  const reach = await readReach(store, visit.visitor)
  const policy = policyOf(visit.visitor)
  const months = policy.trainingMonths
  const list = given.refusals ?? []
  const page = trainingPage(await consoleFrame(visit, 'training'), {
    isSetUp: settings.MOODLE_URL !== undefined,
    mayEditCourses: visit.mayOpen('/helpdesk/courses'),
    lastPoll: await readLastPoll(store),
    policy,
    spared: months === 0 ? [] : await readSpared(store, visit.now - afterMonths(visit.now, -months), reach),
    candidates:
      reach === undefined ? await readCandidates(store, cursorOf(visit.c.req.query('after'))) : undefined,
    checked: given.checked,
    email: given.email ?? '',
    refusals: list,
  })
  return send(visit, page, list.length > 0 ? statusOf(list) : 200)
}

/** Asks Moodle about one email address; nothing is kept. */
async function postCheck(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { services } = parts
  const email = tidyEmail(visit.form.get('email'))
  const list = checkEmail(email)
  if (list.length > 0) return show(parts, visit, { email, refusals: list })
  const reach = await readReach(services.store, visit.visitor)
  const courses = await readCourses(services.store.read)
  const workgroupIds = coursesBeforeAccount(courses).flatMap(({ workgroups }) => workgroups)
  const { known } = await ask(parts, { moodleUserId: null, email, workgroupIds })
  const accounts = await findByEmail(services.store, email, reach)
  return show(parts, visit, { email, checked: { email, known, accounts } })
}

const ask = async ({ services }: HelpdeskParts, trainee: Trainee): Promise<Finding> =>
  lookUp(moodleOf(services.settings, services.now), await readCourses(services.store.read), trainee)

const showPerson = async (
  parts: HelpdeskParts,
  visit: Visit<Session>,
  person: PersonFacts,
): Promise<Response> => renderPerson(parts, visit, person, { reason: (await visit.kept()).get('reason') })

async function renderPerson(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  person: PersonFacts,
  given: Partial<Pick<PersonTrainingView, 'said' | 'reason' | 'refusals'>>,
): Promise<Response> {
  const training = await readTraining(parts.services.store, person.id)
  if (training === undefined) return parts.fail(visit.c, 404)
  const list = given.refusals ?? []
  const page = personTrainingPage(await consoleFrame(visit), {
    id: person.id,
    name: fullName(person.firstName, person.lastName),
    version: person.version,
    training,
    mayManage: mayManage(visit.visitor.person.role, person.role),
    said: given.said,
    reason: given.reason ?? '',
    refusals: list,
    policy: policyOf(visit.visitor),
  })
  return send(visit, page, list.length > 0 ? statusOf(list) : 200)
}

/** Asks Moodle about one person now, and keeps the answer. */
async function postPerson(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  person: PersonFacts,
): Promise<Response> {
  const before = await readTraining(parts.services.store, person.id)
  const finding = await ask(parts, {
    ...{ moodleUserId: before?.moodleUserId ?? null, email: person.email },
    workgroupIds: await workgroupIdsOf(parts, person),
  })
  const { trainingMonths, timeZone } = policyOf(visit.visitor)
  const asked = { ...visit.trace(), months: trainingMonths, now: visit.now, jitter: 0.5 }
  const kept = await writeAs(
    parts,
    visit,
    tx => keepIn(parts.services, tx, person.id, finding, asked),
    person.id,
  )
  const known = stillHolds(kept?.known ?? finding.known, trainingMonths, visit.now)
  const at = finding.known.kind === 'finished' ? finding.known.at : undefined
  const day = at === undefined ? '' : dayInWords(at, timeZone, visit.language)
  const text = knowledgeInWords(kept?.known ?? finding.known, day, visit.language)
  return renderPerson(parts, visit, person, {
    said: { kind: known.kind === 'finished' ? 'success' : 'warning', text },
  })
}

const workgroupIdsOf = async ({ services }: HelpdeskParts, { id }: PersonFacts): Promise<readonly string[]> =>
  (await readWorkgroupIds(services.store.read, [id]))(id)

/** A version that no account has: a form without one is answered as one that came too late. */
const noVersion = -1

/** An agent says that training is finished, and why. */
async function postConfirm(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  person: PersonFacts,
): Promise<Response> {
  const { reason, refusals: list } = readReason(visit.form)
  if (list.length > 0) return renderPerson(parts, visit, person, { reason, refusals: list })
  const known = { kind: 'finished', at: visit.now } as const
  const courses = await readCourses(parts.services.store.read)
  const finding: Finding = {
    known,
    courses: coursesFor(courses, await workgroupIdsOf(parts, person)).map(({ id }) => ({
      ...{ courseId: id, known },
    })),
    moodleUserId: undefined,
    fault: undefined,
  }
  const asked = {
    ...visit.trace(),
    reason,
    seenVersion: readVersion(visit.form) ?? noVersion,
    months: policyOf(visit.visitor).trainingMonths,
    now: visit.now,
    jitter: 0.5,
  }
  const kept = await writeAs(
    parts,
    visit,
    tx => keepIn(parts.services, tx, person.id, finding, asked),
    person.id,
  )
  if (kept === undefined)
    return renderPerson(parts, visit, person, { reason, refusals: [{ code: 'account.changed-meanwhile' }] })
  return renderPerson(
    parts,
    visit,
    { ...person, version: person.version + 1 },
    {
      said: { kind: 'success', text: wordsFor(visit.language).confirmed },
    },
  )
}
