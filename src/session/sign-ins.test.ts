import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { addPerson, addPolicy } from '../../test/support/people/people.ts'
import {
  asPending,
  asSession,
  enter,
  type Fresh,
  freshPerson,
  signIn,
  start,
} from '../../test/support/people/sign-ins.ts'
import { raiseEpoch } from '../account/store.ts'
import type { Notify } from '../mail/notices.ts'
import { createOrganization } from '../workspace/store.ts'
import { endSession, endSignIns } from './ending.ts'
import { pendingLifetime, rotationGrace } from './limits.ts'
import { keepOwn, touch } from './sign-ins.ts'
import type { Visitor } from './visitor.ts'

const minute = 60_000
const hour = 60 * minute

const told = (visitor: Visitor) =>
  visitor.kind === 'stranger' ? (visitor.ended?.reason ?? 'stranger') : visitor.kind

const alive = ({ store, id }: Fresh) =>
  store.read
    .selectFrom('session')
    .select('id')
    .where('account_id', '=', id)
    .where('ended_at', 'is', null)
    .execute()

eachEngine('a cookie that is none of ours is a stranger, whatever it holds', async open => {
  const opened = await freshPerson(open)
  const cookie = await start(opened)
  const secret = cookie.slice(2)
  for (const given of [
    undefined,
    '',
    'p.',
    's.',
    secret,
    `s.${secret}`,
    `x.${secret}`,
    `p.${'A'.repeat(43)}`,
    `${cookie}A`,
  ])
    assert.equal(told(await opened.read(given)), 'stranger')
  assert.equal(told(await opened.read(cookie)), 'pending')
})

eachEngine('the store keeps no token that could be used', async open => {
  const opened = await freshPerson(open)
  const pending = await start(opened)
  const session = await signIn(opened)
  const rows = [
    await opened.store.read.selectFrom('pending_sign_in').selectAll().execute(),
    await opened.store.read.selectFrom('session').selectAll().execute(),
  ]
  for (const cookie of [pending, session]) assert.ok(!JSON.stringify(rows).includes(cookie.slice(2)))
})

eachEngine('a pending sign-in lives 30 minutes and dies with its credential', async open => {
  const opened = await freshPerson(open)
  const cookie = await start(opened)
  opened.clock.advance(pendingLifetime - 1)
  assert.equal(told(await opened.read(cookie)), 'pending')
  opened.clock.advance(1)
  assert.equal(told(await opened.read(cookie)), 'stranger')
  const second = await start(opened)
  await opened.store.write(tx => raiseEpoch(tx, opened.id))
  assert.equal(told(await opened.read(second)), 'stranger')
})

eachEngine('a clock that is set back brings no pending sign-in back', async open => {
  const opened = await freshPerson(open)
  const cookie = await start(opened)
  opened.clock.advance(-minute)
  assert.equal(told(await opened.read(cookie)), 'pending')
  opened.clock.advance(-1)
  assert.equal(told(await opened.read(cookie)), 'stranger')
})

eachEngine('a clock that is set back brings no idle session back, in a minute or in a day', async open => {
  const opened = await freshPerson(open)
  const cookie = await signIn(opened)
  opened.clock.advance(31 * minute)
  assert.equal(told(await opened.read(cookie)), 'idle')
  opened.clock.advance(-31 * minute - minute)
  assert.equal(told(await opened.read(cookie)), 'session', 'clocks of machines differ a little')
  opened.clock.advance(-1)
  assert.equal(told(await opened.read(cookie)), 'idle')
  opened.clock.advance(-24 * hour)
  assert.equal(told(await opened.read(cookie)), 'idle')
})

eachEngine('a session ends when it is idle, and at last whatever happens, and says which', async open => {
  const opened = await freshPerson(open)
  const idle = await signIn(opened)
  opened.clock.advance(30 * minute - 1)
  assert.equal(told(await opened.read(idle)), 'session')
  opened.clock.advance(1)
  assert.equal(told(await opened.read(idle)), 'idle')
  const busy = await signIn(opened)
  opened.clock.advance(12 * hour - 1)
  await opened.store.write(tx =>
    tx.db.updateTable('session').set({ last_seen_at: opened.clock.now() }).execute(),
  )
  assert.equal(told(await opened.read(busy)), 'session')
  opened.clock.advance(1)
  assert.equal(told(await opened.read(busy)), 'absolute')
})

eachEngine('a change of policy shortens a session that is already open', async open => {
  const opened = await freshPerson(open)
  const cookie = await signIn(opened)
  opened.clock.advance(10 * minute)
  await addPolicy(opened, { idleMinutes: 6 })
  assert.equal(told(await opened.read(cookie)), 'idle')
})

