import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { isOpenTo } from '../account/kept-apart.ts'
import { actorOf } from '../administration/act.ts'
import type { Reach } from '../administration/reach.ts'
import { writeToReader } from '../mail/agency-letters.ts'
import type { Policy } from '../policy/table.ts'
import { done, refuse } from '../refusals.ts'
import type { Services } from '../session/services.ts'
import { newId } from '../store/ids.ts'
import type { AccessReviewTable } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'
import { dayInWords } from '../web/time.ts'
import { type CampaignAct, looksAfterAll } from './campaign.ts'
import { type AgencyOutcome, type AgencyParts, contactsOf } from './contacts.ts'
import { resultAsCsv } from './review-rules.ts'

const day = 24 * 3_600_000

type Reader = Store['read'] | Tx['db']

/** What a review is started with. */
export interface NewReview {
  readonly name: string
  /** Undefined: all organizations. */
  readonly organizationIds: readonly string[] | undefined
  /** When the due day is over; milliseconds since 1970. */
  readonly dueAt: number
  /** Days before the end on which contacts are reminded, the earliest first. */
  readonly reminders: readonly number[]
}

/**
 * Starts a review: writes down who belongs to which organization now, and asks the contacts. What happens to those who are
 * not confirmed is what policy says today: it is told with the review and does not change under it.
 * @returns its id.
 */
export async function startReview(
  parts: AgencyParts,
  tx: Tx,
  { agent, now }: CampaignAct,
  given: NewReview,
  policy: Policy,
): Promise<AgencyOutcome<string>> {
  const id = newId(now)
  const { name, dueAt, reminders, organizationIds } = given
  if (!(await looksAfterAll(tx, agent, now))) return refuse({ code: 'account.not-yours' })
  const somebody = await asked(tx, organizationIds, now).select('account.id').limit(1).executeTakeFirst()
  if (somebody === undefined) return refuse({ code: 'agency.nobody', field: 'organization' })
  await tx.db
    .insertInto('access_review')
    .values({
      ...{ id, name, started_by: agent.actor, started_at: now, due_at: dueAt },
      reminders: JSON.stringify(reminders),
      settle_at: policy.reviewSuspendDays === 0 ? null : dueAt + policy.reviewSuspendDays * day,
    })
    .execute()
  await addLines(tx, id, organizationIds, now)
  await tx.db
    .insertInto('access_review_place')
    .columns(['review_id', 'organization_id', 'name', 'reminded'])
    .expression(eb =>
      eb
        .selectFrom('organization')
        .select(other => [
          sql<string>`cast(${id} as text)`.as('review_id'),
          'organization.id',
          'organization.name',
          other.lit(0).as('reminded'),
        ])
        .where('organization.id', 'in', other =>
          other.selectFrom('access_review_line').select('organization_id').where('review_id', '=', id),
        ),
    )
    .execute()
  const places = await readProgress(tx.db, id)
  await parts.audit.record(tx, {
    event: 'sensitive_create',
    ...actorOf(agent),
    args: {
      ...{ what: 'review', name, id, due: dueAt, organizations: places.length },
      people: places.reduce((sum, { people }) => sum + people, 0),
    },
  })
  for (const place of places)
    await writeToContacts(parts, tx, 'review-started', { id, name, due_at: dueAt }, place, policy, now)
  return done(id)
}

/** Everyone who belongs to these organizations, whose account is in use and whom their contacts may know of. */
const asked = (tx: Tx, organizationIds: readonly string[] | undefined, now: number) =>
  tx.db
    .selectFrom('account_organization as membership')
    .innerJoin('account', 'account.id', 'membership.account_id')
    .innerJoin('organization', 'organization.id', 'membership.organization_id')
    .where('membership.is_active', '=', 1)
    .where('account.deactivated_at', 'is', null)
    .where(eb => eb.or([eb('account.leaving_at', 'is', null), eb('account.leaving_at', '>', now)]))
    .where('organization.retired_at', 'is', null)
    .where(isOpenTo(sql.ref('membership.organization_id')))
    .$if(organizationIds !== undefined, query =>
      query.where('membership.organization_id', 'in', organizationIds ?? []),
    )

async function addLines(
  tx: Tx,
  id: string,
  organizationIds: readonly string[] | undefined,
  now: number,
): Promise<void> {
  await tx.db
    .insertInto('access_review_line')
    .columns(['review_id', 'organization_id', 'account_id', 'username', 'person', 'sort_key'])
    .expression(
      asked(tx, organizationIds, now).select([
        sql<string>`cast(${id} as text)`.as('review_id'),
        'membership.organization_id',
        'account.id',
        'account.username',
        sql<string>`trim(account.first_name || ' ' || account.last_name)`.as('person'),
        sql<string>`trim(account.last_name || ' ' || account.first_name)`.as('sort_key'),
      ]),
    )
    .execute()
}

/** How far an organization is. */
export interface Progress {
  readonly organizationId: string
  readonly name: string
  readonly people: number
  readonly stays: number
  readonly left: number
  readonly workgroup: number
  /** Not sure, and still there. */
  readonly unsure: number
  /** Not answered, and still there. */
  readonly open: number
}

/** Whether the person of a line still belongs to its organization: who left otherwise is not asked about. */
const isHere = sql<number>`case when exists (select 1 from account_organization membership
  join account on account.id = membership.account_id
  where membership.account_id = access_review_line.account_id
    and membership.organization_id = access_review_line.organization_id
    and membership.is_active = 1 and account.deactivated_at is null) then 1 else 0 end`

