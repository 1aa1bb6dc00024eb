/** How sessions end, and what is left of them. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { raiseEpoch } from '../../src/account/store.ts'
import { endSignIns } from '../../src/session/ending.ts'
import { password } from '../journeys/guide.ts'
import { openBrowser } from '../support/browser/browser.ts'
import { engines } from '../support/database/databases.ts'
import type { Client } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import {
  atSignIn,
  copyOf,
  type Data,
  hour,
  minute,
  openData,
  placeOf,
  signedIn,
  tally,
  tryPassword,
  wrong,
} from './support.ts'

const env = { LINTEL_TRUSTED_PROXIES: '127.0.0.1' }
let addresses = 0
const ownAddress = () => ({ 'x-forwarded-for': `198.51.100.${++addresses}` })
const isInside = async (client: Client) => (await placeOf(client)) === '/'

for (const engine of engines) {
  describe(engine, async () => {
    const lintel = await startLintel({ after }, { engine, env, clockOffset: 0 })
    const data = await openData({ after }, lintel)

    test('of 50 sign-ins at once one session is left', async () => {
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

    test('a sign-in that is not finished ends no session', async () => {
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

    test('a session ended, suspended or deactivated from another process dies at its next request', async () => {
      const { services } = data
      const changes = {
        ended: (id: string) =>
          services.store.write(async tx => {
            await endSignIns(services, tx, { accountId: id }, 'ended-by-helpdesk', Date.now())
          }),
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

    test('a restart keeps sessions and counts of failures as they were', async () => {
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

    test('nothing that the browser says about time keeps a session alive, nor does the page asking by itself', async () => {
      await data.addPeople({ username: 'p87' })
      const client = await signedIn(lintel, 'p87')
      await lintel.advance(20 * minute)
      const status = await client.get('/session/status', { date: new Date(0).toUTCString() })
      const left = JSON.parse(status.text) as { seconds: number }
      assert.ok(left.seconds <= 600 && left.seconds > 500, `${left.seconds} s are left`)
      await lintel.advance(11 * minute)
      const future = new Date(Date.now() + 86_400_000).toUTCString()
      const claims = { date: new Date(0).toUTCString(), 'if-modified-since': future, expires: future }
      const late = await client.get('/?expires=9999999999999&last_seen_at=9999999999999', {
        ...claims,
        'x-last-seen': `${Date.now()}`,
        'x-session-expires': future,
      })
      assert.match(late.location ?? '', /^\/sign-in/)
      assert.match((await client.follow(late)).text, /because you were inactive/)
    })

    test('a busy session ends after twelve hours, and the choice that came too late is shown again', async () => {
      await data.addPeople({ username: 'p88' }, { username: 'only-looks' })
      const client = await signedIn(lintel, 'p88')
      const other = await signedIn(lintel, 'only-looks')
      for (let passed = 0; passed < 12 * hour - 25 * minute; passed += 25 * minute) {
        await lintel.advance(25 * minute)
        assert.equal(await isInside(client), true)
        assert.equal(await isInside(other), true)
      }
      const status = JSON.parse((await client.post('/session/extend', {})).text) as { last: boolean }
      assert.equal(status.last, true, 'staying signed in cannot move the end')
      await client.get('/preferences')
      await lintel.advance(25 * minute)
      assert.equal(await isInside(other), false)
      assert.match((await other.get('/sign-in')).text, /sessions end after 12 hours/)
      const refused = await client.submit({ theme: 'dark' }, 'Save')
      assert.equal(refused.location, '/sign-in?to=%2Fpreferences')
      await client.follow(refused)
      const back = await client.follow(await client.submit({ username: 'p88', password }, 'Sign In'))
      assert.match(back.text, /We kept what you entered/)
      assert.match(back.text, /<html[^>]*data-theme="system"/, 'nothing was replayed')
      const [first] = back.text.split('<main').slice(1)
      assert.match(first ?? '', /value="dark" checked/)
    })

    test('Sign out everywhere ends every session and unfinished sign-in at its next request', async () => {
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

const lintel = await startLintel({ after }, { engine: 'sqlite', env, clockOffset: 0 })
const data = await openData({ after }, lintel)

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

test('no cache may keep a page of a session', async () => {
  await data.addPeople({ username: 'not-stored' })
  const client = await signedIn(lintel, 'not-stored')
  const steps = ['/settings/choose', '/recovery', '/recovery/question']
  for (const path of ['/', ...steps, '/security', '/preferences', '/session/status', '/nowhere'])
    assert.equal((await client.get(path)).headers['cache-control'], 'no-store', path)
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
      ['/preferences', { theme: 'contrast' }],
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
