import { readReminders } from '../../agency/campaign.ts'
import type { NewRenewal } from '../../agency/renewals.ts'
import type { Refusal, RefusalOf } from '../../refusals.ts'
import { tidyLine } from '../../web/line.ts'
import { dayAfter, momentOf } from '../../web/moment.ts'
import type { Form } from '../../web/request.ts'

export type RenewalCode = RefusalOf<'renewal'>

const longestName = 80
const year = 366 * 24 * 3_600_000

/** What a renewal can be for, and ask: ids. */
interface Offered {
  readonly organizations: readonly string[]
  readonly workgroups: readonly string[]
  readonly courses: readonly string[]
}

/** Reads the form of a new renewal, with all its problems. `now` in milliseconds since 1970. */
export function readNewRenewal(
  form: Form,
  offered: Offered,
  timeZone: string,
  now: number,
): { readonly renewal: NewRenewal; readonly refusals: readonly Refusal<RenewalCode>[] } {
  const refusals: Refusal<RenewalCode>[] = []
  const wrong = (code: RenewalCode, field: string) => refusals.push({ code, field })
  const startOf = (day: string) => momentOf(day, '00:00', timeZone)
  const ticked = (name: string, of: readonly string[]) => of.filter(id => form.all(name).includes(id))
  const name = tidyLine(form.get('name'))
  if (name === '' || [...name].length > longestName) wrong('renewal.name', 'name')
  const startsAt = startOf(form.get('from').trim()) ?? Number.NaN
  if (!(Math.abs(startsAt - now) <= year)) wrong('renewal.from', 'from')
  const endsAt = startOf(dayAfter(form.get('to').trim())) ?? Number.NaN
  if (!(endsAt > now && !(endsAt <= startsAt) && !(endsAt > startsAt + year))) wrong('renewal.to', 'to')
  const joined = form.get('joinedBefore').trim()
  const joinedBefore = joined === '' ? null : startOf(joined)
  if (joinedBefore === undefined) wrong('renewal.joined', 'joinedBefore')
  const reminders = readReminders(form.get('reminders'))
  if (reminders === undefined) wrong('renewal.reminders', 'reminders')
  const courses = ticked('course', offered.courses)
  const terms = form.get('terms') === 'yes'
  if (courses.length === 0 && !terms) wrong('renewal.nothing-asked', 'course')
  const after = form.get('after')
  if (after !== 'nothing' && after !== 'keep-out') wrong('renewal.after', 'after')
  return {
    renewal: {
      ...{ name, startsAt, endsAt, courses, terms },
      audience: {
        joinedBefore: joinedBefore ?? null,
        organizations: ticked('organization', offered.organizations),
        workgroups: ticked('workgroup', offered.workgroups),
      },
      reminders: reminders ?? [],
      keepsOut: after === 'keep-out',
    },
    refusals,
  }
}
