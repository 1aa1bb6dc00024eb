import assert from 'node:assert/strict'
import { eachEngine, type Opened } from '../../../test/support/database/store.ts'
import { addPerson } from '../../../test/support/people/people.ts'
import { requestKind } from '../../recovery/forgot/request.ts'
import { type QueueName, readQueues } from './queues.ts'

const day = 24 * 3_600_000

async function countOf(
  { services, clock }: Opened,
  name: QueueName,
  twoStep: 'off' | 'optional' | 'required' = 'optional',
): Promise<number | undefined> {
  const queues = await readQueues(services, undefined, { twoStep }, clock.now())
  return queues.find(queue => queue.name === name)?.count
}

eachEngine('who has no second step waits where the policy will ask for it, and nowhere else', async open => {
  const opened = await open()
  await addPerson(opened)
  const agent = await addPerson(opened, { username: 'agent', role: 'helpdesk' })
  await addPerson(opened, { username: 'chief', role: 'administrator' })
  await opened.store.writeOne(db =>
    db
      .insertInto('authenticator')
      .values({
        id: agent,
        account_id: agent,
        secret_sealed: 'x',
        last_step: 0,
        added_at: 1,
        last_used_at: 1,
      })
      .execute(),
  )
  assert.equal(await countOf(opened, 'no-two-step-staff'), 1)
  assert.equal(await countOf(opened, 'no-two-step'), undefined)
  assert.equal(await countOf(opened, 'no-two-step', 'required'), 2)
  assert.equal(await countOf(opened, 'no-two-step-staff', 'required'), undefined)
  assert.equal(await countOf(opened, 'no-two-step-staff', 'off'), undefined)
})

eachEngine('who was told of dormancy waits until they come, leave or become dormant', async open => {
  const opened = await open()
  const id = await addPerson(opened)
  const set = (columns: Readonly<Record<string, number>>) =>
    opened.store.writeOne(db => db.updateTable('account').set(columns).where('id', '=', id).execute())
  const now = opened.clock.now()
  assert.equal(await countOf(opened, 'near-dormancy'), 0)
  await set({ active_since: now - 80 * day, dormancy_noticed_at: now - day })
  assert.equal(await countOf(opened, 'near-dormancy'), 1)
  await set({ dormant_since: now })
  assert.equal(await countOf(opened, 'near-dormancy'), 0)
  const back = await addPerson(opened, { username: 'back' })
  await opened.store.writeOne(db =>
    db
      .updateTable('account')
      .set({ dormancy_noticed_at: now - day, active_since: now })
      .where('id', '=', back)
      .execute(),
  )
  assert.equal(await countOf(opened, 'near-dormancy'), 0)
})

eachEngine(
  'refused mail waits until the address is corrected; what was asked of Forgot password never shows',
  async open => {
    const opened = await open()
    const id = await addPerson(opened)
    const now = opened.clock.now()
    const mail = { subject: 'Hello', state: 'refused', tries: 1, next_try_at: now, created_at: now } as const
    await opened.store.writeOne(db =>
      db
        .insertInto('mail')
        .values([
          { ...mail, id: 'one', account_id: id, kind: 'notice', recipient: 'maria@example.org' },
          { ...mail, id: 'two', account_id: null, kind: requestKind, recipient: '', subject: '' },
        ])
        .execute(),
    )
    assert.equal(await countOf(opened, 'mail-refused'), 1)
    await opened.store.writeOne(db =>
      db.updateTable('account').set({ email: 'maria.lee@example.org' }).where('id', '=', id).execute(),
    )
    assert.equal(await countOf(opened, 'mail-refused'), 0)
  },
)
