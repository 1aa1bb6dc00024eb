/** How a session lives on and ends; `sessions.test.ts` has its cookies and rivals. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { password } from '../journeys/guide.ts'
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
  tokensOf,
  tryPassword,
} from './support.ts'

const theirs = 'A thief will never know 8!'

const isInside = async (client: Client) => (await placeOf(client)) === '/'

for (const engine of engines) {
  describe(`sessions on ${engine}`, () => {
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

    test('giving the password again gives a new id, and the one before is dead after its ten seconds', async () => {
      await data.addPeople({ username: 'p81' })
      const client = await signedIn(lintel, 'p81')
      const before = client.cookies.get('lintel')
      const old = copyOf(client)
      await client.get('/security')
      await client.submit({ password }, 'Submit')
      assert.notEqual(client.cookies.get('lintel'), before)
      await lintel.advance(11_000)
      assert.equal(await isInside(client), true)
      assert.equal(await isInside(old), false)
    })

    test('an id from before the password was given again opens no security setting in its ten seconds', async () => {
      await data.addPeople({ username: 'stolen' })
      const client = await signedIn(lintel, 'stolen')
      const thief = copyOf(client)
      const [csrf = ''] = tokensOf(await thief.get('/'))
      await client.get('/security')
      await client.submit({ password }, 'Submit')
      assert.match((await client.get('/security/password')).text, /Confirm new password/)
      assert.equal(await isInside(thief), true, 'what was on its way arrives')
      for (const path of ['/security', '/security/password', '/security/two-step', '/recovery'])
        assert.match((await thief.get(path)).text, /<form[^>]* action="\/security"/, path)
      const taken = await thief.post('/security/password', { csrf, password: theirs, confirm: theirs })
      assert.equal(taken.status, 403)
      assert.equal((await tryPassword(await atSignIn(lintel), 'stolen', theirs)).status, 422)
    })

    test("nothing that the client says of the time keeps a session alive, nor does the page's own asking", async () => {
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

    test('a busy session ends after twelve hours, and the choice that came too late is shown again', async () => {
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

    test('Sign out everywhere ends every session and every half-done sign-in at its next request', async () => {
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
