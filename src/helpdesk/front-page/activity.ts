import { type RawBuilder, sql } from 'kysely'
import { idsInReach, type Reach } from '../../administration/reach.ts'
import type { Store } from '../../store/store.ts'
import type { Day } from './days.ts'

/** Counts by day: who came in, who was refused, whose password was made anew. */
export const seriesNames = ['signIns', 'failures', 'resets'] as const
export type SeriesName = (typeof seriesNames)[number]

export interface DayCount extends Readonly<Record<SeriesName, number>> {
  readonly date: string
}

/**
 * The records that count for a series, each kind a condition of its own: so each is one range of the index by event and
 * time. Temporary passwords stand in the facts of their event.
 */
const series: Readonly<Record<SeriesName, readonly RawBuilder<unknown>[]>> = {
  signIns: [sql`event = 'authn_login_success'`, sql`event = 'authn_login_successafterfail'`],
  failures: [sql`event = 'authn_login_fail'`],
  resets: [
    sql`event = 'authn_recovery_complete'`,
    sql`event = 'authn_password_change' and args like '%"temporary":true%'`,
  ],
}

/**
 * Counts from the audit log, a day at a time. Without a limit each count reads one range of the index by event and time;
 * for an agent with one the records of their people are read.
 */
export async function readDayCounts(
  store: Store,
  days: readonly Day[],
  reach: Reach,
): Promise<readonly DayCount[]> {
  const rows = await (reach === undefined ? countAll(days) : countOf(days, reach)).execute(store.read)
  const counts = new Map(rows.rows.map(row => [Number(row.day), row]))
  return days.map(({ date }, index) => ({
    date,
    signIns: Number(counts.get(index)?.signIns ?? 0),
    failures: Number(counts.get(index)?.failures ?? 0),
    resets: Number(counts.get(index)?.resets ?? 0),
  }))
}

type Row = { readonly day: number } & Readonly<Record<SeriesName, number>>

const dayTable = (days: readonly Day[]) =>
  sql`day_of (day, first_at, next_at) as (values ${sql.join(
    days.map(
      ({ first, next }, index) =>
        sql`(cast(${index} as integer), cast(${first} as bigint), cast(${next} as bigint))`,
    ),
  )})`

function countAll(days: readonly Day[]): RawBuilder<Row> {
  const inRange = (kind: RawBuilder<unknown>) =>
    sql`(select count(*) from audit_record where ${kind} and at >= first_at and at < next_at)`
  const count = (name: SeriesName) =>
    sql`${sql.join(series[name].map(inRange), sql` + `)} as ${sql.ref(name)}`
  return sql<Row>`with ${dayTable(days)} select day, ${sql.join(seriesNames.map(count))} from day_of`
}

function countOf(days: readonly Day[], reach: readonly string[]): RawBuilder<Row> {
  const count = (name: SeriesName) =>
    sql`count(case when ${sql.join(series[name], sql` or `)} then 1 end) as ${sql.ref(name)}`
  return sql<Row>`with ${dayTable(days)} select day, ${sql.join(seriesNames.map(count))}
    from day_of, audit_record
    where subject in ${idsInReach(reach)}
      and at >= first_at and at < next_at
    group by day`
}
