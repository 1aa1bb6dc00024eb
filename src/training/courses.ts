import { type RawBuilder, sql } from 'kysely'
import type { Audit } from '../audit/audit.ts'
import type { Services } from '../session/services.ts'
import { newId } from '../store/ids.ts'
import type { Store, Tx } from '../store/store.ts'

type Reader = Store['read'] | Tx['db']

/** A course that people have to finish. */
export interface Course {
  readonly id: string
  /** What Moodle calls it by. */
  readonly moodleId: number
  readonly name: string
  /** Ids of the workgroups whose people it is for; none: everyone. */
  readonly workgroups: readonly string[]
}

export const idsIn = (json: string): readonly string[] => JSON.parse(json) as readonly string[]

/** The courses that are not retired, by name. */
export async function readCourses(db: Reader): Promise<readonly Course[]> {
  const rows = await db
    .selectFrom('course')
    .select(['id', 'moodle_id', 'name', 'workgroups'])
    .where('retired_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    id: row.id,
    moodleId: row.moodle_id,
    name: row.name,
    workgroups: idsIn(row.workgroups),
  }))
}

/** Those of the courses that somebody in these workgroups has to finish. */
export const coursesFor = (courses: readonly Course[], workgroupIds: readonly string[]): readonly Course[] =>
  courses.filter(
    ({ workgroups }) => workgroups.length === 0 || workgroups.some(id => workgroupIds.includes(id)),
  )

/** Whom nobody has given a workgroup yet finishes what is for everyone; where nothing is, all there is. */
export function coursesBeforeAccount(courses: readonly Course[]): readonly Course[] {
  const general = coursesFor(courses, [])
  return general.length > 0 ? general : courses
}

/** The workgroups of these people, by account. */
export async function readWorkgroupIds(
  db: Reader,
  accountIds: readonly string[],
): Promise<(accountId: string) => readonly string[]> {
  const rows =
    accountIds.length === 0
      ? []
      : await db
          .selectFrom('account_workgroup')
          .select(['account_id', 'workgroup_id'])
          .where('account_id', 'in', accountIds)
          .execute()
  const byAccount = Map.groupBy(rows, row => row.account_id)
  return id => (byAccount.get(id) ?? []).map(row => row.workgroup_id)
}

/** The course that somebody should open first: of theirs one that they have never finished, if there is one. */
export const readCourseToOpen = (db: Reader, accountId: string): Promise<{ moodleId: number } | undefined> =>
  db
    .selectFrom('course')
    .leftJoin('course_finish as finish', join =>
      join.onRef('finish.course_id', '=', 'course.id').on('finish.account_id', '=', accountId),
    )
    .select('moodle_id as moodleId')
    .where('retired_at', 'is', null)
    .where(isTheirs(sql`${accountId}`))
    .orderBy(sql`coalesce(finish.finished_at, 0)`)
    .orderBy('course.id')
    .limit(1)
    .executeTakeFirst()

/** Tells in a query whether a course is for an account: the same as `coursesFor`. */
export const isTheirs = (accountId: RawBuilder<unknown>) =>
  sql<boolean>`(course.workgroups = '[]' or exists (select 1 from account_workgroup theirs
    where theirs.account_id = ${accountId} and course.workgroups like '%' || theirs.workgroup_id || '%'))`

/** Takes over the courses of the setting while the store has none, of processes that start together once. */
export async function takeOverCourses({
  store,
  audit,
  settings,
  now,
}: Pick<Services, 'store' | 'settings' | 'now'> & { readonly audit: Audit }): Promise<void> {
  const ids = settings.MOODLE_COURSES ?? []
  if (ids.length === 0 || (await hasAny(store.read))) return
  await store.write(async tx => {
    await tx.db
      .insertInto('counter')
      .values({ name: 'courses taken over', value: 1 })
      .onConflict(conflict => conflict.column('name').doUpdateSet({ value: 1 }))
      .execute()
    if (await hasAny(tx.db)) return
    for (const moodleId of ids) {
      const [id, name] = [newId(now()), `Course ${moodleId}`]
      await tx.db
        .insertInto('course')
        .values({
          ...{
            id,
            name,
            moodle_id: moodleId,
            workgroups: '[]',
            created_at: now(),
            retired_at: null,
            version: 1,
          },
        })
        .execute()
      await audit.record(tx, {
        event: 'sensitive_create',
        actor: 'system',
        subject: id,
        args: { what: 'course', name, moodleId },
      })
    }
  })
}

const hasAny = async (db: Reader): Promise<boolean> =>
  (await db.selectFrom('course').select('id').limit(1).executeTakeFirst()) !== undefined
