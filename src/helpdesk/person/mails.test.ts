import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Desk, openDesk } from '../../../test/support/people/desk.ts'
import type { MailState } from '../../store/schema.ts'

async function putMail(
  desk: Desk,
  kind: string,
  state: MailState,
  accountId = desk.inside,
  at = desk.clock.now(),
) {
  await desk.store.writeOne(db =>
    db
      .insertInto('mail')
      .values({
        id: `${kind} ${state} ${at}`,
        account_id: accountId,
        kind,
        recipient: 'amina@example.org',
        subject: `About ${kind}`,
        body_sealed: null,
        state,
        tries: 1,
        next_try_at: at + 1_000,
        created_at: at,
        sent_at: state === 'sent' ? at : null,
        last_error: state === 'sent' ? null : 'EENVELOPE 550',
        server_said: state === 'sent' ? null : '550 5.1.1 <amina> unknown here',
      })
      .execute(),
  )
}

eachEngine(
  'a message that was refused stands with the server’s words, what to do, and a way to send it again',
  async open => {
    const desk = await openDesk(await open())
    const path = `/helpdesk/people/${desk.inside}`
    const page = async () => (await desk.callers.helpdesk.get(path)).text()
    for (const kind of ['welcome', 'reset', 'suspended']) await putMail(desk, kind, 'refused')
    const shown = await page()
    assert.match(shown, /The mail server said: 550 5\.1\.1 &lt;amina&gt; unknown here/)
    assert.match(shown, /refuses the sender or the address/)
    assert.match(shown, new RegExp(`<a href="${path}/mail-link">Send again</a>`))
    assert.match(shown, /They can use Forgot password once more/)
    assert.match(shown, /Tell the person what it was about/)
    await desk.store.writeOne(db =>
      db
        .insertInto('credential')
        .values({
          account_id: desk.inside,
          encoded: 'x',
          pepper_id: 'x',
          is_temporary: 0,
          expires_at: null,
          set_at: 1,
        })
        .execute(),
    )
    assert.doesNotMatch(await page(), /Send again/, 'who has a password of their own needs no such link')
  },
)

eachEngine(
  'the front page says that the mail server does not respond, to who looks after everyone',
  async open => {
    const desk = await openDesk(await open())
    const front = async (who: 'helpdesk' | 'scoped') => (await desk.callers[who].get('/helpdesk')).text()
    assert.doesNotMatch(await front('helpdesk'), /mail server is not responding/)
    await putMail(desk, 'welcome', 'waiting')
    assert.match(
      await front('helpdesk'),
      /mail server is not responding[\s\S]*1 message is waiting\. It said: 550/,
    )
    assert.doesNotMatch(await front('scoped'), /mail server is not responding/)
    await putMail(desk, 'welcome', 'sent', desk.inside, desk.clock.now() + 1)
    assert.doesNotMatch(await front('helpdesk'), /mail server is not responding/)
  },
)

eachEngine(
  'an administrator sends a test message to themselves, one at a time; nobody else may',
  async open => {
    const desk = await openDesk(await open())
    const { administrator, helpdesk } = desk.callers
    await desk.store.writeOne(db =>
      db
        .updateTable('account')
        .set({ email: 'chief@example.org', email_key: 'chief@example.org' })
        .where('id', '=', administrator.id)
        .execute(),
    )
    const path = '/helpdesk/policy/test-message'
    assert.equal((await helpdesk.post(path)).status, 403)
    assert.equal((await administrator.post(path)).headers.get('location'), '/helpdesk/policy')
    await administrator.post(path)
    const mails = await desk.store.read
      .selectFrom('mail')
      .select(['kind', 'recipient', 'account_id'])
      .execute()
    assert.deepEqual(
      mails.map(({ kind, recipient, account_id }) => [kind, recipient, account_id]),
      [['test-message', 'chief@example.org', administrator.id]],
    )
  },
)
