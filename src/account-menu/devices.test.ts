import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { openDesk } from '../../test/support/people/desk.ts'
import { hashToken, newId, newToken } from '../store/ids.ts'

const day = 24 * 3_600_000

eachEngine('a person ends one of their sessions or own computers, and nobody else’s', async open => {
  const desk = await openDesk(await open())
  const { store, clock } = desk
  const overrides = JSON.stringify({ sessionsPerPerson: 3, ownComputerDays: 7 })
  await store.writeOne(db => db.updateTable('policy').set({ overrides }).execute())
  const remember = async (account_id: string) => {
    const { epoch } = await store.read
      .selectFrom('account')
      .select('epoch')
      .where('id', '=', account_id)
      .executeTakeFirstOrThrow()
    const id = newId(clock.now())
    const row = { id, account_id, epoch, token_hash: hashToken(newToken()), user_agent: '', address: '' }
    const times = { added_at: clock.now(), used_at: clock.now(), expires_at: clock.now() + day }
    await store.writeOne(db =>
      db
        .insertInto('own_computer')
        .values({ ...row, ...times })
        .execute(),
    )
    return id
  }
  const sessionOf = async (id: string) =>
    (
      await store.read
        .selectFrom('session')
        .select('id')
        .where('account_id', '=', id)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
    )?.id ?? ''
  const [elsewhere, here] = [await desk.signIn(desk.inside), await desk.signIn(desk.inside)]
  const other = await desk.signIn(desk.outside)
  const [own, theirs] = [await remember(desk.inside), await remember(desk.outside)]
  const listed = async () =>
    [...(await (await here.get('/security')).text()).matchAll(/name="id" value="([^"]+)"/g)].map(
      ([, id = '']) => id,
    )
  const [session = '', ...computers] = await listed()
  assert.deepEqual(computers, [own], 'this session is marked, and has no button')
  await here.post('/security/sessions/end', { id: await sessionOf(desk.outside) })
  await here.post('/security/computers/end', { id: theirs })
  assert.equal((await other.get('/')).status, 200, 'somebody else’s')
  const kept = await store.read.selectFrom('own_computer').select('id').where('id', '=', theirs).execute()
  assert.equal(kept.length, 1)
  const ended = await here.post('/security/sessions/end', { id: session })
  assert.equal(ended.headers.get('location'), '/security')
  assert.equal((await elsewhere.get('/')).status, 303)
  assert.equal((await here.get('/')).status, 200)
  await here.post('/security/computers/end', { id: own })
  assert.deepEqual(await listed(), [])
  const events = (await desk.events()).filter(({ subject }) => subject === desk.inside)
  assert.equal(events.filter(({ args }) => args.includes('ended-by-person')).length, 1)
  assert.equal(events.filter(({ event }) => event === 'authn_token_revoked').length, 1)
})
