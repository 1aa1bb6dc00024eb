import assert from 'node:assert/strict'
import fc from 'fast-check'
import { eachEngine, type Opened } from '../../test/support/database/store.ts'
import {
  type Counted,
  codeLimit,
  countShare,
  freeFailures,
  sourceWaitAfter,
  sourceWindow,
  strangerLimit,
  waitAfter,
} from './rules.ts'
import {
  claimShare,
  claimTry,
  clearCounters,
  counterName,
  countSourceFailure,
  forgetQuiet,
  giveBackTry,
  never,
} from './store.ts'

const claim = ({ store, clock }: Opened, name = 'a', limit?: number) =>
  store.writeOne(db => claimTry(db, name, clock.now(), limit))

const rowOf = async ({ store }: Opened, name = 'a') =>
  store.read.selectFrom('throttle').selectAll().where('name', '=', name).executeTakeFirstOrThrow()

const fail = ({ store, clock }: Opened) => store.write(tx => countSourceFailure(tx, 'source', clock.now()))

eachEngine('four tries are free, the 5th counts 30 s, and until then no other is let through', async open => {
  const opened = await open()
  for (let failures = 1; failures <= 5; failures++)
    assert.deepEqual(await claim(opened), { ok: true, failures })
  const until = opened.clock.now() + 30_000
  assert.deepEqual(await claim(opened), { ok: false, until })
  opened.clock.advance(29_999)
  assert.deepEqual(await claim(opened), { ok: false, until })
  assert.equal((await rowOf(opened)).failures, 5)
  opened.clock.advance(1)
  assert.deepEqual(await claim(opened), { ok: true, failures: 6 })
  assert.equal((await rowOf(opened)).blocked_until, opened.clock.now() + 60_000)
})

eachEngine("the store's waits are the rule's for any number of failures", async open => {
  const opened = await open()
  await claim(opened)
  await fail(opened)
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.nat(60), fc.nat(1_000_000)), async failures => {
      await opened.store.write(tx =>
        tx.db.updateTable('throttle').set({ failures, blocked_until: 0 }).execute(),
      )
      await claim(opened)
      await fail(opened)
      assert.equal((await rowOf(opened)).blocked_until, opened.clock.now() + waitAfter(failures + 1))
      const source = await rowOf(opened, 'source')
      assert.equal(source.blocked_until, opened.clock.now() + sourceWaitAfter(failures + 1))
    }),
    { numRuns: 60 },
  )
})

eachEngine('of 50 tries at once no more are let through than are free', async open => {
  const opened = await open()
  const tries = await Promise.all(Array.from({ length: 50 }, () => claim(opened)))
  assert.equal(tries.filter(({ ok }) => ok).length, freeFailures + 1)
  assert.equal((await rowOf(opened)).failures, freeFailures + 1)
})

eachEngine('of 50 tries at once with one left before the limit, one is let through', async open => {
  const opened = await open()
  await claim(opened, 'a', 3)
  await claim(opened, 'a', 3)
  const tries = await Promise.all(Array.from({ length: 50 }, () => claim(opened, 'a', 3)))
  assert.equal(tries.filter(({ ok }) => ok).length, 1)
})

eachEngine(
  'a stranger is heard 50 times and then never, however long they wait, until it is cleared',
  async open => {
    const opened = await open()
    let heard = 0
    while ((await claim(opened, 'a', strangerLimit)).ok) {
      heard += 1
      opened.clock.advance(3_600_000)
    }
    assert.equal(heard, 50)
    opened.clock.advance(365 * 24 * 3_600_000)
    assert.deepEqual(await claim(opened, 'a', strangerLimit), { ok: false, until: never })
    const cleared = await opened.store.write(tx => clearCounters(tx, ['a', 'nothing']))
    assert.deepEqual([...cleared], [['a', 50]])
    assert.deepEqual(await claim(opened, 'a', strangerLimit), { ok: true, failures: 1 })
  },
)

eachEngine('one counter says nothing of another', async open => {
  const opened = await open()
  for (let number = 0; number < 5; number++) await claim(opened)
  assert.equal((await claim(opened)).ok, false)
  assert.deepEqual(await claim(opened, 'b'), { ok: true, failures: 1 })
  await opened.store.write(tx => clearCounters(tx, ['b']))
  assert.equal((await claim(opened)).ok, false)
})

