import type { Agent } from '../administration/act.ts'
import { startRenewal } from '../agency/renewals.ts'
import { emptyEntry } from '../agency/request-rules.ts'
import { answerRequest, askFor } from '../agency/requests.ts'
import { keepAnswers } from '../agency/review-answers.ts'
import { startReview } from '../agency/reviews.ts'
import { parsePolicy, policyRow } from '../policy/policy.ts'
import type { Outcome } from '../refusals.ts'
import type { Services } from '../session/services.ts'
import type { Tx } from '../store/store.ts'
import { readCourses } from '../training/courses.ts'

const day = 24 * 3_600_000
const shelter = 'Lakeside Night Shelter'

function value<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok)
    throw new Error(`The demo was refused: ${outcome.refusals.map(({ code }) => code).join(' ')}`)
  return outcome.value
}

/** What the agencies of the demo asked for, and a review that one of their contacts has begun. */
export async function fillAgency(
  services: Services,
  tx: Tx,
  places: ReadonlyMap<string, string>,
  now: number,
): Promise<void> {
  const { overrides } = await tx.db
    .selectFrom('policy')
    .select('overrides')
    .where('id', '=', policyRow)
    .executeTakeFirstOrThrow()
  const policy = parsePolicy(overrides)
  const idOf = async (username: string) =>
    (
      await tx.db
        .selectFrom('account')
        .select('id')
        .where('username', '=', username)
        .executeTakeFirstOrThrow()
    ).id
  const organizationId = places.get(shelter) ?? ''
  const contact = { agent: { actor: await idOf('ulla'), role: 'user' as const }, organizationId }
  const administrator = { actor: await idOf('jamal'), role: 'administrator' as const }
  const workgroups = [places.get('Emergency Shelter Staff') ?? '']
  const newcomer = { ...emptyEntry, firstName: 'Halima', lastName: 'Osman', email: 'halima@demo.example' }
  await askFor(
    services,
    tx,
    { ...contact, now: now - day },
    { kind: 'account', entry: { ...newcomer, jobTitle: 'Night staff', workgroups, training: 'finished' } },
    policy,
  )
  const unclear = value(
    await askFor(
      services,
      tx,
      { ...contact, now: now - 2 * day },
      {
        kind: 'change',
        personId: await idOf('fatuma'),
        entry: { ...emptyEntry, workgroups, note: 'New last name.' },
      },
      policy,
    ),
  )
  await answerRequest(
    services,
    tx,
    { id: unclear, seenVersion: undefined, agent: administrator, now: now - day },
    { state: 'more-needed', answer: 'What is the new last name?' },
    policy,
  )
  const review = value(
    await startReview(
      services,
      tx,
      { agent: administrator, now: now - 3 * day },
      {
        name: 'Access review of the quarter',
        organizationIds: undefined,
        dueAt: now + 11 * day,
        reminders: [7, 1],
      },
      policy,
    ),
  )
  await answerSome(services, tx, review, organizationId, await idOf('vicente'), now - 2 * day)
  await renewShelter(services, tx, organizationId, administrator, now)
}

/** A renewal of the shelter's people that has run for some days; some of them have done it. */
async function renewShelter(
  services: Services,
  tx: Tx,
  organizationId: string,
  agent: Agent,
  now: number,
): Promise<void> {
  const courses = await readCourses(tx.db)
  const [name, startsAt, endsAt] = ['Renewal of this year', now - 5 * day, now + 25 * day]
  const audience = { joinedBefore: null, organizations: [organizationId], workgroups: [] }
  const ids = courses.map(({ id }) => id)
  const asked = { audience, courses: ids, terms: false, reminders: [14, 1], keepsOut: true }
  const id = value(await startRenewal(services, tx, { agent, now }, { name, startsAt, endsAt, ...asked }))
  const done = await tx.db
    .selectFrom('renewal_line')
    .select('account_id')
    .where('renewal_id', '=', id)
    .orderBy('sort_key')
    .limit(4)
    .execute()
  await tx.db
    .insertInto('course_finish')
    .values(
      done.flatMap(({ account_id }) =>
        ids.map(course_id => ({ account_id, course_id, finished_at: now - day })),
      ),
    )
    .execute()
}

/** The first half of the shelter's people, by one of its contacts. */
async function answerSome(
  services: Services,
  tx: Tx,
  review: string,
  organizationId: string,
  actor: string,
  now: number,
): Promise<void> {
  const lines = await tx.db
    .selectFrom('access_review_line')
    .select('account_id')
    .where('review_id', '=', review)
    .where('organization_id', '=', organizationId)
    .orderBy('sort_key')
    .limit(5)
    .execute()
  const said = lines.map(
    ({ account_id }) => ({ accountId: account_id, answer: 'stays', detail: '', seen: 0 }) as const,
  )
  value(
    await keepAnswers(
      services,
      tx,
      { agent: { actor, role: 'user' }, organizationId, now },
      review,
      said,
      parsePolicy('{}'),
    ),
  )
}
