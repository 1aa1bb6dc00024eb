import { foldName, fullName } from '../../account/names.ts'
import { isSignInEmailTaken } from '../../account/sign-in-emails.ts'
import { createPerson } from '../../administration/create.ts'
import { type PreparedPassword, preparePassword } from '../../administration/credential.ts'
import { checkEntry, tidyEntry } from '../../administration/entry.ts'
import { findDuplicates, findMade, isConfusable, proposeUsername } from '../../administration/newcomers.ts'
import type { Places } from '../../administration/places.ts'
import { readPlaces } from '../../administration/places.ts'
import { type Reach, readReach } from '../../administration/reach.ts'
import { sendLink, sendsMail } from '../../administration/welcome.ts'
import { checkWork, tidyWork } from '../../administration/work-entry.ts'
import type { RequestFacts } from '../../agency/request-reading.ts'
import { answerRequest, type RequestChange } from '../../agency/requests.ts'
import type { Policy } from '../../policy/table.ts'
import { type Refusal, refuse, statusOf } from '../../refusals.ts'
import { staff } from '../../session/access.ts'
import { answerBusy, waitOfAgent } from '../../session/agent-limits.ts'
import {
  insideRoute,
  type Route,
  redirect,
  redirectSaying,
  sayWhenAgain,
  send,
  type Visit,
} from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import type { Tx } from '../../store/store.ts'
import { isTaken } from '../../store/store.ts'
import { keepTrainingCheck, type TrainingCheck } from '../../training/check.ts'
import { accountRequestFor } from '../requests/find.ts'
import { agentOf, consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import type { ConsoleCode } from '../shared/refusal-words.ts'
import { sheetPage } from '../shared/sheet.ts'
import { askTrainingGate, type TrainingGateCode, trainingGateViewOf } from '../training/gate.ts'
import { checkPersonPage, madeAlreadyPage, newPersonPage } from './pages.ts'
import { checkPlaces, type NewEntry, readNewEntry } from './rules.ts'

const counted = { proof: 'recent', counts: 'look-up', keep: { path: '/helpdesk/people/new' } } as const
const hour = 3_600_000

/**
 * Create account. What it ends with is a credential: the password was given not long ago. The answer to a form says whose
 * the username is not to be, and who is called so already: it counts as a look at people.
 */
export const createRoutes = (parts: HelpdeskParts): readonly Route[] => [
  insideRoute('GET', '/helpdesk/people/new', staff, visit => showNew(parts, visit), { proof: 'recent' }),
  insideRoute('POST', '/helpdesk/people/new', staff, visit => postNew(parts, visit), counted),
  insideRoute('POST', '/helpdesk/people/new/create', staff, visit => postCreate(parts, visit), counted),
]

const noProposal = { code: 'account.no-proposal', field: 'username' } as const satisfies Refusal<ConsoleCode>

/** The content of a form, tidied, with all its problems. */
interface Checked {
  readonly reach: Reach
  readonly places: Places
  readonly entry: NewEntry
  readonly refusals: readonly Refusal<ConsoleCode>[]
}

async function checkForm({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Checked> {
  const { store } = services
  const reach = await readReach(store, visit.visitor)
  const places = await readPlaces(store, reach, visit.visitor.person.role)
  const typed = readNewEntry(visit.form)
  const tidied = { ...typed, ...tidyEntry(typed), ...tidyWork(typed) }
  const isNamed = tidied.firstName !== '' || tidied.lastName !== ''
  const username =
    tidied.username === '' && isNamed
      ? await proposeUsername(store, tidied.firstName, tidied.lastName)
      : tidied.username
  const entry = { ...tidied, username }
  const refusals: Refusal<ConsoleCode>[] = [
    ...checkEntry(entry).filter(({ field }) => username !== '' || field !== 'username'),
    ...(username === '' && isNamed ? [noProposal] : []),
    ...checkWork(entry),
    ...checkPlaces(entry, places, reach !== undefined),
  ]
  return { reach, places, entry, refusals }
}

async function showForm(
  visit: Visit<Session>,
  entry: NewEntry,
  places: Places,
  refusals: readonly Refusal<ConsoleCode>[],
): Promise<Response> {
  const page = newPersonPage(await consoleFrame(visit, 'create'), entry, places, refusals)
  sayWhenAgain(visit, refusals.find(({ until }) => until !== undefined)?.until)
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function showNew({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const reach = await readReach(services.store, visit.visitor)
  const kept = await visit.kept()
  const request = await accountRequestFor({ services }, visit, visit.c.req.query('request') ?? '')
  const entry = request === undefined ? readNewEntry(kept) : entryOfRequest(request)
  return showForm(visit, entry, await readPlaces(services.store, reach, visit.visitor.person.role), [])
}

/** Everything that the contact typed: nothing is typed again. */
const entryOfRequest = ({ id, organizationId, entry }: RequestFacts): NewEntry => ({
  ...entry,
  username: '',
  organizations: [organizationId],
  moodle: '',
  request: id,
})

async function postNew(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { reach, places, entry, refusals } = await checkForm(parts, visit)
  if (visit.form.has('change')) return showForm(visit, entry, places, [])
  const all = [
    ...refusals,
    ...(await checkUsername(parts, entry, refusals)),
    ...(await checkEmail(parts, entry)),
  ]
  if (all.length > 0) return showForm(visit, entry, places, all)
  const { check } = await askTrainingGate(parts.services, visit, entry, reach)
  return showCheck(parts, visit, { reach, places, entry }, check, undefined)
}

async function showCheck(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  { reach, places, entry }: Omit<Checked, 'refusals'>,
  check: TrainingCheck,
  problem: TrainingGateCode | undefined,
): Promise<Response> {
  const duplicates = await findDuplicates(services.store, entry, reach)
  const gate = trainingGateViewOf(services, visit, check, problem)
  const mails = entry.email !== '' && sendsMail(services.settings)
  const page = checkPersonPage(await consoleFrame(visit, 'create'), entry, places, duplicates, gate, mails)
  return send(visit, page, problem === undefined ? 200 : 422)
}

/** Tells whether the username is another's, or could be mistaken for another's; asked only of one that has the right shape. */
async function checkUsername(
  { services }: HelpdeskParts,
  { username }: NewEntry,
  refusals: readonly Refusal<ConsoleCode>[],
): Promise<readonly Refusal<ConsoleCode>[]> {
  if (username === '' || refusals.some(({ field }) => field === 'username')) return []
  const taken = await services.store.read
    .selectFrom('account')
    .select('id')
    .where('username_key', '=', username)
    .executeTakeFirst()
  if (taken !== undefined) return [{ code: 'account.username-taken', field: 'username' }]
  const confusable = await isConfusable(services.store, username)
  return confusable ? [{ code: 'account.username-confusable', field: 'username' }] : []
}

/** Tells whether the address is the one that another account signs in with. */
const checkEmail = async (
  { services }: HelpdeskParts,
  { email }: NewEntry,
): Promise<readonly Refusal<ConsoleCode>[]> =>
  (await isSignInEmailTaken(services.store.read, foldName(email)))
    ? [{ code: 'account.email-taken', field: 'email' }]
    : []

async function postCreate(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { reach, places, entry, refusals } = await checkForm(parts, visit)
  const all = [
    ...refusals,
    ...(await checkUsername(parts, entry, refusals)),
    ...(await checkEmail(parts, entry)),
  ]
  if (all.length > 0) return showMadeOrForm(parts, visit, { reach, places, entry, refusals: all })
  const { check, problem } = await askTrainingGate(parts.services, visit, entry, reach)
  if (problem !== undefined) return showCheck(parts, visit, { reach, places, entry }, check, problem)
  const isMailed =
    visit.form.get('how') === 'mail' && entry.email !== '' && sendsMail(parts.services.settings)
  const until = await waitOfAgent(parts.services, visit, 'credential')
  if (until !== undefined) return showForm(visit, entry, places, [{ code: 'helpdesk.too-many', until }])
  const prepared = await preparePassword(parts.hasher)
  if (prepared.busy) return answerBusy(parts, visit, 'credential')
  const isAsked = entry.request !== ''
  const request = isAsked ? await accountRequestFor(parts, visit, entry.request) : undefined
  if (isAsked && request === undefined) return redirect(visit, `/helpdesk/requests/${entry.request}`)
  const created = await create(parts, visit, entry, prepared.value, check, isMailed)
  if (created === 'answered') return redirect(visit, `/helpdesk/requests/${entry.request}`)
  if (created.ok && isMailed)
    return redirectSaying(visit, `/helpdesk/people/${created.value.id}`, 'mail-link')
  if (created.ok) return showSheet(parts, visit, entry, created.value.id, prepared.value)
  return showMadeOrForm(parts, visit, { reach, places, entry, refusals: created.refusals })
}

/** Asked after the refusal, not before: of a form that is sent twice at once the other may make the account at any moment. */
async function showMadeOrForm(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  { reach, places, entry, refusals }: Checked,
): Promise<Response> {
  const made = await findMade(services.store, entry, reach)
  return made === undefined
    ? showForm(visit, entry, places, refusals)
    : send(visit, madeAlreadyPage(await consoleFrame(visit, 'create'), made))
}

/** When two requests with the same username arrive at once, one makes the account and the other is told that it is taken. */
async function create(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  entry: NewEntry,
  { hash }: PreparedPassword,
  check: TrainingCheck,
  isMailed: boolean,
): Promise<Awaited<ReturnType<typeof createPerson>> | 'answered'> {
  const person = {
    ...entry,
    role: 'user' as const,
    organizationIds: entry.organizations,
    workgroupIds: entry.workgroups,
  }
  const { services } = parts
  const act = { agent: agentOf(visit), reason: '', now: visit.now }
  const policy = policyOf(visit.visitor)
  try {
    return await writeAs(parts, visit, async tx => {
      const created = await createPerson(services, tx, act, person, { hash, policy })
      if (created.ok)
        await keepTrainingCheck(services, tx, created.value.id, check, { ...act.agent, now: act.now })
      if (created.ok && entry.request !== '')
        await answer(services, tx, { id: entry.request, ...act }, created.value.id, policy)
      if (created.ok && isMailed)
        await sendLink(services, tx, { ...act, subjectId: created.value.id }, { policy })
      return created
    })
  } catch (error) {
    if (error instanceof Answered) return 'answered'
    if (isTaken(error)) return refuse({ code: 'account.username-taken', field: 'username' })
    throw error
  }
}

/** Takes the account back whose request somebody else has answered meanwhile. */
class Answered extends Error {}

async function answer(
  services: HelpdeskParts['services'],
  tx: Tx,
  change: Omit<RequestChange, 'seenVersion'>,
  accountId: string,
  policy: Policy,
): Promise<void> {
  const given = { state: 'accepted', answer: '', accountId } as const
  const answered = await answerRequest(services, tx, { ...change, seenVersion: undefined }, given, policy)
  if (!answered.ok) throw new Answered()
}

async function showSheet(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  entry: NewEntry,
  personId: string,
  { text }: PreparedPassword,
): Promise<Response> {
  const { temporaryPasswordHours, timeZone } = policyOf(visit.visitor)
  const page = sheetPage(await consoleFrame(visit, 'create'), {
    kind: 'created',
    personId,
    name: fullName(entry.firstName, entry.lastName),
    username: entry.username,
    temporaryPassword: text,
    expiresAt: visit.now + temporaryPasswordHours * hour,
    origin: services.settings.LINTEL_ORIGIN,
    timeZone,
    warning: undefined,
  })
  return send(visit, page)
}
