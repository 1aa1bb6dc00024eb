import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { firstSignInByClient, password } from '../journeys/guide.ts'
import { type Client, openClient } from '../support/client.ts'
import { engines } from '../support/databases.ts'
import { startLintel } from '../support/process.ts'
import {
  atSignIn,
  copyOf,
  type Data,
  hour,
  minute,
  openData,
  placeOf,
  signedIn,
  tokensOf,
  tryPassword,
} from './support.ts'

const cookie = 'lintel'
const isInside = async (client: Client) => (await placeOf(client)) === '/'

for (const engine of engines) {
  describe(`group F, sessions, on ${engine}`, () => {
    const scope = { after: (cleanup: () => Promise<unknown>) => void cleanups.push(cleanup) }
    const cleanups: (() => Promise<unknown>)[] = []
    let lintel: Awaited<ReturnType<typeof startLintel>>
    let data: Data
    before(async () => {
      lintel = await startLintel(scope, { engine, clockOffset: 0 })
      data = await openData(scope, lintel)
    })
    after(async () => {
      for (const cleanup of cleanups.reverse()) await cleanup()
    })

    test('81: a cookie set by someone else is never adopted, and each proof gives a new value', async () => {
      await data.addPeople({ username: 'p81', termsOpen: true })
      const planted = `s.${'A'.repeat(43)}`
      const client = await atSignIn(lintel)
      client.cookies.set(cookie, planted)
      await tryPassword(client, 'p81', password)
      const pending = client.cookies.get(cookie)
      assert.notEqual(pending, planted)
      assert.match(pending ?? '', /^p\./)
      await client.get('/terms')
      await client.follow(await client.submit({}, 'Accept'))
      const session = client.cookies.get(cookie)
      assert.match(session ?? '', /^s\./)
      const old = copyOf(client)
      await client.get('/security')
      await client.submit({ password }, 'Submit')
      assert.notEqual(client.cookies.get(cookie), session, 're-authentication rotates the id')
      await lintel.advance(11_000)
      assert.equal(await isInside(client), true)
      assert.equal(await isInside(old), false, 'the id before is dead after its ten seconds')
    })

    test('84: a cookie replayed after sign-out opens nothing and is noticed', async () => {
      await data.addPeople({ username: 'p84' })
      const client = await signedIn(lintel, 'p84')
      const thief = copyOf(client)
      const answer = await client.submit({}, 'Sign Out')
      assert.equal(answer.headers['clear-site-data'], '"cache", "storage"')
      assert.match(answer.headers['cache-control'] ?? '', /no-store/)
      assert.equal(await isInside(thief), false)
      const subject = await data.idOf('p84')
      const noticed = await data.events('session_use_after_expire')
      assert.equal(noticed.filter(row => row.subject === subject).length, 1)
    })

    test('85: pages of a session are never stored by a browser', async () => {
      await data.addPeople({ username: 'p85' })
      const client = await signedIn(lintel, 'p85')
      for (const path of ['/', '/security', '/settings/theme', '/session/status'])
        assert.match((await client.get(path)).headers['cache-control'] ?? '', /no-store/, path)
    })

    test("87: nothing that the client says of the time keeps a session alive, nor does the page's own asking", async () => {
      await data.addPeople({ username: 'p87' })
      const client = await signedIn(lintel, 'p87')
      await lintel.advance(20 * minute)
      const status = await client.get('/session/status', { date: new Date(0).toUTCString() })
      const left = JSON.parse(status.text) as { seconds: number }
      assert.ok(left.seconds <= 600 && left.seconds > 500, `${left.seconds} s are left`)
      await lintel.advance(11 * minute)
      const late = await client.get('/', { date: new Date(0).toUTCString(), 'x-last-seen': `${Date.now()}` })
      assert.match(late.location ?? '', /^\/sign-in/)
      assert.match((await client.follow(late)).text, /nothing was done for a while/)
    })

    test('88: a busy session ends after twelve hours, and the choice that came too late is shown again', async () => {
      await data.addPeople({ username: 'p88' })
      const client = await signedIn(lintel, 'p88')
      for (let passed = 0; passed < 12 * hour - 25 * minute; passed += 25 * minute) {
        await lintel.advance(25 * minute)
        assert.equal(await isInside(client), true)
      }
      const status = JSON.parse((await client.post('/session/extend', {})).text) as { last: boolean }
      assert.equal(status.last, true, 'staying signed in cannot move the end')
      await client.get('/settings/theme')
      await lintel.advance(25 * minute)
      const refused = await client.submit({ theme: 'dark' }, 'Use this theme')
      assert.equal(refused.location, '/sign-in?message=kept&to=%2Fsettings%2Ftheme')
      await client.follow(refused)
      const back = await client.follow(await client.submit({ username: 'p88', password }, 'Sign In'))
      assert.match(back.text, /This is what you wrote before/)
      assert.match(back.text, /<html[^>]*data-theme="system"/, 'nothing was replayed')
      const [first] = back.text.split('<main').slice(1)
      assert.match(first ?? '', /value="dark" selected/)
    })

    test('89: the newest session wins once its sign-in is full, and the older one is told why', async () => {
      await data.addPeople({ username: 'p89' })
      const older = await signedIn(lintel, 'p89')
      await lintel.advance(minute)
      const newer = await signedIn(lintel, 'p89')
      assert.equal(await isInside(newer), true)
      const told = await older.follow(await older.get('/'))
      assert.match(told.text, /signed in somewhere else/)
      assert.equal(await data.liveSessions('p89'), 1)
    })

    test('91: Sign out everywhere ends every session and every half-done sign-in at its next request', async () => {
      await data.addPeople({ username: 'p91' })
      await allowTwoSessions(data)
      const one = await signedIn(lintel, 'p91')
      const two = await signedIn(lintel, 'p91')
      assert.equal(await isInside(one), true, 'two sessions may live')
      await two.get('/security')
      await two.follow(await two.submit({ password }, 'Submit'))
      const answer = await two.submit({}, 'Sign out everywhere')
      assert.equal(answer.headers['clear-site-data'], '"cache", "storage"')
      assert.match((await two.follow(answer)).text, /you ended all your sessions/)
      assert.match((await one.follow(await one.get('/'))).text, /you ended all your sessions/)
      assert.equal(await data.liveSessions('p91'), 0)
    })

    test('91: a suspended account is out at its next request', async () => {
      await data.addPeople({ username: 'p91b' })
      const client = await signedIn(lintel, 'p91b')
      const id = await data.idOf('p91b')
      await data.services.store.writeOne(db =>
        db
          .updateTable('account')
          .set({ suspended_until: Number.MAX_SAFE_INTEGER })
          .where('id', '=', id)
          .execute(),
      )
      assert.equal(await isInside(client), false)
    })

    test('93: a session id is taken from its cookie only, and is never written into a page', async () => {
      await data.addPeople({ username: 'p93' })
      const client = await signedIn(lintel, 'p93')
      const value = client.cookies.get(cookie) ?? ''
      const bare = openClient(lintel.origin)
      const tries = [
        await bare.get(`/?lintel=${value}`),
        await bare.get('/', { authorization: `Bearer ${value}` }),
        await bare.get('/', { 'x-session': value }),
      ]
      for (const answer of tries) assert.match(answer.location ?? '', /^\/sign-in/)
      for (const path of ['/', '/security', '/settings/theme']) {
        const page = await client.get(path)
        assert.equal(page.text.includes(value.slice(2)), false, path)
        assert.ok(tokensOf(page).length > 0)
      }
    })

    test('94: a restart keeps sessions, freshness and waits', async () => {
      await data.addPeople({ username: 'p94' })
      const client = await signedIn(lintel, 'p94')
      await client.get('/security')
      for (let tries = 0; tries < 5; tries++) await client.submit({ password: 'wrong' }, 'Submit')
      await lintel.restart()
      assert.equal(await isInside(client), true)
      await client.get('/security')
      const answer = await client.submit({ password }, 'Submit')
      assert.equal(answer.status, 429, 'the wait goes on')
    })
  })
}

