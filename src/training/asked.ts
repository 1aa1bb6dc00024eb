import { type RawBuilder, sql } from 'kysely'
import type { Services } from '../session/services.ts'
import type { RenewalTable } from '../store/schema.ts'
import { isTheirs } from './courses.ts'
import { courseUrlOf } from './moodle.ts'

type Asking = Pick<RenewalTable, 'courses' | 'starts_at'>

/**
 * Tells in a query of courses whether one is asked for by a renewal, is theirs and not finished since it began; one that was
 * retired meanwhile is not.
 */
export const openCourse = (renewal: Asking, account: RawBuilder<unknown>) =>
  sql<boolean>`course.retired_at is null and cast(${renewal.courses} as text) like '%' || course.id || '%'
    and ${isTheirs(account)}
    and not exists (select 1 from course_finish finish where finish.course_id = course.id
      and finish.account_id = ${account} and finish.finished_at >= ${renewal.starts_at})`

/** What an open renewal asks of somebody, and until when. */
export interface Asked {
  readonly name: string
  /** When the last day is over; milliseconds since 1970. */
  readonly endsAt: number
  readonly courses: readonly { readonly name: string; readonly url: string | undefined }[]
}

/** What somebody is asked for, the most urgent first. */
export async function readAsked(
  { store: { read }, settings }: Pick<Services, 'store' | 'settings'>,
  accountId: string,
): Promise<readonly Asked[]> {
  const open = await read
    .selectFrom('renewal_line as line')
    .innerJoin('renewal', 'renewal.id', 'line.renewal_id')
    .select(['renewal.name', 'ends_at', 'courses', 'starts_at'])
    .where('line.account_id', '=', accountId)
    .where('line.done_at', 'is', null)
    .where('renewal.closed_at', 'is', null)
    .orderBy('ends_at')
    .execute()
  const asked: Asked[] = []
  for (const renewal of open) {
    const courses = await read
      .selectFrom('course')
      .select(['name', 'moodle_id as moodleId'])
      .where(openCourse(renewal, sql`${accountId}`))
      .orderBy('name')
      .execute()
    asked.push({
      ...{ name: renewal.name, endsAt: renewal.ends_at },
      courses: courses.map(course => ({ name: course.name, url: courseUrlOf(settings, course) })),
    })
  }
  return asked
}
