import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachEngine } from '../../../test/support/database/store.ts'
import { openDesk } from '../../../test/support/people/desk.ts'
import { sendsMail } from '../../administration/welcome.ts'

const said = { reason: 'New at the shelter.', identified: 'supervisor', version: '1' }

eachEngine('a link is mailed from a person’s page, until they have a password of their own', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  const path = `/helpdesk/people/${desk.inside}`
  assert.match(await (await helpdesk.get(path)).text(), /Email a link/)
  const stale = await desk.signIn(helpdesk.id, false)
  assert.equal((await stale.post(`${path}/mail-link`, said)).status, 403)
  const answer = await helpdesk.post(`${path}/mail-link`, said)
  assert.equal(answer.headers.get('location'), path)
  assert.equal((await helpdesk.post(`${path}/mail-link`, said)).status, 422, 'the form is stale')
  const mails = await desk.store.read.selectFrom('mail').select('kind').execute()
  assert.deepEqual(
    mails.map(({ kind }) => kind),
    ['welcome'],
  )
  await desk.store.writeOne(db =>
    db.updateTable('credential').set({ is_temporary: 0, expires_at: null }).execute(),
  )
  assert.doesNotMatch(await (await helpdesk.get(path)).text(), /Email a link/)
})

test('an https site sends mail only with a mail server; on one’s own machine the outbox takes it', () => {
  const mailServer = 'smtps://mail.example.org'
  assert.equal(sendsMail({ SMTP_URL: undefined, https: true }), false)
  assert.equal(sendsMail({ SMTP_URL: mailServer, https: true }), true)
  assert.equal(sendsMail({ SMTP_URL: undefined, https: false }), true)
})
