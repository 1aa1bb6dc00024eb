import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Context, Hono } from 'hono'
import { createKeyring } from '../store/keyring.ts'
import { type Cookies, createCookies, deviceLifetime, knownAs } from './cookies.ts'
import { createCsrfTokens } from './csrf.ts'
import type { Visitor } from './visitor.ts'

const keyring = createKeyring([{ id: 'testkey1', secret: randomBytes(32) }])
const stranger: Visitor = { kind: 'stranger', ended: undefined }
const now = Date.UTC(2026, 0, 15)
const day = 24 * 3_600_000

/** Does something within a request that sends these cookies. */
async function visit<Value>(
  work: (cookies: Cookies, c: Context) => Value,
  { https = false, sent = '', ...given }: { https?: boolean; sent?: string; origin?: string } = {},
): Promise<{ value: Value; set: readonly string[] }> {
  const origin = given.origin ?? (https ? 'https://hmis.example.org' : 'http://localhost:3000')
  const values: Value[] = []
  const app = new Hono().get('/', c => {
    values.push(work(createCookies(keyring, origin), c))
    return c.text('')
  })
  const answer = await app.request('/', { headers: sent === '' ? {} : { cookie: sent } })
  const [value] = values
  if (value === undefined) return { value: undefined as Value, set: answer.headers.getSetCookie() }
  return { value, set: answer.headers.getSetCookie() }
}
const pairOf = (set: readonly string[]) => set[0]?.split(';')[0] ?? ''

test('on https every cookie is bound to the host and Secure', async () => {
  const { set } = await visit(
    (cookies, c) => {
      cookies.setHolder(c, 's.x')
      cookies.preSession(c)
      cookies.remember(c, 'someone', now)
    },
    { https: true },
  )
  assert.equal(set.length, 3)
  for (const cookie of set) {
    assert.match(cookie, /^__Host-lintel/)
    assert.match(
      cookie,
      /; Path=\/; HttpOnly; Secure; SameSite=Lax$|; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    assert.doesNotMatch(cookie, /Domain/i)
  }
})

test('on loopback they have plain names and are not Secure', async () => {
  const { set } = await visit((cookies, c) => cookies.setHolder(c, 's.x'))
  assert.deepEqual(set, ['lintel=s.x; Path=/; HttpOnly; SameSite=Lax'])
})

test('two sites on one host, on different ports, do not take each other’s cookies', async () => {
  const named = async (origin: string) =>
    pairOf((await visit((cookies, c) => cookies.setHolder(c, 's.x'), { origin })).set).split('=')[0]
  assert.equal(await named('https://hmis.example.org'), '__Host-lintel')
  assert.equal(await named('https://hmis.example.org:8443'), '__Host-lintel-8443')
  assert.equal(await named('http://localhost:3000'), 'lintel')
  assert.equal(await named('http://localhost:3001'), 'lintel-3001')
  assert.equal(await named('http://localhost'), 'lintel-80')
  const origin = 'http://localhost:3001'
  const { set } = await visit((cookies, c) => cookies.say(c, '/', 'saved'), { origin })
  const said = { sent: pairOf(set).replace('-3001', ''), origin }
  assert.equal((await visit((cookies, c) => cookies.said(c, '/') ?? 'nothing', said)).value, 'nothing')
  const sent = async (cookie: string) =>
    (await visit((cookies, c) => cookies.anySent(c), { sent: cookie, origin })).value
  for (const other of ['lintel=x', 'lintel-pre=x', 'lintel-3000=x', 'lintel-13001=x', 'a=lintel-3001', ''])
    assert.equal(await sent(other), false, other)
  for (const own of ['lintel-3001=x', 'a=1; lintel-pre-3001=x', 'a=1;lintel-not-me-3001='])
    assert.ok(await sent(own), own)
})

test('only the mark of a known browser outlives it; signing out expires the own cookie', async () => {
  const held = await visit((cookies, c) => cookies.setHolder(c, 's.x'), { https: true })
  assert.doesNotMatch(held.set[0] ?? '', /Max-Age|Expires/)
  const known = await visit((cookies, c) => cookies.remember(c, 'someone', now))
  assert.match(known.set[0] ?? '', new RegExp(`Max-Age=${deviceLifetime / 1_000};`))
  const out = await visit((cookies, c) => cookies.expireHolder(c), { https: true })
  assert.match(out.set[0] ?? '', /^__Host-lintel=; Max-Age=0; Path=\/; HttpOnly; Secure/)
})

test('on https a cookie with the plain name, which another host could plant, is not read', async () => {
  const { value } = await visit((cookies, c) => cookies.holder(c) ?? 'none', {
    https: true,
    sent: 'lintel=s.planted',
  })
  assert.equal(value, 'none')
})

test('a browser keeps its pre-session while it holds, and gets another when it was made up', async () => {
  const first = await visit((cookies, c) => cookies.preSession(c))
  const again = await visit((cookies, c) => cookies.preSession(c), { sent: pairOf(first.set) })
  assert.equal(again.value, first.value)
  assert.deepEqual(again.set, [])
  for (const sent of ['lintel-pre=abc.def', 'lintel-pre=abc', `${pairOf(first.set)}x`, 'lintel-pre=.']) {
    const other = await visit((cookies, c) => cookies.preSession(c), { sent })
    assert.notEqual(other.value, first.value)
    assert.equal(other.set.length, 1)
  }
})

const knows = async (sent: string, id: string, at: number) =>
  (await visit((cookies, c) => cookies.knows(c, id, at), { sent })).value
const remember = async (ids: readonly string[], from = '') => {
  let sent = from
  for (const [number, id] of ids.entries())
    sent = pairOf((await visit((cookies, c) => cookies.remember(c, id, now + number * 1_000), { sent })).set)
  return sent
}

test('a browser is known for the last 12 people who signed in, in whatever order, and for nobody else', async () => {
  const ids = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), {
    minLength: 1,
    maxLength: 16,
  })
  await fc.assert(
    fc.asyncProperty(ids, async people => {
      const sent = await remember(people)
      const known = await Promise.all(people.map(id => knows(sent, id, now + 60_000)))
      assert.deepEqual(
        known,
        people.map((_, at) => at >= people.length - 12),
      )
      assert.equal(await knows(sent, 'nobody of them all', now), false)
      for (const id of people) if (id.length > 4) assert.ok(!sent.includes(id))
    }),
    { numRuns: 25 },
  )
})

