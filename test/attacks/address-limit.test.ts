/** What one address may fail at sign-in, and whom that does not concern. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { startLintel } from '../support/process/process.ts'
import { atSignIn, openData, signedIn, tally, tryPassword, wrong } from './support.ts'

const env = { LINTEL_TRUSTED_PROXIES: '127.0.0.1' }
const from = (host: number) => ({ 'x-forwarded-for': `198.51.100.${host}` })

for (const engine of engines) {
  describe(engine, async () => {
    const lintel = await startLintel({ after }, { engine, env, clockOffset: 0 })
    const data = await openData({ after }, lintel)

    test('where an address waits a browser that is known is heard, and counts at its own counter alone', async () => {
      await data.addPeople({ username: 'sheltered' })
      const address = from(1)
      const known = await signedIn(lintel, 'sheltered', password, address)
      await known.submit({}, 'Sign Out')
      const client = await atSignIn(lintel, address)
      for (let name = 0; name < 31; name++) await tryPassword(client, `elsewhere-${name}`, wrong)
      assert.equal((await tryPassword(client, 'sheltered', password)).status, 429)
      await known.get('/sign-in')
      for (let failures = 0; failures < 3; failures++)
        assert.equal((await tryPassword(known, 'sheltered', wrong)).status, 422)
      assert.equal((await tryPassword(known, 'sheltered', password)).status, 303)
    })

    test('of 150 names tried at once from one address no more are checked than it may fail', async () => {
      const client = await atSignIn(lintel, from(2))
      const before = (await data.events('authn_login_fail')).length
      const answers = await Promise.all(
        Array.from({ length: 150 }, (_, name) => tryPassword(client, `at-once-${name}`, wrong)),
      )
      assert.deepEqual(tally(answers.map(({ status }) => status)), { 422: 30, 429: 120 })
      assert.equal((await data.events('authn_login_fail')).length - before, 30)
    })
  })
}
