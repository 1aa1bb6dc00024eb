/** Guesses at passwords. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import type { Answer } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import { atSignIn, hour, manyTimes, openData, signedIn, tally, tryPassword, wrong } from './support.ts'

const retryAfter = (answer: Answer) => Number(answer.headers['retry-after'])
/** Each test guesses from an address of its own, so that no test spends another's budget. */
let addresses = 0
const ownAddress = () => ({ 'x-forwarded-for': `198.51.100.${++addresses}` })
const env = { LINTEL_TRUSTED_PROXIES: '127.0.0.1' }

for (const engine of engines) {
  describe(engine, async () => {
    const lintel = await startLintel({ after }, { engine, env, clockOffset: 0 })
    const data = await openData({ after }, lintel)
    const from = () => atSignIn(lintel, ownAddress())

    test('of 200 wrong passwords in a row only five are checked, and the right one works after the wait', async () => {
      await data.addPeople({ username: 'brute' })
      const client = await from()
      const answers = await manyTimes(200, () => tryPassword(client, 'brute', wrong))
      assert.deepEqual(tally(answers.map(({ status }) => status)), { 422: 5, 429: 195 })
      assert.ok(answers.slice(5).every(answer => retryAfter(answer) >= 1 && retryAfter(answer) <= 30))
      assert.equal((await tryPassword(client, 'brute', password)).status, 429)
      await lintel.advance(31_000)
      assert.equal((await tryPassword(client, 'brute', password)).status, 303)
      const subject = await data.idOf('brute')
      const mine = async (event: string) =>
        (await data.events(event)).filter(row => row.subject === subject).length
      assert.equal(await mine('authn_login_fail'), 5)
      assert.equal(await mine('authn_login_fail_max'), 1)
    })

    test('of 50 wrong passwords at once no more than five are checked', async () => {
      await data.addPeople({ username: 'burst' })
      const client = await from()
      const answers = await Promise.all(Array.from({ length: 50 }, () => tryPassword(client, 'burst', wrong)))
      assert.deepEqual(tally(answers.map(({ status }) => status)), { 422: 5, 429: 45 })
    })

    test('50 wrong passwords at once from a known browser do not get past the limit either', async () => {
      await data.addPeople({ username: 'burst-known' })
      const client = await signedIn(lintel, 'burst-known', password, ownAddress())
      client.cookies.delete('lintel')
      await client.get('/sign-in')
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => tryPassword(client, 'burst-known', wrong)),
      )
      assert.deepEqual(tally(answers.map(({ status }) => status)), { 422: 5, 429: 45 })
    })

    test('after 50 failures strangers are shut out, and the person still signs in from a known browser', async () => {
      await data.addPeople({ username: 'victim' })
      const known = await signedIn(lintel, 'victim', password, ownAddress())
      await known.submit({}, 'Sign Out')
      const attacker = await from()
      for (let failures = 0; failures < 50; failures++) {
        if (failures >= 5) await lintel.advance(hour + 1_000)
        assert.equal((await tryPassword(attacker, 'victim', wrong)).status, 422, `failure ${failures}`)
      }
      await lintel.advance(25 * hour)
      const refused = await tryPassword(attacker, 'victim', password)
      assert.equal(refused.status, 429)
      assert.equal(refused.headers['retry-after'], undefined)
      assert.match(refused.text, /Choose Forgot password, or contact/)
      await known.get('/sign-in')
      assert.equal((await tryPassword(known, 'victim', password)).status, 303)
      assert.equal(
        (await tryPassword(await from(), 'victim', password)).status,
        303,
        'the counter is cleared',
      )
    })

    test('one address that tries many usernames has to wait, and no other address does', async () => {
      await data.addPeople({ username: 'stuffed' })
      const client = await from()
      const answers: Answer[] = []
      for (let name = 0; name < 30; name++) answers.push(await tryPassword(client, `stuffing-${name}`, wrong))
      assert.deepEqual(tally(answers.map(({ status }) => status)), { 422: 30 })
      const waiting = await tryPassword(client, 'stuffed', password)
      assert.equal(waiting.status, 429)
      assert.ok(retryAfter(waiting) >= 1 && retryAfter(waiting) <= 30)
      assert.equal((await tryPassword(await from(), 'stuffed', password)).status, 303)
      const told = await data.events('excess_rate_limit_exceeded')
      assert.deepEqual(
        told.map(({ subject, address }) => ({ subject, address })),
        [{ subject: null, address: `198.51.100.${addresses - 1}` }],
        'the log says once that the address waits',
      )
    })

    test('an attacker’s own sign-ins do not reset the count of their address', async () => {
      await data.addPeople({ username: 'own-account' })
      const address = ownAddress()
      const guesser = await atSignIn(lintel, address)
      const succeed = async () => tryPassword(await atSignIn(lintel, address), 'own-account', password)
      for (let failures = 0; failures < 30; failures++) {
        assert.equal((await tryPassword(guesser, `others-${failures}`, wrong)).status, 422)
        if (failures % 10 === 4) assert.equal((await succeed()).status, 303)
      }
      assert.equal((await succeed()).status, 429)
    })

    test('no default account lets anyone in', async () => {
      const names = ['admin', 'administrator', 'root', 'test', 'helpdesk', 'demo', 'lintel', 'guest', 'user']
      for (const name of names) {
        const client = await atSignIn(lintel, ownAddress())
        for (const secret of [name, 'password', 'admin', 'changeme'])
          assert.equal((await tryPassword(client, name, secret)).status, 422)
      }
    })

    test('six failures before a success are shown on Home and named in the log', async () => {
      await data.addPeople({ username: 'warned' })
      const attacker = await atSignIn(lintel, ownAddress())
      for (let failures = 0; failures < 6; failures++) {
        await lintel.advance(hour)
        assert.equal((await tryPassword(attacker, 'warned', wrong)).status, 422)
      }
      await lintel.advance(hour)
      const client = await signedIn(lintel, 'warned', password, ownAddress())
      assert.match((await client.get('/')).text, /6 failed sign-in attempts since/)
      const record = (await data.events('authn_login_successafterfail')).at(-1)
      assert.equal(record?.subject, await data.idOf('warned'))
      assert.equal(JSON.parse(record?.args ?? '{}').failures, 6)
    })
  })
}
