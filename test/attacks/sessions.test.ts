/** Sessions and their cookies. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { raiseEpoch } from '../../src/account/store.ts'
import { endAllSessions } from '../../src/session/sign-ins.ts'
import { password } from '../journeys/guide.ts'
import { openBrowser } from '../support/browser/browser.ts'
import { engines } from '../support/database/databases.ts'
import { type Client, openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import {
  atSignIn,
  copyOf,
  minute,
  openData,
  placeOf,
  signedIn,
  tally,
  tryPassword,
  wrong,
} from './support.ts'

const holderOf = (client: Client) => client.cookies.get('lintel') ?? ''
const env = { LINTEL_TRUSTED_PROXIES: '127.0.0.1' }
let addresses = 0
const ownAddress = () => ({ 'x-forwarded-for': `198.51.100.${++addresses}` })
const chosen = 'Gneiss quilt 71 walks'

for (const engine of engines) {
  describe(engine, async () => {
    const lintel = await startLintel({ after }, { engine, env, clockOffset: 0 })
    const data = await openData({ after }, lintel)

    test('of 50 sign-ins released together one session is left alive', async () => {
      await data.addPeople({ username: 'fifty' })
      const clients = await Promise.all(Array.from({ length: 50 }, () => atSignIn(lintel, ownAddress())))
      const answers = await Promise.all(clients.map(client => tryPassword(client, 'fifty', password)))
      const { 303: opened = 0, 429: waiting = 0 } = tally(answers.map(({ status }) => status))
      assert.equal(opened + waiting, 50)
      assert.ok(opened >= 1)
      assert.equal(await data.liveSessions('fifty'), 1)
      const places = await Promise.all(clients.map(placeOf))
      assert.equal(tally(places)['/'], 1)
    })

    test('a sign-in elsewhere ends the first session, which is told why', async () => {
      await data.addPeople({ username: 'elsewhere' })
      const first = await signedIn(lintel, 'elsewhere')
      const second = await signedIn(lintel, 'elsewhere')
      assert.equal(await placeOf(second), '/')
      assert.equal(await placeOf(first), '/sign-in')
      assert.match((await first.get('/sign-in')).text, /signed in somewhere else/)
      assert.equal(await data.liveSessions('elsewhere'), 1)
    })

    test('a sign-in that is not complete ends nobody', async () => {
      await data.addPeople({ username: 'half', workgroups: ['HMIS Users', 'Shelter Reservation Team'] })
      const first = await signedIn(lintel, 'half')
      const page = await first.get('/settings/choose')
      const id = /value="([^"]+)"[^>]*>HMIS Users/.exec(page.text)?.[1] ?? ''
      await first.submit({ workgroup: id }, 'Use These Settings')
      assert.equal(await placeOf(first), '/')
      const second = await signedIn(lintel, 'half')
      assert.equal(await placeOf(second), '/settings/choose')
      assert.equal(await placeOf(first), '/')
      await second.get('/settings/choose')
      await second.submit({ workgroup: id }, 'Use These Settings')
      assert.equal(await placeOf(first), '/sign-in')
    })

    test('a cookie replayed after sign-out opens nothing, and the log says so', async () => {
      await data.addPeople({ username: 'leaves' })
      const client = await signedIn(lintel, 'leaves')
      await client.get('/')
      const thief = copyOf(client)
      const out = await client.submit({}, 'Sign Out')
      assert.equal(out.headers['clear-site-data'], '"cache", "storage"')
      assert.match(out.headers['cache-control'] ?? '', /no-store/)
      assert.equal(client.cookies.has('lintel'), false)
      for (const path of ['/', '/settings/choose', '/recovery'])
        assert.equal((await thief.get(path)).status, 303)
      assert.match((await thief.get('/')).location ?? '', /^\/sign-in/)
      const record = (await data.events('session_use_after_expire')).at(-1)
      assert.equal(record?.subject, await data.idOf('leaves'))
    })

    test('a session ended, suspended, deactivated or given a new epoch by another process dies at once', async () => {
      const { services } = data
      const trace = { actor: 'system' }
      const changes = {
        ended: (id: string) =>
          services.store.write(tx =>
            endAllSessions(services, tx, id, 'ended-by-helpdesk', Date.now(), trace),
          ),
        suspended: (id: string) => update(id, { suspended_until: Date.now() + 86_400_000 }),
        deactivated: (id: string) => update(id, { deactivated_at: Date.now() }),
        blocked: (id: string) => update(id, { password_blocked_at: Date.now() }),
        epoch: (id: string) => services.store.write(async tx => void (await raiseEpoch(tx, id))),
      }
      const update = (id: string, columns: Readonly<Record<string, number>>) =>
        services.store.write(async tx => {
          await tx.db.updateTable('account').set(columns).where('id', '=', id).execute()
        })
      for (const [name, change] of Object.entries(changes)) {
        const username = `revoked-${name}`
        await data.addPeople({ username }, { username: `${username}-pending`, temporary: true })
        const client = await signedIn(lintel, username)
        const pending = await signedIn(lintel, `${username}-pending`)
        assert.equal(await placeOf(client), '/')
        await change(await data.idOf(username))
        assert.equal(await placeOf(client), '/sign-in', name)
        if (name === 'ended') continue
        await change(await data.idOf(`${username}-pending`))
        assert.equal(await placeOf(pending), '/sign-in', `${name}, pending`)
      }
    })

    test('a restart leaves sessions and counters as they were', async () => {
      await data.addPeople({ username: 'stays' })
      const client = await signedIn(lintel, 'stays')
      const guesser = await atSignIn(lintel, ownAddress())
      for (let i = 0; i < 5; i++) await tryPassword(guesser, 'restarted', wrong)
      await client.get('/security')
      for (let i = 0; i < 5; i++) await client.submit({ password: wrong }, 'Submit')
      await lintel.restart()
      assert.equal(await placeOf(client), '/')
      await client.get('/security')
      assert.equal((await client.submit({ password }, 'Submit')).status, 429, 'the wait goes on')
      assert.equal((await tryPassword(guesser, 'restarted', wrong)).status, 429)
    })
  })
}

const lintel = await startLintel({ after }, { engine: 'sqlite', env, clockOffset: 0 })
const data = await openData({ after }, lintel)
const planted = `s.${'A'.repeat(43)}`

test('a cookie planted before sign-in is never adopted, and each stage has a new one', async () => {
  await data.addPeople({ username: 'fixed', temporary: true })
  for (const mark of ['s.', 'p.']) {
    const client = openClient(lintel.origin)
    client.cookies.set('lintel', planted.replace('s.', mark))
    await client.get('/sign-in')
    await tryPassword(client, 'fixed', password)
    assert.match(holderOf(client), /^p\.[\w-]{43}$/)
    assert.notEqual(holderOf(client).slice(2), planted.slice(2))
  }
  const client = await signedIn(lintel, 'fixed')
  const pending = holderOf(client)
  await client.get('/password/new')
  await client.submit({ password: chosen, confirm: chosen }, 'Save')
  assert.match(holderOf(client), /^[sp]\.[\w-]{43}$/)
  await client.get('/recovery')
  if (holderOf(client) === pending) await client.submit({}, 'Skip for now')
  assert.match(holderOf(client), /^s\./)
  assert.notEqual(holderOf(client).slice(2), pending.slice(2))
  await lintel.advance(11_000)
  for (const mark of ['s.', 'p.']) {
    const replay = openClient(lintel.origin)
    replay.cookies.set('lintel', mark + pending.slice(2))
    assert.equal(await placeOf(replay), '/sign-in', `the sign-in's cookie as ${mark} after completion`)
  }
})

test('the marks of the cookie cannot be swapped', async () => {
  await data.addPeople({ username: 'marks' }, { username: 'marks-pending', temporary: true })
  const session = holderOf(await signedIn(lintel, 'marks'))
  const pending = holderOf(await signedIn(lintel, 'marks-pending'))
  const swapped = [
    `p.${session.slice(2)}`,
    `s.${pending.slice(2)}`,
    `S.${session.slice(2)}`,
    session.slice(2),
    `${session} `,
    `${session}=`,
    `s.${session}`,
    `${session.slice(0, -1)}`,
    `"${session}"x`,
  ]
  for (const value of swapped) {
    const client = openClient(lintel.origin)
    client.cookies.set('lintel', value)
    const place = await placeOf(client)
    if (value === `${session} `) assert.equal(place, '/', 'blanks around a cookie are no part of it')
    else assert.equal(place, '/sign-in', value)
  }
})

const attributesOf = (line: string) =>
  line
    .split('; ')
    .slice(1)
    .map(part => part.toLowerCase())
    .toSorted()

test('on http every cookie is HttpOnly, SameSite and host-only; only the device cookie lasts', async () => {
  await data.addPeople({ username: 'cookies' })
  const client = openClient(lintel.origin)
  const page = await client.get('/sign-in')
  const answer = await tryPassword(client, 'cookies', password)
  const lines = [...(page.headers['set-cookie'] ?? []), ...(answer.headers['set-cookie'] ?? [])]
  const seen = Object.fromEntries(lines.map(line => [line.split('=')[0], attributesOf(line)]))
  const session = ['httponly', 'path=/', 'samesite=lax']
  assert.deepEqual(seen, {
    'lintel-pre': session,
    lintel: session,
    'lintel-device': ['httponly', 'max-age=7776000', 'path=/', 'samesite=lax'],
  })
})

test('on https every cookie is Secure and bound to the host by its name', async t => {
  const secure = await startLintel(t, {
    engine: 'sqlite',
    env: { ...env, LINTEL_ORIGIN: 'https://hmis.example.org' },
  })
  assert.equal(secure.origin, 'https://hmis.example.org')
  await (await openData(t, secure)).addPeople({ username: 'cookies' })
  const client = openClient(`http://127.0.0.1:${secure.env['PORT']}`, { host: 'hmis.example.org' })
  const page = await client.get('/sign-in')
  const own = { origin: secure.origin }
  const answer = await client.post('/sign-in', { username: 'cookies', password }, own)
  assert.equal(answer.status, 303)
  const lines = [...(page.headers['set-cookie'] ?? []), ...(answer.headers['set-cookie'] ?? [])]
  for (const line of lines) {
    assert.match(line, /^__Host-lintel(-pre|-device)?=/)
    for (const part of ['secure', 'httponly', 'path=/', 'samesite=lax'])
      assert.ok(attributesOf(line).includes(part), `${part} in ${line}`)
    assert.doesNotMatch(line, /domain=|expires=/i)
    assert.doesNotMatch(line, /max-age=(?!7776000)/i, 'only the device cookie lasts, and opens nothing')
  }
  assert.equal(lines.length, 3)
  assert.match(String(answer.headers['strict-transport-security']), /max-age=63072000/)
  const plain = openClient(client.origin, { host: 'hmis.example.org' })
  plain.cookies.set('lintel', client.cookies.get('__Host-lintel') ?? '')
  assert.equal(await placeOf(plain), '/sign-in', 'the name without __Host- is not read')
})

test('after sign-out the back button and a reload show nothing of the session', async t => {
  await data.addPeople({ username: 'goes-back' })
  const person = await openBrowser(t, { width: 900, height: 700, origin: lintel.origin })
  await person.open('/sign-in')
  await person.fill('Username', 'goes-back')
  await person.fill('Password', password)
  await person.press('Sign In')
  assert.match(await person.heading(), /^Welcome/)
  const csrf = await person.page.locator('#sign-out input[name=csrf]').getAttribute('value')
  assert.ok(csrf)
  await person.page.locator('summary').first().click()
  await person.press('Sign Out')
  assert.equal(await person.heading(), 'Sign in')
  await person.page.goBack()
  assert.equal(await person.heading(), 'Sign in')
  await person.page.reload()
  assert.equal(await person.heading(), 'Sign in')
})

test('pages of a session may not be stored', async () => {
  await data.addPeople({ username: 'not-stored' })
  const client = await signedIn(lintel, 'not-stored')
  const steps = ['/settings/choose', '/recovery', '/recovery/question']
  for (const path of ['/', ...steps, '/security', '/settings/theme', '/session/status', '/nowhere'])
    assert.equal((await client.get(path)).headers['cache-control'], 'no-store', path)
})

test('dates and expiry fields that a browser sends change nothing', async () => {
  await data.addPeople({ username: 'clock' })
  const client = await signedIn(lintel, 'clock')
  await lintel.advance(31 * minute)
  const future = new Date(Date.now() + 86_400_000).toUTCString()
  const claims = { date: future, 'if-modified-since': future, expires: future, 'x-session-expires': future }
  assert.match(
    (await client.get('/?expires=9999999999999&last_seen_at=9999999999999', claims)).location ?? '',
    /^\/sign-in/,
  )
  assert.match((await client.get('/sign-in')).text, /nothing was done for a while/)
})

test('a busy session ends after 12 hours all the same', async () => {
  await data.addPeople({ username: 'busy' })
  const client = await signedIn(lintel, 'busy')
  for (let step = 0; step < 29; step++) {
    assert.equal(await placeOf(client), '/', `after ${step * 25} minutes`)
    await lintel.advance(25 * minute)
  }
  assert.equal(await placeOf(client), '/sign-in')
  assert.match((await client.get('/sign-in')).text, /one working day at most/)
})

test('a session id is taken from its cookie only, and never stands in an answer', async () => {
  await data.addPeople({ username: 'token' })
  const client = await signedIn(lintel, 'token')
  const id = holderOf(client)
  for (const place of ['/', '/security', '/settings/theme']) {
    const page = await client.get(place)
    assert.equal(page.text.includes(id.slice(2)), false, place)
    assert.equal(JSON.stringify({ ...page.headers, 'set-cookie': '' }).includes(id.slice(2)), false, place)
  }
  const bare = openClient(lintel.origin)
  const path = `/?lintel=${id}&session=${id}`
  for (const headers of [
    {},
    { authorization: `Bearer ${id}` },
    { 'x-session': id },
    { cookie2: `lintel=${id}` },
    { cookie: `Lintel=${id}` },
  ])
    assert.match((await bare.get(path, headers)).location ?? '', /^\/sign-in/)
  await bare.get('/sign-in')
  assert.equal((await bare.post('/settings/theme', { lintel: id, theme: 'dark' })).location, '/sign-in')
  assert.equal(lintel.output().includes(id.slice(2)), false)
})

test('an ended session cannot send a form: it is led to sign-in and nothing changes', async () => {
  await data.addPeople({ username: 'late' })
  for (const end of ['idle', 'signed-out'] as const) {
    const client = await signedIn(lintel, 'late')
    await client.get('/')
    const thief = copyOf(client)
    const token = /name="csrf" value="([^"]*)"/.exec((await client.get('/')).text)?.[1] ?? ''
    if (end === 'idle') await lintel.advance(31 * minute)
    else await client.submit({}, 'Sign Out')
    for (const [path, fields] of [
      ['/settings/theme', { theme: 'contrast' }],
      ['/settings/apply', { organization: 'x' }],
      ['/recovery/question', { question: 'What now?', answer: 'Nothing' }],
      ['/sign-out', {}],
    ] as const) {
      const answer = await thief.post(path, { csrf: token, ...fields })
      assert.equal(answer.status, 303, path)
      assert.match(answer.location ?? '', /^\/sign-in/, path)
    }
  }
  const { theme } = await data.services.store.read
    .selectFrom('account')
    .select('theme')
    .where('username', '=', 'late')
    .executeTakeFirstOrThrow()
  assert.equal(theme, 'system')
})
