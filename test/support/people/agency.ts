import { emptyEntry } from '../../../src/agency/request-rules.ts'
import { startReview } from '../../../src/agency/reviews.ts'
import { parsePolicy } from '../../../src/policy/policy.ts'
import { newId } from '../../../src/store/ids.ts'
import type { Opened } from '../database/store.ts'
import type { Caller, Desk } from './desk.ts'

const day = 24 * 3_600_000

/** Makes somebody the contact of organizations that they belong to. */
export const appoint = (
  { store, clock }: { readonly store: Opened['store']; readonly clock: Pick<Opened['clock'], 'now'> },
  account_id: string,
  ...organizationIds: readonly string[]
): Promise<unknown> =>
  store.writeOne(db =>
    db
      .insertInto('agency_contact')
      .values(organizationIds.map(organization_id => ({ account_id, organization_id, since: clock.now() })))
      .execute(),
  )

/** A contact of one organization, signed in. */
export async function addContact(
  desk: Desk,
  username: string,
  ...organizationIds: readonly string[]
): Promise<Caller> {
  const id = await desk.add({ username, firstName: 'Clara', lastName: 'Contact', organizationIds })
  await appoint(desk, id, ...organizationIds)
  return desk.signIn(id)
}

/** What the rest of an address of the agency's desk stands for, all of one organization. */
export interface AgencyThings {
  readonly id: string
  readonly person: string
  readonly request: string
  readonly report: string
  readonly review: string
}

/** A request, a planned leaver and a review of an organization, about one of its people. */
export async function addThings(desk: Desk, id: string, person: string): Promise<AgencyThings> {
  const now = desk.clock.now()
  const [request, report] = [newId(now), newId(now)]
  const asked = { organization_id: id, account_id: person, asked_by: person, asked_at: now, changed_at: now }
  const reported = { organization_id: id, account_id: person, reported_by: person, reported_at: now }
  await desk.store.write(async ({ db }) => {
    await db
      .insertInto('agency_request')
      .values({
        id: request,
        kind: 'change',
        entry: JSON.stringify(emptyEntry),
        state: 'asked',
        version: 1,
        ...asked,
      })
      .execute()
    await db
      .insertInto('leaver_report')
      .values({ id: report, last_day: '2030-01-01', due_at: now + day, ...reported })
      .execute()
  })
  return { id, person, request, report, review: await addReview(desk, id) }
}

/** A review of one organization, by the administrator. @returns its id. */
export async function addReview(desk: Desk, id: string, overrides: object = {}): Promise<string> {
  const now = desk.clock.now()
  const act = { agent: { actor: desk.callers.administrator.id, role: 'administrator' as const }, now }
  const given = { name: 'Spring', organizationIds: [id], dueAt: now + 14 * day, reminders: [7, 1] }
  const policy = parsePolicy(JSON.stringify(overrides))
  const started = await desk.store.write(tx => startReview(desk.services, tx, act, given, policy))
  if (!started.ok) throw new Error('The review was not started.')
  return started.value
}

/** The address with these things in its places. */
export const placed = (path: string, { id, person, request, report, review }: AgencyThings): string =>
  path
    .replace(':id', id)
    .replace(':person', person)
    .replace(':request', request)
    .replace(':report', report)
    .replace(':review', review)