test('a browser does not know a person whose generation was raised, until it is remembered anew', async () => {
  const [before, after] = [knownAs('a', 0), knownAs('a', 1)]
  const sent = await remember([before])
  assert.deepEqual([await knows(sent, before, now), await knows(sent, after, now)], [true, false])
  assert.equal(await knows(await remember([after], sent), after, now), true)
})

test('no cookie comes near the 4,096 bytes that browsers keep', async () => {
  const { set } = await visit((cookies, c) => cookies.preSession(c), { https: true })
  const sent = await remember(Array.from({ length: 20 }, (_, n) => `${n} ${'a long id '.repeat(20)}`))
  for (const pair of [pairOf(set), `__Host-${sent}`]) assert.ok(pair.length < 1_024, `${pair.length} bytes`)
})

test('a browser is known for 90 days after the last full sign-in, no more', async () => {
  const sent = await remember(['a'])
  assert.equal(await knows(sent, 'a', now + 90 * day - 1_000), true)
  assert.equal(await knows(sent, 'a', now + 90 * day), false)
  const renewed = pairOf(
    (await visit((cookies, c) => cookies.remember(c, 'a', now + 80 * day), { sent })).set,
  )
  assert.equal(await knows(renewed, 'a', now + 100 * day), true)
})

test('a mark of a browser that was changed by one sign, or comes from the future, is of nobody', async () => {
  const sent = await remember(['a'])
  assert.equal(await knows(sent, 'a', now - 2 * 60_000), false)
  for (let at = 'lintel-device='.length; at < sent.length - 1; at++) {
    const changed = `${sent.slice(0, at)}${sent[at] === 'A' ? 'B' : 'A'}${sent.slice(at + 1)}`
    assert.equal(await knows(changed, 'a', now), false, `sign ${at}`)
  }
})

test('whatever a cookie holds, reading it is no error and proves nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^[!#-+\--:<-[\]-~]{0,80}$/), async value => {
      assert.equal(await knows(`lintel-device=${value}`, 'a', now), false)
    }),
    { numRuns: 100 },
  )
})

test('a form token is of one pre-session or one sign-in, and never of the other kind', () => {
  const csrf = createCsrfTokens(keyring)
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const holder = { kind: 'session', csrfSecret: one } as Visitor
      const [pre, own] = [csrf.forPreSession(one), csrf.forHolder(one)]
      assert.ok(csrf.holds(pre, stranger, one, 'pre-session'))
      assert.ok(csrf.holds(pre, holder, one, 'pre-session'))
      assert.ok(csrf.holds(own, holder, undefined, 'holder'))
      assert.ok(csrf.isOf(own, one))
      assert.ok(!csrf.holds(pre, holder, one, 'holder'))
      assert.ok(!csrf.holds(own, holder, one, 'pre-session'))
      assert.ok(!csrf.holds(own, stranger, one, 'holder'))
      assert.ok(!csrf.holds(pre, stranger, undefined, 'pre-session'))
      if (one === other) return
      assert.ok(!csrf.holds(pre, stranger, other, 'pre-session'))
      assert.ok(!csrf.isOf(own, other))
    }),
  )
  assert.ok(!csrf.holds('', stranger, 'a', 'pre-session'))
})
