import { readReminders } from '../../agency/campaign.ts'
import type { NewReview } from '../../agency/reviews.ts'
import type { Refusal } from '../../refusals.ts'
import { tidyLine } from '../../web/line.ts'
import { dayAfter, momentOf } from '../../web/moment.ts'
import type { Form } from '../../web/request.ts'
import type { ReviewCode } from './words.ts'

const longestName = 80
const furthest = 366 * 24 * 3_600_000

/** Reads the form of a new review, with all its problems. `open`: ids of organizations that are there. */
export function readNewReview(
  form: Form,
  open: readonly string[],
  timeZone: string,
  now: number,
): { readonly review: NewReview; readonly refusals: readonly Refusal<ReviewCode>[] } {
  const refusals: Refusal<ReviewCode>[] = []
  const name = tidyLine(form.get('name'))
  if (name === '' || [...name].length > longestName)
    refusals.push({ code: 'agency.review-name', field: 'name' })
  const dueAt = momentOf(dayAfter(form.get('due').trim()), '00:00', timeZone) ?? 0
  if (dueAt <= now || dueAt > now + furthest) refusals.push({ code: 'agency.due-day', field: 'due' })
  const reminders = readReminders(form.get('reminders'))
  if (reminders === undefined) refusals.push({ code: 'agency.reminders', field: 'reminders' })
  const ticked = form.all('organization').filter(id => open.includes(id))
  const organizationIds = form.get('which') === 'all' ? undefined : ticked
  if (organizationIds?.length === 0) refusals.push({ code: 'agency.nobody', field: 'which' })
  return { review: { name, dueAt, reminders: reminders ?? [], organizationIds }, refusals }
}
