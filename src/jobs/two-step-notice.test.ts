import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { openHouse, set } from '../../test/support/people/lifecycle.ts'
import { addPerson } from '../../test/support/people/people.ts'
import { setDuty } from '../administration/two-step-duty.ts'
import { countState } from '../helpdesk/people/store.ts'
import { createWorkgroup } from '../workspace/store.ts'
import { noticeTwoStep } from './two-step-notice.ts'

const day = 24 * 3_600_000

eachEngine('a duty of a workgroup is told once for each beginning, to who has no second step', async open => {
  const opened = await openHouse(open)
  const { store, services, clock } = opened
  const { signal } = new AbortController()
  const run = () => noticeTwoStep(services, clock.now(), signal)
  const count = () => countState(store, 'two-step-due', undefined, clock.now())
  const before = await count()
  await run()
  const night = await store.write(tx => createWorkgroup(tx, { name: 'Night', allows: '' }, clock.now()))
  const add = async (username: string, isIn: boolean) => {
    const id = await addPerson(opened, { username })
    await set(opened, id, { last_sign_in_at: username === 'newcomer' ? null : 1 })
    if (isIn)
      await store.writeOne(db =>
        db.insertInto('account_workgroup').values({ account_id: id, workgroup_id: night }).execute(),
      )
    return id
  }
  const due = await add('due', true)
  const gone = await add('gone', true)
  await set(opened, gone, { deactivated_at: 1 })
  await add('other', false)
  const newcomer = await add('newcomer', true)
  const move = (days: number | null) =>
    store.write(tx =>
      setDuty(
        services,
        tx,
        {
          kind: 'workgroup',
          target: night,
          name: 'Night',
          fromAt: days === null ? null : clock.now() + days * day,
          reason: 'A rollout in steps.',
        },
        { actor: 'system' },
      ),
    )
  const told = async () =>
    (await store.read.selectFrom('mail').select('account_id').where('kind', '=', 'two-step-due').execute())
      .map(({ account_id }) => account_id)
      .filter(id => id === due || id === gone || id === newcomer).length
  assert.ok((await move(40)).ok)
  await run()
  assert.equal(await told(), 0, 'it is too early')
  assert.equal(await count(), before)
  assert.ok((await move(20)).ok)
  await Promise.all([run(), run(), run()])
  await run()
  assert.equal(await told(), 1)
  assert.equal(await count(), before + 2)
  assert.equal((await move(20)).ok, false, 'it is so already')
  assert.ok((await move(10)).ok)
  await run()
  assert.equal(await told(), 2, 'another day is told anew')
  assert.ok((await move(null)).ok)
  assert.equal(await count(), before)
  const records = await store.read
    .selectFrom('audit_record')
    .select('args')
    .where('event', '=', 'sensitive_update')
    .where('args', 'like', '%two-step-duty%')
    .execute()
  assert.equal(records.length, 4)
})
