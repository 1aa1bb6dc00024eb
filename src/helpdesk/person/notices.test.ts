import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Desk, openDesk } from '../../../test/support/people/desk.ts'
import { sealContext } from '../../mail/queue.ts'

const said = { reason: 'Told only to the log.', identified: 'in-person' }

interface Told {
  readonly kind: string
  readonly recipient: string
  readonly text: string
}

async function mailsOf({ store, services }: Desk): Promise<readonly Told[]> {
  const rows = await store.read.selectFrom('mail').selectAll().orderBy('created_at').execute()
  return rows.map(({ id, kind, recipient, body_sealed }) => ({
    kind,
    recipient,
    text: (
      JSON.parse(services.keyring.open(body_sealed ?? '', sealContext(id)) ?? '{}') as { text: string }
    ).text.replaceAll(/\s+/g, ' '),
  }))
}

const names = { firstName: 'Ines', lastName: 'Lee' }

/** The parts of each verb besides a reason, whether the mail has a way back, and what it says. */
const verbs = [
  ['access', {}, false, /organizations or workgroups .* were changed/],
  ['schedule-leaving', { date: '2027-03-01', time: '17:00' }, false, /will close on Mar 1, 2027.* 5:00/],
  ['reactivate', {}, false, /is active again/],
  ['suspend', { date: '2027-03-01', time: '17:00' }, false, /suspended until Mar 1, 2027.* 5:00/],
  ['role', { role: 'helpdesk', limited: 'no' }, false, /role .* was changed/],
  ['temporary-password', {}, true, /set a temporary password/],
  ['details', { ...names, email: 'new@example.org' }, true, /email you at the new address/],
  [
    'details',
    { ...names, email: 'new@example.org', workPhone: '612-555-0100', supervisor: 'Ann Lee' },
    true,
    /changed this in the record of your account .*: work phone and supervisor\./,
  ],
  ['lock-down', {}, false, /locked down your account/],
  ['deactivate', {}, false, /was deactivated/],
] as const

eachEngine('what the helpdesk does is told by mail: when, what, and whom to call', async open => {
  const desk = await openDesk(await open())
  const { administrator } = desk.callers
  let told = 0
  for (const [verb, fields, hasWayBack, what] of verbs) {
    desk.clock.advance(1_000)
    const { version } = await desk.store.read
      .selectFrom('account')
      .select('version')
      .where('id', '=', desk.inside)
      .executeTakeFirstOrThrow()
    const answer = await administrator.post(`/helpdesk/people/${desk.inside}/${verb}`, {
      ...said,
      version: String(version),
      ...fields,
    })
    assert.ok([200, 303].includes(answer.status), `${verb}: ${answer.status}`)
    const mails = await mailsOf(desk)
    assert.equal(mails.length, ++told, verb)
    const mail = mails.at(-1)
    assert.match(mail?.text ?? '', what)
    assert.match(mail?.text ?? '', /When: Jan 15, 2026/)
    assert.match(mail?.text ?? '', /HMIS Helpdesk/)
    assert.doesNotMatch(mail?.text ?? '', /Told only to the log|chief|127\.0\.0\.1/)
    assert.equal(/\/not-me\//.test(mail?.text ?? ''), hasWayBack, verb)
    assert.equal(mail?.recipient, told > 7 ? 'new@example.org' : 'maria@example.org', verb)
  }
})

eachEngine('a verb that is refused tells nobody, and nobody is written to without an address', async open => {
  const desk = await openDesk(await open())
  const { administrator } = desk.callers
  const path = `/helpdesk/people/${desk.inside}/suspend`
  const past = { ...said, version: '1', date: '2020-01-01', time: '17:00' }
  assert.equal((await administrator.post(path, past)).status, 422)
  await desk.store.writeOne(db =>
    db.updateTable('account').set({ email: '', email_key: '' }).where('id', '=', desk.outside).execute(),
  )
  const deactivated = await administrator.post(`/helpdesk/people/${desk.outside}/deactivate`, {
    ...said,
    version: '1',
  })
  assert.equal(deactivated.status, 303)
  assert.deepEqual(await mailsOf(desk), [])
})
