import { sql } from 'kysely'
import { openIncident } from '../account/incidents.ts'
import { isOpenTo } from '../account/kept-apart.ts'
import { type Act, lockSubject, takeSubject } from '../administration/act.ts'
import { endMembership } from '../administration/membership.ts'
import { writeToReader } from '../mail/agency-letters.ts'
import type { Policy } from '../policy/table.ts'
import type { Services } from '../session/services.ts'
import type { Tx } from '../store/store.ts'
import { remindersDue } from './campaign.ts'
import { readProgress, writeToContacts } from './reviews.ts'

const openReviews = ({ store }: Services) =>
  store.read.selectFrom('access_review').selectAll().where('closed_at', 'is', null).execute()

/** Reminds the contacts of open reviews, of each day once, whichever process comes first. @returns how many letters. */
export async function remindContacts(services: Services, policy: Policy, now: number): Promise<number> {
  let letters = 0
  for (const review of await openReviews(services)) {
    const due = remindersDue(JSON.parse(review.reminders) as number[], review.due_at, now)
    if (due === 0 || now >= review.due_at) continue
    const places = await readProgress(services.store.read, review.id)
    for (const place of places)
      letters += await services.store.write(async tx => {
        const claimed = await tx.db
          .updateTable('access_review_place')
          .set({ reminded: due })
          .where('review_id', '=', review.id)
          .where('organization_id', '=', place.organizationId)
          .where('reminded', '<', due)
          .returning('name')
          .executeTakeFirst()
        return claimed === undefined
          ? 0
          : writeToContacts(services, tx, 'review-reminder', review, place, policy, now)
      })
  }
  return letters
}

/** What came of suspending one person's access through an organization. */
export type Suspended = 'suspended' | 'last-administrator' | 'not-yours' | 'gone'

/**
 * Suspends the access of one person who was not confirmed: this organization's, and the account with the last one. Never
 * the last active administrator. By the clock, or by an agent who may.
 */
export async function suspendLine(
  services: Services,
  tx: Tx,
  line: {
    readonly reviewId: string
    readonly reviewName: string
    readonly organizationId: string
    readonly accountId: string
  },
  by: Pick<Act, 'agent' | 'now'>,
  policy: Policy,
): Promise<Suspended> {
  const act: Act = {
    ...by,
    subjectId: line.accountId,
    reason: `Not confirmed in the access review "${line.reviewName}".`,
  }
  const isClock = by.agent.actor === 'system'
  const taken = isClock ? undefined : await takeSubject(tx, act)
  if (taken?.ok === false) return 'not-yours'
  const subject = taken?.value ?? (await lockSubject(tx, line.accountId))
  if (subject === undefined) return 'gone'
  const ended = await endMembership(services, tx, act, subject, line.organizationId)
  if (ended.ok && ended.value === undefined) return 'gone'
  const outcome = ended.ok ? 'suspended' : 'last-administrator'
  await tx.db
    .updateTable('access_review_line')
    .set({ outcome })
    .where('review_id', '=', line.reviewId)
    .where('organization_id', '=', line.organizationId)
    .where('account_id', '=', line.accountId)
    .execute()
  if (ended.ok) await tellPerson(services, tx, line, policy, by.now)
  else await openIncident(tx, line.accountId, 'last-administrator', by.now)
  return outcome
}

async function tellPerson(
  services: Services,
  tx: Tx,
  { organizationId, accountId, reviewName }: Parameters<typeof suspendLine>[2],
  policy: Policy,
  now: number,
): Promise<void> {
  const [person, place] = await Promise.all([
    tx.db
      .selectFrom('account')
      .select(['id', 'email', 'first_name', 'language'])
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow(),
    tx.db
      .selectFrom('organization')
      .select('name')
      .where('id', '=', organizationId)
      .executeTakeFirstOrThrow(),
  ])
  const letter = { kind: 'not-confirmed', organization: place.name, about: reviewName } as const
  await writeToReader(services, tx, policy, person, letter, now)
}

/** Carries out what policy said when the review began, once; each person in a transaction of their own. */
export async function settleReviews(
  services: Services,
  policy: Policy,
  now: number,
  stopping: AbortSignal,
): Promise<number> {
  let suspended = 0
  const due = (await openReviews(services)).filter(
    ({ settle_at, settled_at }) => settle_at !== null && settle_at <= now && settled_at === null,
  )
  for (const review of due) {
    const lines = await services.store.read
      .selectFrom('access_review_line')
      .select(['organization_id', 'account_id'])
      .where('review_id', '=', review.id)
      .where(eb => eb.or([eb('answer', 'is', null), eb('answer', '=', 'unsure')]))
      .where('outcome', 'is', null)
      .where(
        isOpenTo(sql.ref('access_review_line.organization_id'), sql.ref('access_review_line.account_id')),
      )
      .orderBy('organization_id')
      .orderBy('account_id')
      .execute()
    for (const { organization_id, account_id } of lines) {
      if (stopping.aborted) return suspended
      const line = {
        reviewId: review.id,
        reviewName: review.name,
        organizationId: organization_id,
        accountId: account_id,
      }
      const by = { agent: { actor: 'system', role: 'administrator' }, now } as const
      const outcome = await services.store.write(async tx =>
        (await isStillOpen(tx, line)) ? suspendLine(services, tx, line, by, policy) : 'gone',
      )
      if (outcome === 'suspended') suspended += 1
    }
    await services.store.writeOne(db =>
      db.updateTable('access_review').set({ settled_at: now }).where('id', '=', review.id).execute(),
    )
  }
  return suspended
}

/** A contact may have answered since the list was read, or another process been here. */
async function isStillOpen(tx: Tx, line: Parameters<typeof suspendLine>[2]): Promise<boolean> {
  const row = await tx.db
    .updateTable('access_review_line')
    .set(eb => ({ answer: eb.ref('answer') }))
    .where('review_id', '=', line.reviewId)
    .where('organization_id', '=', line.organizationId)
    .where('account_id', '=', line.accountId)
    .where('outcome', 'is', null)
    .returning(['answer'])
    .executeTakeFirst()
  return row !== undefined && (row.answer === null || row.answer === 'unsure')
}