eachEngine('a session dies with its credential, and with an account that is barred', async open => {
  const opened = await freshPerson(open)
  const cookie = await signIn(opened)
  const set = (values: object) =>
    opened.store.write(tx => tx.db.updateTable('account').set(values).where('id', '=', opened.id).execute())
  const bars = {
    deactivated_at: 1,
    suspended_until: opened.clock.now() + 1,
    leaving_at: 1,
    dormant_since: 1,
    password_blocked_at: 1,
  }
  for (const [column, value] of Object.entries(bars)) {
    await set({ [column]: value })
    assert.equal(told(await opened.read(cookie)), 'ended-by-helpdesk', column)
    await set({ [column]: null })
  }
  assert.equal(told(await opened.read(cookie)), 'session')
  await opened.store.write(tx => raiseEpoch(tx, opened.id))
  assert.equal(told(await opened.read(cookie)), 'credential')
})

eachEngine(
  'the cookie of the pending sign-in is honoured for 10 seconds after it became a session',
  async open => {
    const opened = await freshPerson(open)
    const pending = await start(opened)
    const session = await enter(opened, await asPending(opened, pending))
    opened.clock.advance(rotationGrace - 1)
    assert.equal(told(await opened.read(pending)), 'session')
    opened.clock.advance(1)
    assert.equal(told(await opened.read(pending)), 'stranger')
    assert.equal(told(await opened.read(session)), 'session')
  },
)

eachEngine('a re-authentication gives a new cookie; for 10 seconds the old one may read', async open => {
  const opened = await freshPerson(open)
  const { store, clock } = opened
  const before = await signIn(opened)
  const holder = await asSession(opened, before)
  const now = clock.now()
  const after = await store.write(tx => keepOwn(tx, holder, 1, now, { reauthenticatedAt: now }))
  assert.notEqual(after, before)
  const kept = await asSession(opened, after ?? '')
  assert.deepEqual([kept.csrfSecret, kept.isFormer], [holder.csrfSecret, false])
  assert.equal(kept.reauthenticatedAt, now)
  const former = await asSession(opened, before)
  assert.equal(former.isFormer, true)
  assert.equal(await store.write(tx => keepOwn(tx, former, 1, now)), undefined, 'it gets no new cookie')
  assert.equal(await store.write(tx => keepOwn(tx, holder, 1, now)), undefined)
  assert.equal((await asSession(opened, after ?? '')).isFormer, false)
  clock.advance(rotationGrace)
  assert.equal(told(await opened.read(before)), 'stranger')
})

eachEngine('after a change of credential the old cookie is dead at once', async open => {
  const opened = await freshPerson(open)
  const before = await signIn(opened)
  const holder = await asSession(opened, before)
  const after = await opened.store.write(async tx => {
    const epoch = (await raiseEpoch(tx, opened.id)) ?? 0
    return keepOwn(tx, holder, epoch, opened.clock.now())
  })
  assert.equal(told(await opened.read(before)), 'stranger')
  assert.equal(told(await opened.read(after)), 'session')
})

eachEngine('a clock that is set back brings no old cookie back', async open => {
  const opened = await freshPerson(open)
  const { store, clock } = opened
  const before = await signIn(opened)
  const holder = await asSession(opened, before)
  const after = await store.write(tx => keepOwn(tx, holder, 1, clock.now()))
  clock.advance(-hour)
  assert.equal(told(await opened.read(before)), 'stranger')
  clock.advance(hour + 2 * minute)
  await touch(store, await asSession(opened, after ?? ''), clock.now())
  clock.advance(-2 * minute)
  assert.equal(told(await opened.read(before)), 'stranger', 'also at the very moment of the change')
})

eachEngine('the newest session wins, and the older one is told so', async open => {
  const opened = await freshPerson(open)
  const first = await signIn(opened)
  const waiting = await start(opened)
  assert.equal(told(await opened.read(first)), 'session')
  const second = await enter(opened, await asPending(opened, waiting))
  assert.equal(told(await opened.read(first)), 'elsewhere')
  assert.equal(told(await opened.read(second)), 'session')
})

eachEngine('where three sessions are allowed the oldest gives way', async open => {
  const opened = await freshPerson(open, { sessionsPerPerson: 3 })
  const cookies: string[] = []
  for (let number = 0; number < 4; number++) {
    cookies.push(await signIn(opened))
    opened.clock.advance(1_000)
  }
  assert.deepEqual(await Promise.all(cookies.map(async cookie => told(await opened.read(cookie)))), [
    'elsewhere',
    'session',
    'session',
    'session',
  ])
})