const count = (condition: RawBuilder<boolean>) =>
  sql<number>`coalesce(sum(case when ${condition} then 1 else 0 end), 0)`

/** The organizations of a review, by name, with how far each is, of the people whom somebody with this limit may know of. */
export async function readProgress(
  db: Reader,
  reviewId: string,
  organizationIds?: readonly string[],
  reach?: Reach,
): Promise<readonly Progress[]> {
  const rows = await db
    .selectFrom('access_review_place as place')
    .innerJoin('access_review_line', join =>
      join
        .onRef('access_review_line.review_id', '=', 'place.review_id')
        .onRef('access_review_line.organization_id', '=', 'place.organization_id'),
    )
    .select(['place.organization_id', 'place.name'])
    .select([
      sql<number>`count(*)`.as('people'),
      count(sql`answer = 'stays'`).as('stays'),
      count(sql`answer = 'left'`).as('left'),
      count(sql`answer = 'workgroup'`).as('workgroup'),
      count(sql`answer = 'unsure' and ${isHere} = 1`).as('unsure'),
      count(sql`answer is null and ${isHere} = 1`).as('open'),
    ])
    .where('place.review_id', '=', reviewId)
    .$if(organizationIds !== undefined, query =>
      query.where('place.organization_id', 'in', organizationIds ?? []),
    )
    .$if(reach !== undefined, query =>
      query.where(isOpenTo(reach ?? [], sql.ref('access_review_line.account_id'))),
    )
    .groupBy(['place.organization_id', 'place.name'])
    .orderBy('place.name')
    .execute()
  return rows.map(row => ({
    organizationId: row.organization_id,
    name: row.name,
    people: Number(row.people),
    stays: Number(row.stays),
    left: Number(row.left),
    workgroup: Number(row.workgroup),
    unsure: Number(row.unsure),
    open: Number(row.open),
  }))
}

export const readReview = (db: Reader, id: string): Promise<AccessReviewTable | undefined> =>
  db.selectFrom('access_review').selectAll().where('id', '=', id).executeTakeFirst()

/** Reviews, the newest first; of one organization only those that it has a part in and that are open. */
export const readReviews = (
  { read }: Store,
  organizationId?: string,
): Promise<readonly AccessReviewTable[]> =>
  read
    .selectFrom('access_review')
    .selectAll()
    .$if(organizationId !== undefined, query =>
      query.where('closed_at', 'is', null).where('id', 'in', eb =>
        eb
          .selectFrom('access_review_place')
          .select('review_id')
          .where('organization_id', '=', organizationId ?? ''),
      ),
    )
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute()

/** Writes to the contacts of an organization while somebody there is not confirmed. */
export async function writeToContacts(
  parts: AgencyParts,
  tx: Tx,
  kind: 'review-started' | 'review-reminder',
  review: Pick<AccessReviewTable, 'id' | 'name' | 'due_at'>,
  place: Pick<Progress, 'organizationId' | 'name' | 'unsure' | 'open'>,
  policy: Policy,
  now: number,
): Promise<number> {
  if (place.open + place.unsure === 0) return 0
  const contacts = await contactsOf(tx.db, place.organizationId)
  const path = `/agency/${place.organizationId}/reviews/${review.id}`
  const lastDay = (language: string) => dayInWords(review.due_at - 1, policy.timeZone, language)
  for (const contact of contacts)
    await writeToReader(
      parts,
      tx,
      policy,
      contact,
      { kind, organization: place.name, about: review.name, day: lastDay, path },
      now,
    )
  return contacts.length
}

/** The result of a review, line by line in a fixed order. */
export const readResult = (db: Reader, reviewId: string) =>
  db
    .selectFrom('access_review_line')
    .innerJoin('access_review_place as place', join =>
      join
        .onRef('place.review_id', '=', 'access_review_line.review_id')
        .onRef('place.organization_id', '=', 'access_review_line.organization_id'),
    )
    .select(['place.name as organization', 'username', 'person', 'answer', 'detail'])
    .select(['answered_name', 'answered_at', 'outcome'])
    .where('access_review_line.review_id', '=', reviewId)
    .orderBy('place.name')
    .orderBy('access_review_line.organization_id')
    .orderBy('sort_key')
    .orderBy('access_review_line.account_id')
    .execute()

/**
 * Closes a review: nobody answers it any more, and the digest of its result is sealed in the log. Contacts who are about to
 * answer are waited for (`keepAnswers`).
 */
export async function closeReview(
  parts: Pick<Services, 'audit'>,
  tx: Tx,
  { agent, now }: CampaignAct,
  id: string,
): Promise<AgencyOutcome<undefined>> {
  if (!(await looksAfterAll(tx, agent, now))) return refuse({ code: 'account.not-yours' })
  await tx.db
    .updateTable('access_review_place')
    .set(eb => ({ name: eb.ref('name') }))
    .where('review_id', '=', id)
    .execute()
  const closed = await tx.db
    .updateTable('access_review')
    .set({ closed_at: now })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .returning('name')
    .executeTakeFirst()
  if (closed === undefined) return refuse({ code: 'agency.closed' })
  const lines = await readResult(tx.db, id)
  const sha256 = createHash('sha256').update(resultAsCsv(lines)).digest('hex')
  await tx.db.updateTable('access_review').set({ sha256 }).where('id', '=', id).execute()
  await parts.audit.record(tx, {
    event: 'sensitive_update',
    ...actorOf(agent),
    args: { what: 'review', name: closed.name, id, state: 'closed', rows: lines.length, sha256 },
  })
  return done(undefined)
}
