import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { addPerson } from '../../test/support/people/people.ts'
import { readActivity } from './activity.ts'

eachEngine('a person sees the last ten tries on their own account, and on nobody else’s', async open => {
  const opened = await open()
  const { store, services } = opened
  const own = await addPerson(opened)
  const other = await addPerson(opened, { username: 'other' })
  await store.write(async tx => {
    const by = { actor: 'anonymous', address: '192.0.2.7' }
    await services.audit.record(tx, { event: 'authn_login_success', ...by, subject: other })
    await services.audit.record(tx, { event: 'session_created', ...by, subject: own })
    for (let tries = 1; tries <= 11; tries++) {
      opened.clock.advance(1_000)
      await services.audit.record(tx, {
        event: 'authn_login_fail',
        ...by,
        subject: own,
        args: { failures: tries, browser: 'Firefox/143.0' },
      })
    }
    opened.clock.advance(1_000)
    await services.audit.record(tx, { event: 'authn_login_success', ...by, subject: own })
  })
  const activity = await readActivity(store, own)
  assert.equal(activity.length, 10)
  assert.deepEqual(
    activity.map(({ result }) => result),
    ['signedIn', ...Array<string>(9).fill('refused')],
  )
  assert.equal(activity[0]?.userAgent, '')
  assert.deepEqual(activity[1], {
    at: opened.clock.now() - 1_000,
    address: '192.0.2.7',
    userAgent: 'Firefox/143.0',
    result: 'refused',
  })
})
