import assert from 'node:assert/strict'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import {
  administrators,
  beside,
  changes,
  mails,
  openHouse,
  read,
  runMinute,
  set,
} from '../../test/support/people/lifecycle.ts'
import { addPerson } from '../../test/support/people/people.ts'
import { moveStanding } from '../account/standing.ts'
import { verifyAudit } from '../audit/verify.ts'
import { runLifecycle } from './lifecycle.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

async function addSession({ store, clock }: Opened, account_id: string): Promise<void> {
  const now = clock.now()
  const row = {
    id: account_id,
    token_hash: account_id,
    proofs: '{}',
    account_id,
    epoch: 1,
    csrf_secret: 'x',
    created_at: now,
    last_seen_at: now,
    address: '127.0.0.1',
    user_agent: '',
    failures_before: 0,
    return_to: '/',
  }
  await store.writeOne(db => db.insertInto('session').values(row).execute())
}

eachEngine('a planned leaving ends sessions and links at its minute, once over all processes', async open => {
  const opened = await openHouse(open)
  const id = await addPerson(opened)
  await addSession(opened, id)
  await set(opened, id, { leaving_at: opened.clock.now() + 2 * minute })
  opened.clock.advance(minute)
  await runMinute(opened)
  assert.equal((await read(opened, id)).left_at, null)
  opened.clock.advance(minute)
  const others = await Promise.all(Array.from({ length: 3 }, () => beside(opened)))
  await Promise.all([opened.services, ...others].map(services => runLifecycle(services, opened.clock.now())))
  const account = await read(opened, id)
  assert.equal(account.left_at, opened.clock.now())
  assert.equal(account.epoch, 2)
  const session = await opened.store.read.selectFrom('session').select('ended_at').executeTakeFirstOrThrow()
  assert.equal(session.ended_at, opened.clock.now())
  assert.deepEqual(await changes(opened, id), ['left'])
  assert.ok((await verifyAudit(opened.store, opened.services.keyring)).whole)
})

eachEngine(
  'a suspension that ends is told, and gives an administrator back to the count, once',
  async open => {
    const opened = await openHouse(open)
    await addPerson(opened, { username: 'first', role: 'administrator' })
    const id = await addPerson(opened, { username: 'second', role: 'administrator' })
    const state = {
      deactivatedAt: null,
      suspendedUntil: null,
      leavingAt: null,
      dormantSince: null,
      trainingLapsed: false,
    }
    const until = opened.clock.now() + hour
    await opened.store.write(tx =>
      moveStanding(
        tx,
        { role: 'administrator', state },
        { role: 'administrator', state: { ...state, suspendedUntil: until } },
      ),
    )
    await set(opened, id, { suspended_until: until, suspended_reason: 'why' })
    assert.equal(await administrators(opened), 1)
    opened.clock.advance(hour)
    const other = await beside(opened)
    await Promise.all([opened.services, other].map(services => runLifecycle(services, opened.clock.now())))
    const account = await read(opened, id)
    assert.deepEqual([account.suspended_until, account.suspended_reason], [null, null])
    assert.equal(account.active_since, opened.clock.now())
    assert.equal(await administrators(opened), 2)
    assert.deepEqual(await changes(opened, id), ['suspension-ended'])
    assert.deepEqual(await mails(opened), ['You can sign in again'])
  },
)

eachEngine('a suspension that ends for somebody who is deactivated tells them nothing', async open => {
  const opened = await openHouse(open)
  const id = await addPerson(opened)
  await set(opened, id, { suspended_until: opened.clock.now(), deactivated_at: 1 })
  await runMinute(opened)
  assert.equal((await read(opened, id)).suspended_until, null)
  assert.deepEqual(await mails(opened), [])
})

eachEngine('a leaving that a wrong clock carried out comes again when it is time', async open => {
  const opened = await openHouse(open)
  const id = await addPerson(opened)
  const leaving = opened.clock.now() + 2 * hour
  await set(opened, id, { leaving_at: leaving })
  opened.clock.advance(365 * day)
  for (let run = 0; run < 3; run++) await runMinute(opened)
  assert.notEqual((await read(opened, id)).left_at, null)
  opened.clock.advance(-365 * day)
  await runMinute(opened)
  assert.equal((await read(opened, id)).left_at, null)
  opened.clock.advance(2 * hour)
  await runMinute(opened)
  await runMinute(opened)
  assert.equal((await read(opened, id)).left_at, leaving)
})
