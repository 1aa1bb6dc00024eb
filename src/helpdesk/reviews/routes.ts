import { readPlaces } from '../../administration/places.ts'
import { isId, readReach } from '../../administration/reach.ts'
import { suspendLine } from '../../agency/review-end.ts'
import { resultAsCsv } from '../../agency/review-rules.ts'
import {
  closeReview,
  type Progress,
  readProgress,
  readResult,
  readReview,
  readReviews,
  startReview,
  writeToContacts,
} from '../../agency/reviews.ts'
import type { Refusal } from '../../refusals.ts'
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
import type { AccessReviewTable } from '../../store/schema.ts'
import type { Form } from '../../web/request.ts'
import { agentOf, consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { newReviewPage, placePage, reviewPage, reviewsBase, reviewsPage } from './pages.ts'
import { readNewReview } from './rules.ts'
import { openOnPage, readContactNames, readOpenLines } from './store.ts'
import { type ReviewCode, wordsFor } from './words.ts'

/** Reviews are of whole agencies: they are for who looks after everyone. */
export function reviewConsoleRoutes(parts: HelpdeskParts): readonly Route[] {
  const { store } = parts.services
  const may = async (visit: Visit<Session>) => (await readReach(store, visit.visitor)) === undefined
  const all: Subject<true> = { find: async () => true, may }
  const one: Subject<AccessReviewTable> = { find: visit => reviewOf(parts, visit), may }
  const place: Subject<{ readonly review: AccessReviewTable; readonly place: Progress }> = {
    async find(visit) {
      const review = await reviewOf(parts, visit)
      const id = visit.c.req.param('organization') ?? ''
      const [found] = review && isId(id) ? await readProgress(store.read, review.id, [id]) : []
      return review && found && { review, place: found }
    },
    may,
  }
  const [made, path] = [`${reviewsBase}/new`, `${reviewsBase}/:id`]
  const proof = 'fresh'
  const of = `${path}/organizations/:organization`
  return [
    insideRoute('GET', reviewsBase, staff, visit => showList(parts, visit)),
    routeOf('GET', made, staff, all, async visit => showNew(parts, visit, await visit.kept(), []), { proof }),
    routeOf('POST', made, staff, all, visit => postNew(parts, visit), { proof, keep: { path: made } }),
    routeOf('GET', path, staff, one, (visit, review) => showReview(parts, visit, review)),
    routeOf(
      'POST',
      path,
      staff,
      one,
      (visit, review) =>
        visit.form.get('do') === 'close' ? postClose(parts, visit, review) : postRemind(parts, visit, review),
      { proof, keep: { path } },
    ),
    routeOf('GET', `${path}/export`, staff, one, (visit, review) => exportResult(parts, visit, review), {
      proof,
      counts: 'look-up',
    }),
    routeOf('GET', of, staff, place, (visit, found) => showPlace(parts, visit, found), {
      proof,
      reads: 'people',
      counts: 'look-up',
    }),
    routeOf('POST', of, staff, place, (visit, found) => postSuspend(parts, visit, found), {
      proof,
      counts: 'look-up',
      keep: { path: of },
    }),
  ]
}

async function reviewOf(
  { services }: HelpdeskParts,
  { c }: Visit<Session>,
): Promise<AccessReviewTable | undefined> {
  const id = c.req.param('id') ?? ''
  return isId(id) ? readReview(services.store.read, id) : undefined
}

const zoneOf = (visit: Visit<Session>): string => policyOf(visit.visitor).timeZone

async function showList({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const reviews = await readReviews(services.store)
  return send(visit, reviewsPage(await consoleFrame(visit, 'reviews'), reviews, zoneOf(visit)))
}

async function showNew(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  form: Form,
  refusals: readonly Refusal<ReviewCode>[],
): Promise<Response> {
  const { organizations } = await readPlaces(services.store, undefined, 'administrator')
  const suspendDays = policyOf(visit.visitor).reviewSuspendDays
  const page = newReviewPage(await consoleFrame(visit, 'reviews'), {
    form,
    organizations,
    suspendDays,
    refusals,
  })
  return send(visit, page, refusals.length > 0 ? 422 : 200)
}

async function postNew(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { services } = parts
  const { organizations } = await readPlaces(services.store, undefined, 'administrator')
  const open = organizations.map(({ id }) => id)
  const policy = policyOf(visit.visitor)
  const { review, refusals } = readNewReview(visit.form, open, policy.timeZone, visit.now)
  if (refusals.length > 0) return showNew(parts, visit, visit.form, refusals)
  const act = { agent: agentOf(visit), now: visit.now }
  const outcome = await writeAs(parts, visit, tx => startReview(services, tx, act, review, policy))
  return outcome.ok
    ? redirectSaying(visit, `${reviewsBase}/${outcome.value}`, 'started')
    : showNew(parts, visit, visit.form, [{ code: 'agency.nobody', field: 'which' }])
}

async function showReview(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  review: AccessReviewTable,
): Promise<Response> {
  const contacts = await readContactNames(services.store)
  const places = await readProgress(services.store.read, review.id)
  const page = reviewPage(await consoleFrame(visit, 'reviews'), {
    review,
    places: places.map(place => ({ ...place, contacts: contacts.get(place.organizationId) ?? [] })),
    message: messageOf(visit),
    timeZone: zoneOf(visit),
  })
  return send(visit, page)
}

/** What was said with a number is `reminded-3` or `suspended-5-1`. */
function messageOf(visit: Visit<Session>): string | undefined {
  const words = wordsFor(visit.language)
  const [did = '', first = '0', second = '0'] = (visit.said() ?? '').split('-')
  if (did === 'reminded') return words.reminded(Number(first))
  if (did === 'suspended') return words.suspended(Number(first), Number(second))
  return did === 'started' || did === 'closed' ? words.did[did] : undefined
}

async function postRemind(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  review: AccessReviewTable,
): Promise<Response> {
  const { services } = parts
  const policy = policyOf(visit.visitor)
  const ids = visit.form.all('organization').filter(isId)
  const places =
    review.closed_at !== null || ids.length === 0
      ? []
      : await readProgress(services.store.read, review.id, ids)
  let letters = 0
  for (const place of places)
    letters += await writeAs(parts, visit, tx =>
      writeToContacts(services, tx, 'review-reminder', review, place, policy, visit.now),
    )
  return redirectSaying(visit, `${reviewsBase}/${review.id}`, `reminded-${letters}`)
}

async function postClose(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  review: AccessReviewTable,
): Promise<Response> {
  const { services } = parts
  const act = { agent: agentOf(visit), now: visit.now }
  const outcome = await writeAs(parts, visit, tx => closeReview(services, tx, act, review.id))
  return redirectSaying(visit, `${reviewsBase}/${review.id}`, outcome.ok ? 'closed' : '')
}

async function exportResult(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  review: AccessReviewTable,
): Promise<Response> {
  const { services } = parts
  const lines = await readResult(services.store.read, review.id)
  await writeAs(parts, visit, tx =>
    services.audit.record(tx, {
      event: 'sensitive_read',
      ...visit.trace(),
      args: { what: 'review', id: review.id, form: 'csv', rows: lines.length },
    }),
  )
  visit.c.header('content-disposition', `attachment; filename="review-${review.id}.csv"`)
  return visit.c.body(resultAsCsv(lines), 200, { 'content-type': 'text/csv; charset=utf-8' })
}

interface Of {
  readonly review: AccessReviewTable
  readonly place: Progress
}

async function showPlace(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  { review, place }: Of,
): Promise<Response> {
  const page = Math.max(1, Number.parseInt(visit.c.req.query('page') ?? '1', 10) || 1)
  const lines = await readOpenLines(services.store, review.id, place.organizationId, page)
  const view = {
    ...{ review, place, page },
    lines: lines.slice(0, openOnPage),
    hasMore: lines.length > openOnPage,
    message: messageOf(visit),
  }
  return send(visit, placePage(await consoleFrame(visit, 'reviews'), view))
}

/** Each person in a transaction of their own: one who may not be touched holds up nobody. */
async function postSuspend(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  { review, place }: Of,
): Promise<Response> {
  const { services } = parts
  const policy = policyOf(visit.visitor)
  const by = { agent: agentOf(visit), now: visit.now }
  const { organizationId } = place
  const at = `${reviewsBase}/${review.id}/organizations/${organizationId}`
  const asked = review.closed_at === null ? new Set(visit.form.all('person').filter(isId)) : new Set<string>()
  let [suspended, others] = [0, 0]
  for (const accountId of asked) {
    const line = { reviewId: review.id, reviewName: review.name, organizationId, accountId }
    const outcome = await writeAs(parts, visit, tx => suspendLine(services, tx, line, by, policy))
    if (outcome === 'suspended') suspended += 1
    else if (outcome !== 'gone') others += 1
  }
  return redirectSaying(visit, at, `suspended-${suspended}-${others}`)
}
