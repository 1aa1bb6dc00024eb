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
