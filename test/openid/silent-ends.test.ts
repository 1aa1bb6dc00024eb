import assert from 'node:assert/strict'
import { everybody } from '../../src/applications/rules.ts'
import { cleanUp } from '../../src/jobs/clean-up.ts'
import { endSilentVisits } from '../../src/jobs/visits.ts'
import { eachEngine } from '../support/database/store.ts'
import { openParty } from '../support/people/party.ts'

const never = new AbortController().signal
const day = 24 * 3_600_000

eachEngine(
  'a session that timed out is noticed: what it has open ends, and the application is told',
  async open => {
    const opened = await open()
    const { services, store, clock } = opened
    const party = await openParty(opened, { backchannelUri: 'https://beds.example.org/out' })
    const { refresh_token } = await party.tokensFor(await party.desk.signIn(party.desk.inside))
    const sweep = async () => JSON.parse(await endSilentVisits(services, clock.now(), never)).ended as number
    assert.equal(await sweep(), 0)
    clock.advance(31 * 60_000)
    assert.equal((await party.refresh(refresh_token)).status, 400)
    assert.deepEqual([await sweep(), await sweep()], [1, 0])
    const notices = await store.read.selectFrom('logout_notice').select('application_id').execute()
    assert.deepEqual(
      notices.map(({ application_id }) => application_id),
      [party.id],
    )
    const ends = (await party.desk.events()).filter(({ event }) => event === 'authn_token_revoked')
    assert.equal(ends.length, 1)
    assert.match(ends[0]?.args ?? '', /idle/)
  },
)

eachEngine(
  'whoever loses what lets them in, or whose application is disabled, stays signed in, and the application is told',
  async open => {
    const opened = await open()
    const { services, store, clock } = opened
    const backchannelUri = 'https://beds.example.org/out'
    const party = await openParty(opened, { backchannelUri })
    const { desk } = party
    const allowed = { ...everybody, organizations: [desk.ownOrganization] }
    const lake = await party.register({ name: 'Lakeside only', backchannelUri, allowed })
    const shut = await party.register({ name: 'Shut', backchannelUri })
    const who = await desk.signIn(desk.inside)
    const [kept, lost] = [await party.tokensFor(who), await lake.tokensFor(who)]
    await shut.tokensFor(who)
    const sweep = async () => JSON.parse(await endSilentVisits(services, clock.now(), never)).ended as number
    assert.equal(await sweep(), 0)
    await store.writeOne(db =>
      db.deleteFrom('account_organization').where('account_id', '=', desk.inside).execute(),
    )
    await desk.callers.administrator.post(`/helpdesk/applications/${shut.id}/disable`, { reason: 'Moved.' })
    assert.equal((await lake.userinfo(lost.access_token)).status, 401, 'at the next request')
    assert.deepEqual([await sweep(), await sweep()], [2, 0])
    const notices = await store.read.selectFrom('logout_notice').select('application_id').execute()
    assert.deepEqual(
      notices.map(({ application_id }) => application_id).toSorted(),
      [lake.id, shut.id].toSorted(),
    )
    assert.equal((await party.userinfo(kept.access_token)).status, 200)
    assert.equal((await who.get('/')).status, 200)
  },
)

eachEngine(
  'what applications held is removed once it has lost its use, and what waits is kept',
  async open => {
    const opened = await open()
    const { services, store, clock } = opened
    const party = await openParty(opened, { backchannelUri: 'https://beds.example.org/out' })
    const who = await party.desk.signIn(party.desk.inside)
    await party.tokensFor(who)
    await who.post('/sign-out')
    await party.tokensFor(await party.desk.signIn(party.desk.outside))
    clock.advance(31 * day)
    const { tokens, visits, notices, keys } = JSON.parse(await cleanUp(services, clock.now()))
    assert.deepEqual(
      { tokens: tokens > 0, visits, notices, keys },
      { tokens: true, visits: 1, notices: 0, keys: 0 },
    )
    await store.writeOne(db => db.updateTable('logout_notice').set({ next_try_at: null }).execute())
    assert.equal(JSON.parse(await cleanUp(services, clock.now())).notices, 1)
  },
)
