import { findDuplicates } from '../../administration/newcomers.ts'
import { readReach } from '../../administration/reach.ts'
import type { AgencyCode, AgencyOutcome } from '../../agency/contacts.ts'
import { readLeavers } from '../../agency/leaver-lists.ts'
import { countMembers } from '../../agency/people.ts'
import { type RequestFacts, readRequests } from '../../agency/request-reading.ts'
import { answerRequest } from '../../agency/requests.ts'
import { type Refusal, statusOf } from '../../refusals.ts'
import { staff } from '../../session/access.ts'
import {
  insideRoute,
  type Route,
  redirectSaying,
  routeOf,
  type Subject,
  send,
  type Visit,
} from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { readStanding } from '../organizations/standing.ts'
import { agentOf, consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { readVersion } from '../shared/version.ts'
import { askTrainingGate, trainingGateViewOf } from '../training/gate.ts'
import { acceptRequest } from './accept.ts'
import { requestFor } from './find.ts'
import { requestPage, requestsPage } from './pages.ts'
import { wordsFor } from './words.ts'

export const requestsBase = '/helpdesk/requests'

const openShown = 200
const closedShown = 50
const month = 30 * 24 * 3_600_000

export function requestConsoleRoutes(parts: HelpdeskParts): readonly Route[] {
  const one: Subject<RequestFacts> = {
    find: visit => requestFor(parts, visit, visit.c.req.param('id') ?? ''),
  }
  const path = `${requestsBase}/:id`
  const proof = 'fresh'
  const counts = 'look-up'
  return [
    insideRoute('GET', requestsBase, staff, visit => showList(parts, visit), { counts }),
    routeOf('GET', path, staff, one, (visit, found) => showOne(parts, visit, found, []), { counts }),
    routeOf('POST', path, staff, one, (visit, found) => postAnswer(parts, visit, found), {
      counts,
      proof: 'recent',
      keep: { path },
    }),
    routeOf('GET', `${path}/accept`, staff, one, (visit, found) => showOne(parts, visit, found, []), {
      counts,
      proof,
    }),
    routeOf('POST', `${path}/accept`, staff, one, (visit, found) => postAccept(parts, visit, found), {
      counts,
      proof,
      keep: { path: `${path}/accept` },
    }),
  ]
}

async function showList({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { store } = services
  const reach = await readReach(store, visit.visitor)
  const asked = { organizationIds: reach }
  const page = requestsPage(await consoleFrame(visit, 'requests'), {
    open: await readRequests(store, { ...asked, open: true, limit: openShown }),
    closed: await readRequests(store, { ...asked, open: false, limit: closedShown }),
    leavers: await readLeavers(store, reach, visit.now - month),
    timeZone: policyOf(visit.visitor).timeZone,
  })
  return send(visit, page)
}

async function showOne(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  request: RequestFacts,
  refusals: readonly Refusal<AgencyCode>[],
): Promise<Response> {
  const { services } = parts
  const reach = await readReach(services.store, visit.visitor)
  const isNew = request.kind === 'account'
  const words = wordsFor(visit.language)
  const said = visit.said() ?? ''
  const gate = isNew
    ? await askTrainingGate(services, visit, { ...request.entry, moodle: '' }, reach)
    : undefined
  const page = requestPage(await consoleFrame(visit, 'requests'), request, {
    alike: isNew ? await findDuplicates(services.store, request.entry, reach) : [],
    gate: gate && trainingGateViewOf(services, visit, gate.check, undefined),
    licenses: (await readStanding(services.store.read, request.organizationId))?.licenses ?? null,
    activePeople: await countMembers(services.store, request.organizationId, reach, visit.now),
    workgroups: await services.store.read.selectFrom('workgroup').select(['id', 'name']).execute(),
    typed: visit.form.get('answer'),
    refusals,
    message: Object.hasOwn(words.did, said) ? words.did[said as keyof typeof words.did] : undefined,
    timeZone: policyOf(visit.visitor).timeZone,
  })
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

const changeOf = (visit: Visit<Session>, { id }: RequestFacts) => ({
  id,
  seenVersion: readVersion(visit.form) ?? 0,
  agent: agentOf(visit),
  now: visit.now,
})

const answerOf = ({ form }: Visit): string => form.get('answer').normalize('NFC').trim()

/** Asks for more, or declines. */
async function postAnswer(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  request: RequestFacts,
): Promise<Response> {
  const { services } = parts
  const state = visit.form.get('do') === 'decline' ? 'declined' : 'more-needed'
  const outcome = await writeAs(parts, visit, tx =>
    answerRequest(
      services,
      tx,
      changeOf(visit, request),
      { state, answer: answerOf(visit) },
      policyOf(visit.visitor),
    ),
  )
  return after(parts, visit, request, outcome, state)
}

/** Does what was asked for to the account that it is about, or to one of those that the agent was shown. */
async function postAccept(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  request: RequestFacts,
): Promise<Response> {
  const { services } = parts
  const reach = await readReach(services.store, visit.visitor)
  const alike = request.kind === 'account' ? await findDuplicates(services.store, request.entry, reach) : []
  const chosen = alike.find(({ id }) => id === visit.form.get('account'))?.id
  const accountId = request.kind === 'account' ? chosen : (request.accountId ?? undefined)
  if (accountId === undefined) return showOne(parts, visit, request, [{ code: 'agency.closed' }])
  const outcome = await acceptRequest(parts, visit, request, accountId, {
    change: changeOf(visit, request),
    answer: answerOf(visit),
    reach,
    policy: policyOf(visit.visitor),
  })
  return after(parts, visit, request, outcome, 'accepted')
}

async function after(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  request: RequestFacts,
  outcome: AgencyOutcome<unknown>,
  did: string,
): Promise<Response> {
  if (outcome.ok) return redirectSaying(visit, `${requestsBase}/${request.id}`, did)
  const now = (await requestFor(parts, visit, request.id)) ?? request
  return showOne(parts, visit, now, outcome.refusals)
}