/** The policy allows two sessions for each person from now on. */
async function allowTwoSessions({ services }: Data): Promise<void> {
  await services.store.writeOne(db =>
    db
      .updateTable('policy')
      .set({ overrides: JSON.stringify({ sessionsPerPerson: 2 }) })
      .execute(),
  )
}

test('82: over https cookies are __Host-, Secure, HttpOnly, Lax, for the whole site and never persistent', async t => {
  const lintel = await startLintel(t, {
    engine: 'sqlite',
    env: { LINTEL_ORIGIN: 'https://hmis.example', LINTEL_TRUSTED_PROXIES: '127.0.0.1,::1' },
  })
  const host = { host: 'hmis.example' }
  const client = openClient(`http://localhost:${lintel.env['PORT']}`, host)
  const lines = [...((await client.get('/sign-in')).headers['set-cookie'] ?? [])]
  const posted = await client.post(
    '/sign-in',
    { username: 'admin', password: lintel.adminPassword },
    { origin: 'https://hmis.example' },
  )
  assert.equal(posted.status, 303)
  lines.push(...(posted.headers['set-cookie'] ?? []))
  assert.ok(lines.length >= 2)
  for (const line of lines) {
    assert.match(line, /^__Host-lintel/)
    assert.match(line, /; Path=\//)
    assert.match(line, /; Secure/)
    assert.match(line, /; HttpOnly/)
    assert.match(line, /; SameSite=Lax/)
    assert.doesNotMatch(line, /Domain=|Expires=/i)
    assert.doesNotMatch(line, /Max-Age=(?!7776000)/, 'only the device cookie lasts, and opens nothing')
  }
})

test('82: over loopback http the same cookies lack only Secure and its prefix', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const client = await firstSignInByClient(lintel)
  assert.match(client.cookies.get(cookie) ?? '', /^s\.[\w-]{43}$/)
  const lines = (await openClient(lintel.origin).get('/sign-in')).headers['set-cookie'] ?? []
  for (const line of lines) assert.match(line, /^lintel[^;]*; Path=\/; HttpOnly; SameSite=Lax$/)
})
