import { type Agent, actorOf } from '../administration/act.ts'
import { writeToHelpdesk, writeToReader } from '../mail/agency-letters.ts'
import type { Policy } from '../policy/table.ts'
import { done, refuse } from '../refusals.ts'
import type { Services } from '../session/services.ts'
import { newId } from '../store/ids.ts'
import type { RequestKind, RequestState } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { claimShare, counterName } from '../throttle/store.ts'
import {
  type AgencyOutcome,
  type AgencyParts,
  type ContactAct,
  contactsOf,
  isStillContact,
} from './contacts.ts'
import { readColleague } from './people.ts'
import { type RequestFacts, readRequestIn } from './request-reading.ts'
import { emptyEntry, isNoteTooLong, type RequestEntry } from './request-rules.ts'

const day = 24 * 3_600_000
/** Requests that one contact may send in a day: a new shelter's staff, and no flood. */
const requestShare = { most: 100, window: day }

/** What a contact asks for. */
export interface Asked {
  readonly kind: RequestKind
  readonly entry: RequestEntry
  /** The person it is about; nobody yet for a new account. */
  readonly personId?: string
}

/** Sends a request to the helpdesk. @returns its id. */
export async function askFor(
  parts: AgencyParts,
  tx: Tx,
  by: ContactAct,
  asked: Asked,
  policy: Policy,
): Promise<AgencyOutcome<string>> {
  const { agent, organizationId, now } = by
  if (!(await isStillContact(tx, by))) return refuse({ code: 'account.not-there' })
  if (asked.personId !== undefined && !(await readColleague(tx.db, organizationId, asked.personId, now)))
    return refuse({ code: 'account.not-there' })
  const name = counterName(parts.keyring, 'agent', `request ${agent.actor}`)
  if (!(await claimShare(tx.db, name, requestShare, now)).ok) return refuse({ code: 'agency.too-many' })
  return done(await put(parts, tx, by, asked, policy))
}

/** A report that may not take effect at once: the helpdesk decides. Of one that waits for it already there is no second. */
export async function askForLeaver(
  parts: AgencyParts,
  tx: Tx,
  by: ContactAct,
  { personId, lastDay }: { readonly personId: string; readonly lastDay: string },
  policy: Policy,
): Promise<void> {
  const waiting = await tx.db
    .selectFrom('agency_request')
    .select('id')
    .where('organization_id', '=', by.organizationId)
    .where('account_id', '=', personId)
    .where('kind', '=', 'leaver')
    .where('state', 'in', ['asked', 'more-needed'])
    .executeTakeFirst()
  if (waiting === undefined)
    await put(parts, tx, by, { kind: 'leaver', personId, entry: { ...emptyEntry, lastDay } }, policy)
}

async function put(
  parts: AgencyParts,
  tx: Tx,
  { agent, organizationId, now }: ContactAct,
  { kind, entry, personId }: Asked,
  policy: Policy,
): Promise<string> {
  const id = newId(now)
  await tx.db
    .insertInto('agency_request')
    .values({
      id,
      kind,
      organization_id: organizationId,
      account_id: personId ?? null,
      entry: JSON.stringify(entry),
      asked_by: agent.actor,
      asked_at: now,
      state: 'asked',
      changed_at: now,
      version: 1,
    })
    .execute()
  await parts.audit.record(tx, {
    event: 'sensitive_create',
    ...actorOf(agent),
    subject: personId ?? organizationId,
    args: { what: 'request', kind, id },
  })
  await tellHelpdesk(parts, tx, id, policy, now)
  return id
}

async function tellHelpdesk(
  parts: AgencyParts,
  tx: Tx,
  id: string,
  policy: Policy,
  now: number,
): Promise<void> {
  const request = await readRequestIn(tx.db, id)
  if (request === undefined) return
  const path = `/helpdesk/requests/${id}`
  await writeToHelpdesk(
    parts,
    tx,
    policy,
    {
      kind: 'request-asked',
      organization: request.organization,
      about: request.about,
      by: request.askedBy,
      path,
    },
    now,
  )
}

/** The actor who changes a request, and the version their page showed. */
export interface RequestChange {
  readonly id: string
  readonly seenVersion: number | undefined
  readonly agent: Agent
  readonly now: number
}

