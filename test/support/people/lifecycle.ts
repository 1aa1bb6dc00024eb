import type { Updateable } from 'kysely'
import { runDormancy } from '../../../src/jobs/dormancy.ts'
import { runLifecycle } from '../../../src/jobs/lifecycle.ts'
import type { AccountTable } from '../../../src/store/schema.ts'
import type { Opened } from '../database/store.ts'
import { addPolicy } from './people.ts'

const minute = 60_000
const day = 24 * 60 * minute
const never = new AbortController().signal

/** Changes one account behind everybody's back. */
export const set = ({ store }: Opened, id: string, changes: Updateable<AccountTable>) =>
  store.writeOne(db => db.updateTable('account').set(changes).where('id', '=', id).execute())

export const read = ({ store }: Opened, id: string) =>
  store.read.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

export const mails = async ({ store }: Opened) =>
  (await store.read.selectFrom('mail').select('subject').orderBy('id').execute()).map(row => row.subject)

/** The changes of an account in the log, the oldest first. */
export const changes = async ({ store }: Opened, id: string) =>
  (
    await store.read
      .selectFrom('audit_record')
      .select('args')
      .where('subject', '=', id)
      .where('event', '=', 'user_updated')
      .orderBy('at')
      .orderBy('chain_id')
      .orderBy('position')
      .execute()
  ).map(({ args }) => (JSON.parse(args) as { change: string }).change)

export const administrators = async ({ store }: Opened) =>
  (
    await store.read
      .selectFrom('counter')
      .select('value')
      .where('name', '=', 'active administrators')
      .executeTakeFirst()
  )?.value

/** One more process on the same store. */
export const beside = async (opened: Opened) => ({ ...opened.services, store: await opened.open() })

export const runMinute = ({ services, clock }: Opened) => runLifecycle(services, clock.now())
export const runDay = ({ services, clock }: Opened) => runDormancy(services, clock.now(), never)

/** The jobs have followed the clock, as they do in a day. */
export const trustClock = ({ store, clock }: Opened) =>
  store.writeOne(db =>
    db
      .updateTable('counter')
      .set({ value: Math.floor(clock.now() / minute) })
      .where('name', '=', 'believed minute')
      .execute(),
  )

/** Days pass as they do: the jobs keep up with the clock, mail goes out, and each has one run for dormancy. */
export async function pass(opened: Opened, days: number): Promise<void> {
  for (let n = 0; n < days; n++) {
    opened.clock.advance(day)
    await trustClock(opened)
    await opened.store.writeOne(db => db.updateTable('mail').set({ state: 'sent' }).execute())
    await runDay(opened)
  }
}

/** A store with a policy, whose jobs have looked at the clock once. */
export async function openHouse(open: () => Promise<Opened>): Promise<Opened> {
  const opened = await open()
  await addPolicy(opened)
  await runMinute(opened)
  return opened
}