for (const sessionsPerPerson of [1, 3])
  eachEngine(`50 sign-ins of one person at once leave ${sessionsPerPerson} of them alive`, async open => {
    const opened = await freshPerson(open, { sessionsPerPerson })
    const pending = await Promise.all(
      Array.from({ length: 50 }, async () => asPending(opened, await start(opened))),
    )
    const cookies = await Promise.all(pending.map(one => enter(opened, one)))
    assert.ok(cookies.every(cookie => cookie !== undefined))
    assert.equal((await alive(opened)).length, sessionsPerPerson)
  })

eachEngine('one pending sign-in gives one session, though 50 ask for it at once', async open => {
  const opened = await freshPerson(open)
  const pending = await asPending(opened, await start(opened))
  const cookies = await Promise.all(Array.from({ length: 50 }, () => enter(opened, pending)))
  assert.equal(cookies.filter(cookie => cookie !== undefined).length, 1)
  assert.equal((await opened.store.read.selectFrom('session').select('id').execute()).length, 1)
})

eachEngine('a sign-in whose credential changed meanwhile opens nothing and ends nobody', async open => {
  const opened = await freshPerson(open)
  const pending = await asPending(opened, await start(opened))
  await opened.store.write(tx => raiseEpoch(tx, opened.id))
  assert.equal(await enter(opened, pending), undefined)
  assert.deepEqual(await alive(opened), [])
})

eachEngine('a session is ended once and the log has it once, though two ask for it', async open => {
  const opened = await freshPerson(open)
  const cookie = await signIn(opened)
  const { id } = await asSession(opened, cookie)
  const end = () =>
    opened.store.write(tx =>
      endSession(opened.services, tx, { id, accountId: opened.id }, 'signed-out', opened.clock.now(), {}),
    )
  await Promise.all([end(), end()])
  assert.equal(told(await opened.read(cookie)), 'signed-out')
  const logged = await opened.store.read
    .selectFrom('audit_record')
    .select('event')
    .where('event', '=', 'session_logout')
    .execute()
  assert.equal(logged.length, 1)
})

eachEngine('ending all sessions of a person leaves the others of the house alone', async open => {
  const opened = await freshPerson(open, { sessionsPerPerson: 3 })
  const own = [await signIn(opened), await signIn(opened)]
  const other = { ...opened, id: await addPerson(opened, { username: 'other' }) }
  const others = await signIn(other)
  await opened.store.write(tx =>
    endSignIns(opened.services, tx, { accountId: opened.id }, 'ended-by-helpdesk', opened.clock.now()),
  )
  for (const cookie of own) assert.equal(told(await opened.read(cookie)), 'ended-by-helpdesk')
  assert.equal(told(await opened.read(others)), 'session')
})

eachEngine('an organization that is retired, or lost, is no longer chosen', async open => {
  const opened = await freshPerson(open)
  const { store, clock } = opened
  const ids = await store.write(async tx =>
    Promise.all(
      ['North', 'South', 'West'].map(name => createOrganization(tx, { name, allows: '' }, clock.now())),
    ),
  )
  const [north = '', south = ''] = ids
  const id = await addPerson(opened, { username: 'two', organizationIds: ids })
  const two = { ...opened, id }
  const cookie = await start(two)
  const choose = (organization_id: string) =>
    store.write(tx => tx.db.updateTable('pending_sign_in').set({ organization_id }).execute())
  const chosen = async () => {
    const { organization, step } = await asPending(two, cookie)
    return [organization?.name, step]
  }
  assert.deepEqual(await chosen(), [undefined, 'settings'])
  await choose(north)
  assert.deepEqual(await chosen(), ['North', undefined])
  await store.write(tx =>
    tx.db.updateTable('organization').set({ retired_at: clock.now() }).where('id', '=', north).execute(),
  )
  assert.deepEqual(await chosen(), [undefined, 'settings'])
  await choose(south)
  assert.deepEqual(await chosen(), ['South', undefined])
  await store.write(tx =>
    tx.db
      .updateTable('account_organization')
      .set({ may_sign_in: 0 })
      .where('organization_id', '=', south)
      .execute(),
  )
  assert.deepEqual(await chosen(), ['West', undefined])
})

eachEngine(
  'a sign-in in a browser that is not known is told by mail, where policy asks for it',
  async open => {
    const told: string[] = []
    const notify: Notify = async (_tx, kind, accountId) => void told.push(`${kind} ${accountId}`)
    const opened = await freshPerson(open, { signInNotice: true })
    for (const browserKnown of [true, false]) {
      await enter(opened, await asPending(opened, await start(opened)), { notify, browserKnown })
    }
    assert.deepEqual(told, [`new-sign-in ${opened.id}`])
  },
)

eachEngine('no mail tells of a sign-in unless policy asks for it', async open => {
  const opened = await freshPerson(open)
  const notify: Notify = () => Promise.reject(new Error('a mail was queued'))
  await enter(opened, await asPending(opened, await start(opened)), { notify, browserKnown: false })
})
