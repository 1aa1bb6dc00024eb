import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { addOrganization, addPerson } from '../../../test/support/people/people.ts'
import type { PlainEvent } from '../../audit/audit.ts'
import type { Facts } from '../../audit/evidence.ts'
import { readDayCounts } from './activity.ts'
import { lastDays } from './days.ts'

const day = 24 * 3_600_000

eachEngine('sign-ins, refusals and resets are counted on the day of the zone, in scope', async open => {
  const opened = await open()
  const { store, services, clock } = opened
  const shelter = await addOrganization(opened, 'Lakeside Night Shelter')
  const inside = await addPerson(opened, { organizationIds: [shelter] })
  const outside = await addPerson(opened, { username: 'outside' })
  const note = (subject: string, event: PlainEvent, args: Facts = {}) =>
    store.write(tx => services.audit.record(tx, { event, actor: 'anonymous', subject, args }))
  await note(inside, 'authn_login_success')
  clock.advance(2 * day)
  await note(inside, 'authn_login_successafterfail', { failures: 2 })
  await note(outside, 'authn_login_success')
  await note(outside, 'authn_login_fail')
  await note(inside, 'authn_password_change', { temporary: true })
  await note(inside, 'authn_password_change', { first: true })
  await note(inside, 'authn_recovery_complete')
  await note(inside, 'session_created')
  const days = lastDays(clock.now(), 'America/Chicago', 3)
  const [first, quiet, today] = await readDayCounts(store, days, undefined)
  assert.deepEqual(first, { date: '2026-01-15', signIns: 1, failures: 0, resets: 0 })
  assert.deepEqual(quiet, { date: '2026-01-16', signIns: 0, failures: 0, resets: 0 })
  assert.deepEqual(today, { date: '2026-01-17', signIns: 2, failures: 1, resets: 2 })
  const limited = await readDayCounts(store, days, [shelter])
  assert.deepEqual(limited, [
    { date: '2026-01-15', signIns: 1, failures: 0, resets: 0 },
    { date: '2026-01-16', signIns: 0, failures: 0, resets: 0 },
    { date: '2026-01-17', signIns: 1, failures: 0, resets: 2 },
  ])
})

eachEngine('a record of the last or first moment of a day counts once', async open => {
  const opened = await open()
  const { store, services, clock } = opened
  const days = lastDays(clock.now(), 'America/Chicago', 2)
  const midnight = days[1]?.first ?? 0
  clock.advance(midnight - 1 - clock.now())
  for (let n = 0; n < 3; n++) {
    await store.write(tx => services.audit.record(tx, { event: 'authn_login_fail', actor: 'anonymous' }))
    clock.advance(1)
  }
  const counts = await readDayCounts(store, days, undefined)
  assert.deepEqual(
    counts.map(({ failures }) => failures),
    [1, 2],
  )
})
