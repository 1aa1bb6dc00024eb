import { isOpenTo } from '../account/kept-apart.ts'
import { readingsOf, wordsOf } from '../account/names.ts'
import { type WorkFacts, workColumns, workOf } from '../account/work.ts'
import type { Reach } from '../administration/reach.ts'
import type { Store, Tx } from '../store/store.ts'

/** Somebody of an organization, as its contact may see them: nothing of elsewhere. */
export interface Colleague extends WorkFacts {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly maySignIn: boolean
  /** When they last worked for this organization; milliseconds since 1970. */
  readonly lastSignInAt: number | null
  /** Their last day, as `2026-03-01`, when it was reported and is not over. */
  readonly lastDay: string | null
  readonly workgroups: readonly { readonly id: string; readonly name: string }[]
}

type Reader = Store['read'] | Tx['db']

/** Who belongs to an organization and whose account is in use, as far as the organization may know of them. */
export const colleagues = (db: Reader, organizationId: string, now: number) =>
  members(db, organizationId, now).where(isOpenTo([organizationId]))

/** The same for who looks after more: undefined: everyone. */
const membersFor = (db: Reader, organizationId: string, reach: Reach, now: number) =>
  members(db, organizationId, now).$if(reach !== undefined, query => query.where(isOpenTo(reach ?? [])))

const members = (db: Reader, organizationId: string, now: number) =>
  db
    .selectFrom('account_organization as membership')
    .innerJoin('account', 'account.id', 'membership.account_id')
    .where('membership.organization_id', '=', organizationId)
    .where('membership.is_active', '=', 1)
    .where('account.deactivated_at', 'is', null)
    .where(eb => eb.or([eb('account.leaving_at', 'is', null), eb('account.leaving_at', '>', now)]))

/** How many they are for this agent. */
export async function countMembers(
  { read }: Store,
  organizationId: string,
  reach: Reach,
  now: number,
): Promise<number> {
  const { count } = await membersFor(read, organizationId, reach, now)
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** People on a page. */
export const colleaguesOnPage = 50

export interface ColleaguePage {
  readonly people: readonly Colleague[]
  readonly count: number
  /** Counted from 1. */
  readonly page: number
  readonly pages: number
}

/** One page of an organization's people by name; looked for by their names only. */
export async function readColleagues(
  { read }: Store,
  organizationId: string,
  asked: { readonly text: string; readonly page: number },
  now: number,
): Promise<ColleaguePage> {
  const all = await colleagues(read, organizationId, now)
    .select(['account.id', 'first_name', 'last_name'])
    .orderBy('last_name')
    .orderBy('first_name')
    .orderBy('account.id')
    .execute()
  const readings = readingsOf(asked.text, 8)
  const found =
    readings.length === 0 ? all : all.filter(one => fits(readings, `${one.first_name} ${one.last_name}`))
  const pages = Math.max(1, Math.ceil(found.length / colleaguesOnPage))
  const page = Math.min(Math.max(1, asked.page), pages)
  const ids = found.slice((page - 1) * colleaguesOnPage, page * colleaguesOnPage).map(({ id }) => id)
  return { people: await readThese(read, organizationId, ids, now), count: found.length, page, pages }
}

const fits = (readings: readonly (readonly string[])[], name: string): boolean => {
  const words = [...wordsOf(name), wordsOf(name).join('')]
  return readings.some(reading => reading.every(start => words.some(word => word.startsWith(start))))
}

/** One of an organization's people; undefined: nobody there. */
export const readColleague = async (
  read: Reader,
  organizationId: string,
  id: string,
  now: number,
): Promise<Colleague | undefined> => (await readThese(read, organizationId, [id], now))[0]

async function readThese(
  read: Reader,
  organizationId: string,
  ids: readonly string[],
  now: number,
): Promise<readonly Colleague[]> {
  if (ids.length === 0) return []
  const rows = await colleagues(read, organizationId, now)
    .select(['account.id', 'first_name', 'last_name', 'membership.may_sign_in', 'membership.last_sign_in_at'])
    .select(workColumns)
    .select(eb =>
      eb
        .selectFrom('leaver_report')
        .select('last_day')
        .whereRef('leaver_report.account_id', '=', 'account.id')
        .where('leaver_report.organization_id', '=', organizationId)
        .where('done_at', 'is', null)
        .where('taken_back_at', 'is', null)
        .limit(1)
        .as('last_day'),
    )
    .where('account.id', 'in', ids)
    .execute()
  const groups = await read
    .selectFrom('account_workgroup')
    .innerJoin('workgroup', 'workgroup.id', 'workgroup_id')
    .select(['account_id', 'workgroup.id', 'name'])
    .where('account_id', 'in', ids)
    .orderBy('name_key')
    .execute()
  const people = rows.map(row => ({
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    ...workOf(row),
    maySignIn: row.may_sign_in === 1,
    lastSignInAt: row.last_sign_in_at,
    lastDay: row.last_day,
    workgroups: groups
      .filter(({ account_id }) => account_id === row.id)
      .map(({ id, name }) => ({ id, name })),
  }))
  return people.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
}
