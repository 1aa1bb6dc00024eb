import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import type { Client } from '../support/http/client.ts'
import { type Clock, clockOf, pair, step, wrongCodes } from '../support/people/two-step.ts'
import { type Lintel, startLintel } from '../support/process/process.ts'
import { copyOf, type Data, minute, openData, placeOf, signedIn, tally, tokensOf, wrong } from './support.ts'

const newPassword = 'Lantern 17 over the creek'
const gate = /To protect your account/
const shownAgain = /We kept what you entered/

const sendPassword = (client: Client, secret: string) =>
  client.post('/security', { password: secret, to: '/security' })

async function fresh(client: Client): Promise<void> {
  const answer = await sendPassword(client, password)
  assert.equal(answer.location, '/security')
}

const changePassword = (client: Client, secret: string) =>
  client.post('/security/password', { password: secret, confirm: secret })

for (const engine of engines) {
  describe(`the gate of Security Settings on ${engine}`, () => {
    const cleanups: (() => Promise<unknown>)[] = []
    const scope = { after: (cleanup: () => Promise<unknown>) => void cleanups.push(cleanup) }
    let lintel: Lintel
    let clock: Clock
    let data: Data
    before(async () => {
      lintel = await startLintel(scope, { engine, clockOffset: 0 })
      clock = clockOf(lintel)
      data = await openData(scope, lintel)
    })
    after(async () => {
      for (const cleanup of cleanups.reverse()) await cleanup()
    })
    const enter = async (username: string): Promise<Client> => {
      await data.addPeople({ username })
      return signedIn(lintel, username)
    }
    const columns = async (username: string) => {
      const id = await data.idOf(username)
      const { read } = data.services.store
      return {
        credential: await read
          .selectFrom('credential')
          .select('encoded')
          .where('account_id', '=', id)
          .executeTakeFirst(),
        question: await read
          .selectFrom('recovery_question')
          .select('question')
          .where('account_id', '=', id)
          .executeTakeFirst(),
      }
    }

    test('a stolen session alone can neither read nor change anything that guards the account', async () => {
      const client = await enter('p66')
      const before = await columns('p66')
      for (const path of [
        '/security',
        '/security/password',
        '/security/two-step',
        '/recovery',
        '/recovery/question',
      ]) {
        const answer = await client.get(path)
        assert.equal(answer.status, 200)
        assert.match(answer.text, gate, path)
      }
      const posts = [
        await changePassword(client, newPassword),
        await client.post('/recovery/question', { question: 'Which harbor was it?', answer: 'Duluth' }),
        await client.post('/security/two-step', { code: '123456' }),
      ]
      for (const answer of posts) {
        assert.equal(answer.status, 403)
        assert.match(answer.text, gate)
      }
      assert.deepEqual(await columns('p66'), before)
    })

    test('giving the password again counts for ten minutes and for one session', async () => {
      const client = await enter('p120')
      await fresh(client)
      assert.doesNotMatch((await client.get('/security/password')).text, gate)
      await clock.advance(10 * minute)
      const late = await changePassword(client, newPassword)
      assert.equal(late.status, 403)
      assert.match(late.text, gate)
      await fresh(client)
      const other = await signedIn(lintel, 'p120')
      assert.match((await other.get('/security')).text, gate)
    })

    test('Security Settings leads only to our own pages', async () => {
      const client = await enter('redirected')
      for (const to of ['https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example'])
        assert.equal((await client.post('/security', { password, to })).location, '/')
    })

    test('five wrong passwords at Security Settings start a wait, for the right one too', async () => {
      const client = await enter('waits')
      const answers = await Promise.all(Array.from({ length: 30 }, () => sendPassword(client, wrong)))
      const tallied = tally(answers.map(({ status }) => status))
      assert.ok((tallied['422'] ?? 0) <= 5, JSON.stringify(tallied))
      const waiting = await sendPassword(client, password)
      assert.equal(waiting.status, 429)
      assert.ok(Number(waiting.headers['retry-after']) > 0)
      assert.match(waiting.text, /Wait until .* Central Time/)
      await clock.advance(6 * minute)
      await fresh(client)
      const subject = await data.idOf('waits')
      const failed = (await data.events('authn_reauth_fail')).filter(row => row.subject === subject)
      assert.equal(failed.length, tallied['422'])
      assert.equal(
        (await data.events('authn_reauth_success')).filter(row => row.subject === subject).length,
        1,
      )
    })

    test('with 2-step verification on, Security Settings asks for a code as well and takes each once', async () => {
      const client = await enter('p76')
      const { app, codes } = await pair(client, clock, password)
      await clock.advance(11 * minute)
      assert.match((await client.get('/security/two-step')).text, gate)
      const send = (code: string, secret = password) =>
        client.post('/security', { password: secret, code, to: '/security/two-step' })
      assert.equal((await sendPassword(client, password)).status, 422, 'the password alone is not enough')
      assert.equal((await send(wrongCodes(app, 1)[0] ?? '')).status, 422)
      const code = app.code()
      assert.equal((await send(code, wrong)).status, 422)
      assert.equal((await send(code)).location, '/security/two-step')
      const again = await send(code)
      assert.equal(again.status, 422)
      assert.match(again.text, /Wait for the next code/)
      await clock.advance(step)
      assert.equal((await send(codes[0] ?? '')).location, '/security/two-step', 'a backup code opens it')
      assert.equal((await send(codes[0] ?? '')).status, 422, 'once')
    })

    test('a new password ends every other session and unfinished sign-in; one of the last five is refused', async () => {
      await data.services.store.writeOne(db =>
        db
          .updateTable('policy')
          .set({ overrides: JSON.stringify({ sessionsPerPerson: 3 }) })
          .execute(),
      )
      const client = await enter('changes')
      const other = await signedIn(lintel, 'changes')
      await fresh(client)
      const same = await changePassword(client, password)
      assert.equal(same.status, 422)
      assert.match(same.text, /This is your current password/)
      const changed = await changePassword(client, newPassword)
      assert.equal(changed.location, '/security')
      assert.match((await client.follow(changed)).text, /Your password was changed/)
      assert.match((await other.follow(await other.get('/'))).text, /your password or sign-in settings/)
      const former = await changePassword(client, password)
      assert.match(former.text, /You have used this password before/)
      assert.equal((await data.events('authn_password_change')).length, 1)
    })

    test('of two password changes at the same moment one takes effect', async () => {
      const client = await enter('races')
      await fresh(client)
      const secrets = [newPassword, 'Ferry 88 to the island']
      const answers = await Promise.all(secrets.map(secret => changePassword(client, secret)))
      const subject = await data.idOf('races')
      const records = (await data.events('authn_password_change')).filter(row => row.subject === subject)
      assert.equal(records.length, 1, JSON.stringify(answers.map(({ location }) => location)))
    })

    test('a form that came too late is never shown to another person, nor kept for a stranger', async () => {
      const client = await enter('late')
      await data.addPeople({ username: 'neighbor' })
      await fresh(client)
      await client.get('/recovery/question')
      await clock.advance(31 * minute)
      const fields = { question: 'Which lake was it?', answer: 'Gull Lake' }
      const forged = await copyOf(client).post('/recovery/question', { ...fields, csrf: 'A'.repeat(43) })
      assert.equal(forged.location, '/sign-in')
      const crossSite = await client.post('/recovery/question', fields, { 'sec-fetch-site': 'cross-site' })
      assert.equal(crossSite.location, '/sign-in')
      const kept = await client.submit(fields, 'Save')
      assert.equal(kept.location, '/sign-in?to=%2Frecovery%2Fquestion')
      const rows = await data.services.store.read.selectFrom('kept_form').selectAll().execute()
      const mine = rows.filter(row => row.path === '/recovery/question')
      assert.ok(mine.length >= 1)
      assert.doesNotMatch(JSON.stringify(rows), /Gull|lake/i, 'nothing is readable in the store')
      const neighbor = await signedIn(lintel, 'neighbor')
      await fresh(neighbor)
      assert.doesNotMatch((await neighbor.get('/recovery/question')).text, shownAgain)
      const back = await signedIn(lintel, 'late')
      await fresh(back)
      const page = await back.get('/recovery/question')
      assert.match(page.text, shownAgain)
      assert.match(page.text, /value="Which lake was it\?"/)
      assert.doesNotMatch(page.text, /Gull/)
      await clock.advance(15 * minute)
      const later = await signedIn(lintel, 'late')
      await fresh(later)
      assert.doesNotMatch((await later.get('/recovery/question')).text, shownAgain, '15 minutes at most')
    })

    test('a kept form is gone after sign-out and after a change of credentials', async () => {
      const client = await enter('dead')
      const [csrf = ''] = tokensOf(await client.get('/preferences'))
      const copy = copyOf(client)
      await client.submit({}, 'Sign Out')
      assert.equal((await copy.post('/preferences', { csrf, theme: 'dark' })).location, '/sign-in')
      const again = await signedIn(lintel, 'dead')
      await again.get('/preferences')
      await clock.advance(31 * minute)
      assert.match((await again.submit({ theme: 'dark' }, 'Save')).location ?? '', /^\/sign-in\?to=/)
      const id = await data.idOf('dead')
      await data.services.store.writeOne(db =>
        db.updateTable('account').set({ epoch: 7 }).where('id', '=', id).execute(),
      )
      const last = await signedIn(lintel, 'dead')
      assert.equal(await placeOf(last), '/')
      assert.doesNotMatch((await last.get('/preferences')).text, shownAgain)
    })

    test('a form held up by new terms is kept and shown again once they are accepted', async () => {
      const client = await enter('terms')
      await client.get('/preferences')
      const from = (await data.services.store.read.selectFrom('terms_version').selectAll().execute())[0]
      assert.ok(from)
      const version = { ...from, id: 'new', number: 2, effective_at: Number(from.effective_at) + 1 }
      await data.services.store.writeOne(db => db.insertInto('terms_version').values(version).execute())
      const led = await client.submit({ theme: 'contrast' }, 'Save')
      assert.equal(led.location, '/terms')
      await client.follow(led)
      const page = await client.follow(await client.submit({}, 'Accept'))
      assert.match(page.text, shownAgain)
      assert.match(page.text.split('<main')[1] ?? '', /value="contrast" checked/)
      await client.follow(await client.submit({ theme: 'light' }, 'Save'))
      assert.doesNotMatch((await client.get('/preferences')).text, shownAgain, 'once sent, it is forgotten')
    })
  })
}