eachEngine('failures of an address count together for ten minutes, then from one again', async open => {
  const opened = await open()
  for (let number = 0; number < 29; number++) await fail(opened)
  assert.equal((await rowOf(opened, 'source')).blocked_until, opened.clock.now())
  opened.clock.advance(sourceWindow - 1)
  await fail(opened)
  const blocked = await rowOf(opened, 'source')
  assert.deepEqual([blocked.failures, blocked.blocked_until], [30, opened.clock.now() + 30_000])
  opened.clock.advance(1)
  await fail(opened)
  const anew = await rowOf(opened, 'source')
  assert.deepEqual([anew.failures, anew.window_from], [1, opened.clock.now()])
})

eachEngine('50 failures of an address at once are counted as 50', async open => {
  const opened = await open()
  await Promise.all(Array.from({ length: 50 }, () => fail(opened)))
  assert.equal((await rowOf(opened, 'source')).failures, 50)
})

eachEngine('the name of a counter tells nobody whose it is, and differs by kind and key', async open => {
  const { services } = await open()
  const other = (await open()).services
  const names = [
    counterName(services.keyring, 'code', 'mlee'),
    counterName(services.keyring, 'answer', 'mlee'),
    counterName(services.keyring, 'code', 'mlee2'),
    counterName(other.keyring, 'code', 'mlee'),
  ]
  assert.equal(new Set(names).size, 4)
  assert.ok(names.every(name => !name.includes('mlee')))
})

eachEngine('a try that a busy server could not check is nobody’s failure', async open => {
  const { store, clock } = await open()
  const claim = () => store.writeOne(db => claimTry(db, 'x', clock.now()))
  for (let tried = 1; tried <= 20; tried++) {
    assert.deepEqual(await claim(), { ok: true, failures: 1 })
    await store.writeOne(db => giveBackTry(db, 'x'))
  }
  for (let tried = 1; tried <= 5; tried++) assert.equal((await claim()).ok, true)
  assert.equal((await claim()).ok, false)
})

eachEngine('a counter at its cap stays until it is cleared; what is below it is forgotten', async open => {
  const { store, clock } = await open()
  const day = 24 * 3_600_000
  const start = clock.now()
  const row = (name: string, failures: number) => ({
    name,
    failures,
    blocked_until: start,
    window_from: start,
    updated_at: start,
  })
  const left = async () =>
    (await store.read.selectFrom('throttle').select('name').orderBy('name').execute()).map(({ name }) => name)
  const capped = ['code:a', 'password-known:a', 'password-stranger:a']
  await store.writeOne(db =>
    db
      .insertInto('throttle')
      .values([
        row('password-stranger:a', strangerLimit),
        row('password-known:a', strangerLimit),
        row('code:a', codeLimit),
        row('password-stranger:b', strangerLimit - 1),
        row('answer:b', freeFailures + 1),
        row('password-stranger:c', freeFailures),
        row('source:d', 1_000),
        row('agent:e', 1_000),
      ])
      .execute(),
  )
  const forget = async (days: number) => {
    await store.writeOne(db => forgetQuiet(db, start + days * day + 1))
    return left()
  }
  assert.deepEqual(await forget(1), ['answer:b', ...capped, 'password-stranger:b'].sort())
  assert.deepEqual(await forget(31), capped)
  assert.deepEqual(await forget(10_000), capped)
})

eachEngine("the store's shares are the rule's, whatever the clock does", async open => {
  const { store, clock } = await open()
  const share = { most: 3, window: 100 }
  const start = clock.now()
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: -250, max: 250 }), { maxLength: 12 }), async moves => {
      const name = `share ${++run}`
      let counted: Counted | undefined
      let now = start
      for (const move of moves) {
        now += move
        const claim = await store.writeOne(db => claimShare(db, name, share, now))
        const before = counted
        const expected = countShare(before, share, now)
        counted = expected.counted
        const first = counted !== before
        assert.deepEqual(
          claim,
          expected.within ? { ok: true } : { ok: false, until: counted.from + share.window, first },
        )
      }
    }),
    { numRuns: 40 },
  )
})

eachEngine(
  'of 50 at once a share lets through what it has, and tells once that it is used up',
  async open => {
    const { store, clock } = await open()
    const share = { most: 30, window: sourceWindow }
    const claims = await Promise.all(
      Array.from({ length: 50 }, () => store.writeOne(db => claimShare(db, 'x', share, clock.now()))),
    )
    assert.equal(claims.filter(({ ok }) => ok).length, 30)
    assert.equal(claims.filter(claim => !claim.ok && claim.first).length, 1)
  },
)
