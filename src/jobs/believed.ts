import { sql } from 'kysely'
import type { Services } from '../session/services.ts'
import type { Tx } from '../store/store.ts'
import { believe } from './rules.ts'

const minute = 60_000
/** Minutes since 1970 that the jobs believe; the row's value is a small integer. */
const beliefName = 'believed minute'
const runsName = 'dormancy runs'

/** Moves the believed time on by one run. @returns it, in milliseconds since 1970. */
export async function moveBelief({ store }: Pick<Services, 'store'>, clock: number): Promise<number> {
  return store.write(async tx => {
    const before = await readCounter(tx, beliefName)
    const believed = believe(before === undefined ? undefined : before * minute, clock)
    const value = Math.floor(believed / minute)
    await tx.db
      .insertInto('counter')
      .values({ name: beliefName, value })
      .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
      .execute()
    if (before !== undefined && value < before) await takeBackLeaving(tx, believed)
    return believed
  })
}

/** The believed time as it stands; the clock's, before it was ever moved or when that is behind. */
export async function readBelief({ store }: Pick<Services, 'store'>, clock: number): Promise<number> {
  const row = await store.read
    .selectFrom('counter')
    .select('value')
    .where('name', '=', beliefName)
    .executeTakeFirst()
  return row === undefined ? clock : Math.min(clock, (row.value + 1) * minute)
}

/** Counts one more daily run. @returns its number. */
export async function countRun({ store }: Pick<Services, 'store'>): Promise<number> {
  const { value } = await store.writeOne(db =>
    db
      .insertInto('counter')
      .values({ name: runsName, value: 1 })
      .onConflict(conflict => conflict.column('name').doUpdateSet({ value: sql<number>`counter.value + 1` }))
      .returning('value')
      .executeTakeFirstOrThrow(),
  )
  return value
}

/** The clock went back: anyone who is to leave after all still has to be seen out. */
async function takeBackLeaving({ db }: Tx, now: number): Promise<void> {
  await db
    .updateTable('account')
    .set({ left_at: null })
    .where('leaving_at', '>', now)
    .where('left_at', 'is not', null)
    .execute()
}

async function readCounter({ db }: Tx, name: string): Promise<number | undefined> {
  return (await db.selectFrom('counter').select('value').where('name', '=', name).executeTakeFirst())?.value
}
