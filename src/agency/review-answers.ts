import { type Selectable, sql } from 'kysely'
import { isOpenTo } from '../account/kept-apart.ts'
import { fullName } from '../account/names.ts'
import { actorOf } from '../administration/act.ts'
import type { Policy } from '../policy/table.ts'
import { done, refuse } from '../refusals.ts'
import type { AccessReviewLineTable } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'
import { type AgencyOutcome, type AgencyParts, type ContactAct, isStillContact } from './contacts.ts'
import { reportLeaver } from './leavers.ts'
import { emptyEntry } from './request-rules.ts'
import { askFor } from './requests.ts'
import type { Said } from './review-rules.ts'

/** People on a page of a review: one screen on a phone is five of them. */
export const linesOnPage = 25

/** One person as the contact is asked about them. */
export interface Line extends Selectable<AccessReviewLineTable> {
  readonly isHere: boolean
  readonly jobTitle: string
}

/** One page of an organization's people in a review. */
export async function readLines(
  db: Store['read'] | Tx['db'],
  reviewId: string,
  organizationId: string,
  asked: { readonly page: number; readonly ids?: readonly string[] },
): Promise<readonly Line[]> {
  const rows = await db
    .selectFrom('access_review_line as line')
    .innerJoin('account', 'account.id', 'line.account_id')
    .leftJoin('account_organization as membership', join =>
      join
        .onRef('membership.account_id', '=', 'line.account_id')
        .onRef('membership.organization_id', '=', 'line.organization_id'),
    )
    .selectAll('line')
    .select(['account.job_title', 'account.deactivated_at', 'membership.is_active'])
    .where('review_id', '=', reviewId)
    .where('line.organization_id', '=', organizationId)
    .where(isOpenTo([organizationId]))
    .$if(asked.ids !== undefined, query => query.where('line.account_id', 'in', asked.ids ?? []))
    .orderBy('sort_key')
    .orderBy('line.account_id')
    .limit(linesOnPage)
    .offset((asked.page - 1) * linesOnPage)
    .execute()
  return rows.map(({ job_title, deactivated_at, is_active, ...line }) => ({
    ...line,
    isHere: is_active === 1 && deactivated_at === null,
    jobTitle: job_title,
  }))
}

/** The first page with somebody who is not answered: where a review that was broken off goes on. */
export async function firstOpenPage(
  { read }: Store,
  reviewId: string,
  organizationId: string,
): Promise<number> {
  const lines = await read
    .selectFrom('access_review_line')
    .select(['answer', 'account_id'])
    .where('review_id', '=', reviewId)
    .where('organization_id', '=', organizationId)
    .where(isOpenTo([organizationId], sql.ref('access_review_line.account_id')))
    .orderBy('sort_key')
    .orderBy('account_id')
    .execute()
  const at = lines.findIndex(({ answer }) => answer === null)
  return at < 0 ? 1 : Math.floor(at / linesOnPage) + 1
}

/** What was kept, and whom another contact has answered differently meanwhile. */
export interface Kept {
  readonly kept: number
  readonly elsewhere: readonly string[]
}

/**
 * Keeps a page of answers: one record of the log says who said what. Who left is reported as a leaver, another workgroup
 * is asked for; both by the same rules as at the desk.
 */
export async function keepAnswers(
  parts: AgencyParts,
  tx: Tx,
  by: ContactAct,
  reviewId: string,
  said: readonly Said[],
  policy: Policy,
): Promise<AgencyOutcome<Kept>> {
  const { agent, organizationId, now } = by
  if (!(await isStillContact(tx, by))) return refuse({ code: 'account.not-there' })
  const review = await holdPlace(tx, reviewId, organizationId)
  if (review === undefined) return refuse({ code: 'agency.closed' })
  if (said.length === 0) return done({ kept: 0, elsewhere: [] })
  const lines = await readLines(tx.db, reviewId, organizationId, {
    page: 1,
    ids: said.map(one => one.accountId),
  })
  const changed = said.filter(one => {
    const line = lines.find(({ account_id }) => account_id === one.accountId)
    return line?.isHere && (line.answer !== one.answer || line.detail !== one.detail)
  })
  const elsewhere = changed.filter(one => {
    const line = lines.find(({ account_id }) => account_id === one.accountId)
    return (line?.answered_at ?? 0) !== one.seen
  })
  const fresh = changed
    .filter(one => !elsewhere.includes(one))
    .toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))
  const name = await nameOf(tx, agent.actor)
  for (const one of fresh) {
    await tx.db
      .updateTable('access_review_line')
      .set({
        answer: one.answer,
        detail: one.detail,
        answered_by: agent.actor,
        answered_name: name,
        answered_at: now,
      })
      .where('review_id', '=', reviewId)
      .where('organization_id', '=', organizationId)
      .where('account_id', '=', one.accountId)
      .execute()
    await follow(parts, tx, by, one, policy)
  }
  if (fresh.length > 0)
    await parts.audit.record(tx, {
      event: 'sensitive_update',
      ...actorOf(agent),
      subject: organizationId,
      args: {
        ...{ what: 'review', name: review.name, id: reviewId, state: 'confirmed' },
        answers: fresh.map(({ accountId, answer, detail }) => ({ account: accountId, answer, detail })),
      },
    })
  return done({ kept: fresh.length, elsewhere: elsewhere.map(one => one.accountId) })
}

/**
 * Locks an organization's part of a review: its contacts wait for each other here, and who closes the review for all of
 * them. @returns the review, while it is open.
 */
async function holdPlace(
  tx: Tx,
  reviewId: string,
  organizationId: string,
): Promise<{ readonly name: string } | undefined> {
  await tx.db
    .updateTable('access_review_place')
    .set(eb => ({ name: eb.ref('name') }))
    .where('review_id', '=', reviewId)
    .where('organization_id', '=', organizationId)
    .execute()
  return tx.db
    .selectFrom('access_review')
    .select('name')
    .where('id', '=', reviewId)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
}

/** What an answer asks for is done as if it had been asked for at the desk. Who is gone already is gone. */
async function follow(parts: AgencyParts, tx: Tx, by: ContactAct, one: Said, policy: Policy): Promise<void> {
  const personId = one.accountId
  if (one.answer === 'left') await reportLeaver(parts, tx, by, { personId, lastDay: one.detail }, policy)
  if (one.answer !== 'workgroup') return
  const groups = await tx.db
    .selectFrom('account_workgroup')
    .select('workgroup_id')
    .where('account_id', '=', personId)
    .execute()
  const workgroups = groups.map(({ workgroup_id }) => workgroup_id)
  await askFor(
    parts,
    tx,
    by,
    { kind: 'change', personId, entry: { ...emptyEntry, workgroups, note: one.detail } },
    policy,
  )
}

async function nameOf(tx: Tx, id: string): Promise<string> {
  const row = await tx.db
    .selectFrom('account')
    .select(['first_name', 'last_name'])
    .where('id', '=', id)
    .executeTakeFirst()
  return fullName(row?.first_name ?? '', row?.last_name ?? '')
}
