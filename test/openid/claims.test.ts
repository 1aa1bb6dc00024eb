import assert from 'node:assert/strict'
import { proveEmail } from '../../src/account/store.ts'
import { eachEngine } from '../support/database/store.ts'
import { claimsIn, openParty } from '../support/people/party.ts'

eachEngine(
  'an email counts as verified once a link mailed to it was used, and until it changes',
  async open => {
    const opened = await open()
    const party = await openParty(opened)
    const { desk } = party
    const verified = async () => {
      const { id_token } = await party.tokensFor(await desk.signIn(desk.inside))
      return claimsIn(id_token)['email_verified']
    }
    assert.equal(await verified(), undefined)
    await opened.store.write(tx => proveEmail(tx, desk.inside, 2, opened.clock.now()))
    assert.equal(await verified(), undefined)
    await opened.store.write(tx => proveEmail(tx, desk.inside, 1, opened.clock.now()))
    assert.equal(await verified(), true)
    const changed = await desk.callers.helpdesk.post(`/helpdesk/people/${desk.inside}/details`, {
      first: 'Ines',
      firstName: 'Ines',
      lastName: 'Stone',
      email: 'elsewhere@example.org',
      identified: 'in-person',
      reason: 'Asked for it.',
      version: '1',
    })
    assert.equal(changed.status, 303)
    assert.equal(await verified(), undefined)
  },
)

eachEngine(
  'work inside an application keeps the session alive where it counts as activity, and not elsewhere',
  async open => {
    const opened = await open()
    const party = await openParty(opened, { refreshIsActivity: true })
    const quiet = await party.register({ name: 'Poller' })
    for (const [application, isKept] of [
      [party, true],
      [quiet, false],
    ] as const) {
      let { refresh_token } = await application.tokensFor(await party.desk.signIn(party.desk.inside))
      opened.clock.advance(20 * 60_000)
      refresh_token = ((await (await application.refresh(refresh_token)).json()) as { refresh_token: string })
        .refresh_token
      opened.clock.advance(20 * 60_000)
      assert.equal((await application.refresh(refresh_token)).status === 200, isKept)
    }
  },
)

eachEngine(
  'no refresh keeps a session past its longest time, and the application knows when it ends',
  async open => {
    const opened = await open()
    const party = await openParty(opened, { refreshIsActivity: true })
    const began = opened.clock.now()
    const ends = (token: string) => Number(claimsIn(token)['session_expiry']) * 1_000
    const near = (at: number, expected: number) =>
      assert.ok(Math.abs(at - expected) < 2_000, `${at} ${expected}`)
    let tokens = await party.tokensFor(await party.desk.signIn(party.desk.inside))
    near(ends(tokens.id_token), began + 30 * 60_000)
    const step = 25 * 60_000
    for (let at = step; at < 12 * 3_600_000; at += step) {
      opened.clock.advance(step)
      const answer = await party.refresh(tokens.refresh_token)
      assert.equal(answer.status, 200, `${at / 60_000} minutes`)
      tokens = (await answer.json()) as typeof tokens
    }
    const { access_token } = tokens
    const info = (await (await party.userinfo(access_token)).json()) as { session_expiry: number }
    near(info.session_expiry * 1_000, began + 12 * 3_600_000)
    opened.clock.advance(step)
    assert.equal((await party.refresh(tokens.refresh_token)).status, 400)
  },
)

eachEngine('who is asked whether to stay signed in is told what closes otherwise', async open => {
  const party = await openParty(await open())
  const who = await party.desk.signIn(party.desk.inside)
  const status = async () => (await (await who.get('/session/status')).json()) as { closes?: string }
  assert.equal((await status()).closes, undefined)
  await party.tokensFor(who)
  assert.equal((await status()).closes, 'These close too: Bed Board.')
})
