import type { Place } from '../administration/places.ts'
import { isId } from '../administration/reach.ts'
import { firstOpenPage, keepAnswers, readLines } from '../agency/review-answers.ts'
import { type LineProblem, readAnswers } from '../agency/review-rules.ts'
import { type Progress, readProgress, readReview, readReviews } from '../agency/reviews.ts'
import { contacts } from '../session/access.ts'
import { type Route, redirectSaying, routeOf, send, type Visit } from '../session/visit.ts'
import { policyOf, type Session } from '../session/visitor.ts'
import type { AccessReviewTable } from '../store/schema.ts'
import { emptyForm, type Form } from '../web/request.ts'
import {
  actOf,
  type DeskParts,
  deskBase,
  deskFrame,
  deskOf,
  type Of,
  organizationOfAddress,
  withinOrganization,
} from './desk.ts'
import { reviewPage, reviewsPage } from './review-pages.ts'
import { wordsFor } from './words.ts'

interface Part {
  readonly review: AccessReviewTable
  readonly progress: Progress
}

export function reviewRoutes(parts: DeskParts): readonly Route[] {
  const part = withinOrganization(parts, ({ c }, organization) =>
    partOf(parts, organization, c.req.param('review') ?? ''),
  )
  const list = `${deskBase}/:id/reviews`
  const one = `${list}/:review`
  const asked = {
    proof: 'fresh',
    keep: { path: one },
    deed: ({ language }: Visit) => wordsFor(language).deeds.review,
  } as const
  return [
    routeOf('GET', list, contacts, organizationOfAddress(parts), (visit, found) =>
      showList(parts, visit, found),
    ),
    routeOf('GET', one, contacts, part, async (visit, of) => {
      const kept = await visit.kept()
      return showReview(parts, visit, of, await pageOf(parts, visit, of, kept), { typed: kept })
    }),
    routeOf('POST', one, contacts, part, (visit, of) => postReview(parts, visit, of), asked),
  ]
}

/** An organization's part of an open review. */
async function partOf({ services }: DeskParts, { id }: Place, reviewId: string): Promise<Part | undefined> {
  const { read } = services.store
  const review = isId(reviewId) ? await readReview(read, reviewId) : undefined
  if (review === undefined || review.closed_at !== null) return undefined
  const [progress] = await readProgress(read, reviewId, [id], [id])
  return progress && { review, progress }
}

async function showList(
  { services }: DeskParts,
  visit: Visit<Session>,
  organization: Place,
): Promise<Response> {
  const { store } = services
  const reviews: Part[] = []
  for (const review of await readReviews(store, organization.id)) {
    const [progress] = await readProgress(store.read, review.id, [organization.id], [organization.id])
    if (progress !== undefined) reviews.push({ review, progress })
  }
  const view = { organization, reviews, timeZone: policyOf(visit.visitor).timeZone }
  return send(visit, reviewsPage(await deskFrame(visit, organization, 'reviews'), view))
}

/** The page that was asked for, or the first on which somebody is open: there it goes on that was broken off. */
async function pageOf(
  { services }: DeskParts,
  { c }: Visit<Session>,
  { organization, found }: Of<Part>,
  kept: Form,
): Promise<number> {
  const asked = Number.parseInt(kept.get('page') || (c.req.query('page') ?? ''), 10)
  return asked > 0 ? asked : firstOpenPage(services.store, found.review.id, organization.id)
}

async function showReview(
  { services }: DeskParts,
  visit: Visit<Session>,
  { organization, found }: Of<Part>,
  page: number,
  given: {
    readonly typed: Form
    readonly problems?: readonly LineProblem[]
    readonly elsewhere?: readonly string[]
  },
): Promise<Response> {
  const { problems = [], elsewhere = [], typed } = given
  const words = wordsFor(visit.language)
  const view = {
    ...{ organization, ...found, page, typed, problems, elsewhere },
    lines: await readLines(services.store.read, found.review.id, organization.id, { page }),
    message: visit.said() === 'confirmed' ? words.did.confirmed : undefined,
    timeZone: policyOf(visit.visitor).timeZone,
  }
  const isRefused = problems.length + elsewhere.length > 0
  return send(visit, reviewPage(await deskFrame(visit, organization, 'reviews'), view), isRefused ? 422 : 200)
}

async function postReview(parts: DeskParts, visit: Visit<Session>, of: Of<Part>): Promise<Response> {
  const { services } = parts
  const { organization, found } = of
  const policy = policyOf(visit.visitor)
  const page = Number.parseInt(visit.form.get('page'), 10) || 1
  const { said, problems } = readAnswers(visit.form, policy.timeZone, visit.now)
  if (problems.length > 0) return showReview(parts, visit, of, page, { typed: visit.form, problems })
  const outcome = await services.store.write(tx =>
    keepAnswers(services, tx, actOf(visit, organization), found.review.id, said, policy),
  )
  if (!outcome.ok) return redirectSaying(visit, deskOf(organization.id, '/reviews'), 'closed')
  const { elsewhere } = outcome.value
  if (elsewhere.length > 0) {
    const now = (await partOf(parts, organization, found.review.id)) ?? found
    return showReview(parts, visit, { organization, found: now }, page, { typed: emptyForm, elsewhere })
  }
  return redirectSaying(visit, deskOf(organization.id, `/reviews/${found.review.id}`), 'confirmed')
}
