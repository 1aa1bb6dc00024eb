import { keepAnswers, linesOnPage, readLines } from '../src/agency/review-answers.ts'
import { readProgress, startReview } from '../src/agency/reviews.ts'
import { readPolicy } from '../src/policy/policy.ts'
import type { Services } from '../src/session/services.ts'
import { createOrganization } from '../src/workspace/store.ts'
import { quantile, type Row, row } from './report.ts'

const day = 24 * 3_600_000
const people = 1_000

/** A shelter of so many of the people there are, with one of them as its contact. */
async function addShelter({
  store,
  now,
}: Services): Promise<{ readonly id: string; readonly contact: string }> {
  return store.write(async tx => {
    const id = await createOrganization(tx, { name: 'Review House', allows: '' }, now())
    const chosen = await tx.db
      .selectFrom('account')
      .select('id')
      .where('role', '=', 'user')
      .where('deactivated_at', 'is', null)
      .limit(people)
      .execute()
    const all = { organization_id: id, is_active: 1, may_sign_in: 1, may_edit: 1 } as const
    for (const one of chosen)
      await tx.db
        .insertInto('account_organization')
        .values({ account_id: one.id, ...all })
        .execute()
    const contact = chosen[0]?.id ?? ''
    await tx.db
      .insertInto('agency_contact')
      .values({ account_id: contact, organization_id: id, since: now() })
      .execute()
    return { id, contact }
  })
}

/** A review from its first page to its last, as a contact goes through it: each page read, and each kept. */
export async function measureReview(services: Services, many: number): Promise<readonly Row[]> {
  const { store, now } = services
  const policy = await readPolicy(store)
  const { id, contact } = await addShelter(services)
  const { id: starter } = await store.read
    .selectFrom('account')
    .select('id')
    .where('role', '=', 'administrator')
    .executeTakeFirstOrThrow()
  const given = { name: 'Bench', organizationIds: [id], dueAt: now() + 14 * day, reminders: [] }
  const act = { agent: { actor: starter, role: 'administrator' as const }, now: now() }
  const review = await store.write(tx => startReview(services, tx, act, given, policy))
  if (!review.ok) throw new Error('The review was not started.')
  const [read, kept]: [number[], number[]] = [[], []]
  const by = { agent: { actor: contact, role: 'user' as const }, organizationId: id }
  for (let page = 1; page <= people / linesOnPage; page++) {
    const from = performance.now()
    await readProgress(store.read, review.value, [id])
    const lines = await readLines(store.read, review.value, id, { page })
    const then = performance.now()
    const said = lines.map(
      line => ({ accountId: line.account_id, answer: 'stays', detail: '', seen: 0 }) as const,
    )
    await store.write(tx => keepAnswers(services, tx, { ...by, now: now() }, review.value, said, policy))
    read.push(then - from)
    kept.push(performance.now() - then)
  }
  const one = (what: string, list: readonly number[]) => {
    const p95 = quantile(list, 0.95)
    return row(
      `a review of ${people} people at ${many} accounts: ${what}, p95 ms`,
      p95,
      1,
      '≤ 100',
      p95 <= 100,
    )
  }
  return [one('a page read', read), one('a page kept', kept)]
}