/** Moves a request on, if it is still as it was seen. Of two who answer at once one does. */
async function move(
  parts: AgencyParts,
  tx: Tx,
  { id, seenVersion, agent, now }: RequestChange,
  from: readonly RequestState[],
  to: {
    readonly state: RequestState
    readonly answer?: string
    readonly accountId?: string
    readonly entry?: RequestEntry
  },
): Promise<RequestFacts | undefined> {
  const moved = await tx.db
    .updateTable('agency_request')
    .set(eb => ({
      state: to.state,
      changed_at: now,
      version: eb('version', '+', 1),
      ...(to.answer !== undefined && { answer: to.answer }),
      ...(to.accountId !== undefined && { account_id: to.accountId }),
      ...(to.entry !== undefined && { entry: JSON.stringify(to.entry) }),
    }))
    .where('id', '=', id)
    .where('state', 'in', from)
    .$if(seenVersion !== undefined, query => query.where('version', '=', seenVersion ?? 0))
    .returning('id')
    .executeTakeFirst()
  if (moved === undefined) return undefined
  const request = await readRequestIn(tx.db, id)
  if (request === undefined) return undefined
  await parts.audit.record(tx, {
    event: 'sensitive_update',
    ...actorOf(agent),
    subject: request.accountId ?? request.organizationId,
    args: {
      what: 'request',
      kind: request.kind,
      id,
      state: to.state,
      ...(to.answer !== undefined && to.answer !== '' && { reason: to.answer }),
    },
  })
  return request
}

const closed = refuse({ code: 'agency.closed' })

/** The contact takes a request back. */
export async function withdraw(
  parts: AgencyParts,
  tx: Tx,
  by: ContactAct,
  change: Pick<RequestChange, 'id' | 'seenVersion'>,
): Promise<AgencyOutcome<undefined>> {
  if (!(await isOfContact(tx, by, change.id))) return refuse({ code: 'account.not-there' })
  const moved = await move(parts, tx, { ...by, ...change }, ['asked', 'more-needed'], { state: 'withdrawn' })
  return moved === undefined ? closed : done(undefined)
}

/** The contact adds what was missing. */
export async function sendAgain(
  parts: AgencyParts,
  tx: Tx,
  by: ContactAct,
  change: Pick<RequestChange, 'id' | 'seenVersion'>,
  entry: RequestEntry,
  policy: Policy,
): Promise<AgencyOutcome<undefined>> {
  if (!(await isOfContact(tx, by, change.id))) return refuse({ code: 'account.not-there' })
  const moved = await move(parts, tx, { ...by, ...change }, ['more-needed'], { state: 'asked', entry })
  if (moved === undefined) return closed
  await tellHelpdesk(parts, tx, change.id, policy, by.now)
  return done(undefined)
}

async function isOfContact(tx: Tx, by: ContactAct, id: string): Promise<boolean> {
  const request = await readRequestIn(tx.db, id)
  return request?.organizationId === by.organizationId && (await isStillContact(tx, by))
}

/** The helpdesk's answer: done with a reason, or a question. */
export async function answerRequest(
  parts: AgencyParts,
  tx: Tx,
  change: RequestChange,
  given: {
    readonly state: 'accepted' | 'declined' | 'more-needed'
    readonly answer: string
    readonly accountId?: string
  },
  policy: Policy,
): Promise<AgencyOutcome<RequestFacts>> {
  if (given.state !== 'accepted' && given.answer === '')
    return refuse({ code: 'agency.no-answer', field: 'answer' })
  if (isNoteTooLong(given.answer)) return refuse({ code: 'agency.note-long', field: 'answer' })
  const moved = await move(parts, tx, change, ['asked', 'more-needed'], given)
  if (moved === undefined) return closed
  await tellContact(parts, tx, moved, `request-${given.state}`, policy, change.now)
  return done(moved)
}

/** The person who asked is told, as long as they are a contact. */
async function tellContact(
  parts: AgencyParts,
  tx: Tx,
  request: RequestFacts,
  kind: 'request-accepted' | 'request-declined' | 'request-more-needed' | 'request-stale',
  policy: Policy,
  now: number,
): Promise<void> {
  const contact = (await contactsOf(tx.db, request.organizationId)).find(({ id }) => id === request.askedById)
  if (contact === undefined) return
  const { organization, about, organizationId, answer } = request
  const path = `/agency/${organizationId}/requests/${request.id}`
  await writeToReader(parts, tx, policy, contact, { kind, organization, about, answer, path }, now)
}

const batch = 200

/** Ends requests that wait for their contact's answer too long. @returns how many. */
export async function endStaleRequests(services: Services, policy: Policy, now: number): Promise<number> {
  const stale = await services.store.read
    .selectFrom('agency_request')
    .select(['id', 'version'])
    .where('state', '=', 'more-needed')
    .where('changed_at', '<=', now - policy.requestDays * day)
    .limit(batch)
    .execute()
  const agent: Agent = { actor: 'system', role: 'user' }
  for (const { id, version } of stale)
    await services.store.write(async tx => {
      const change = { id, seenVersion: version, agent, now }
      const moved = await move(services, tx, change, ['more-needed'], { state: 'stale' })
      if (moved !== undefined) await tellContact(services, tx, moved, 'request-stale', policy, now)
    })
  return stale.length
}
