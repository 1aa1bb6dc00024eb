import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { openDesk } from '../../test/support/people/desk.ts'

eachEngine(
  'where policy has no security question its pages say so, nothing can be set, and no step asks for it',
  async open => {
    const desk = await openDesk(await open())
    const { store, callers } = desk
    const { user } = callers
    await store.write(async ({ db }) => {
      await db
        .updateTable('policy')
        .set({ overrides: JSON.stringify({ securityQuestion: false }) })
        .execute()
      await db.updateTable('account').set({ recovery_asked: 1 }).where('id', '=', user.id).execute()
    })
    for (const path of ['/recovery', '/recovery/question']) {
      const page = await user.get(path)
      assert.equal(page.status, 200, path)
      assert.match(await page.text(), /This site does not use security questions\./)
    }
    const entry = { question: 'Which meal do I never eat again?', answer: 'cold soup' }
    const sent = await user.post('/recovery/question', entry)
    assert.equal(sent.status, 403)
    assert.match(await sent.text(), /This site does not use security questions\./)
    assert.notEqual((await user.post('/recovery')).status, 200, 'there is nothing to skip')
    assert.deepEqual(await store.read.selectFrom('recovery_question').selectAll().execute(), [])
    assert.equal((await user.get('/')).status, 200, 'no step stands before the inside')
  },
)

eachEngine(
  'a session before the step of the question sets none once its sign-in is some minutes old',
  async open => {
    const desk = await openDesk(await open())
    const { store } = desk
    const ask = (id: string) =>
      store.writeOne(db =>
        db.updateTable('account').set({ recovery_asked: 1 }).where('id', '=', id).execute(),
      )
    const { id } = desk.callers.user
    const stolen = await desk.signIn(id, false)
    desk.clock.advance(10 * 60_000)
    await ask(id)
    const entry = { question: 'Which meal do I never eat again?', answer: 'cold soup' }
    const sent = await stolen.post('/recovery/question', entry)
    assert.equal(sent.headers.get('location'), '/sign-in?to=%2Frecovery%2Fquestion')
    assert.deepEqual(await store.read.selectFrom('recovery_question').selectAll().execute(), [])
    assert.match((await stolen.get('/')).headers.get('location') ?? '', /^\/sign-in/)
    const recent = await desk.signIn(id, false)
    assert.equal((await recent.post('/recovery/question', entry)).status, 303)
    assert.equal((await store.read.selectFrom('recovery_question').selectAll().execute()).length, 1)
  },
)
