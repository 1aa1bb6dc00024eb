/** Forms of the console that were made up: stale, with odd versions, with more than they ask for, without the password. */
import assert from 'node:assert/strict'
import { createNews } from '../../src/helpdesk/news/store.ts'
import { makeLink } from '../../src/mail/links.ts'
import { createDraft } from '../../src/terms/drafts.ts'
import { publishTerms } from '../../src/terms/store.ts'
import { eachEngine } from '../support/database/store.ts'
import type { Fields } from '../support/http/client.ts'
import { type Caller, type Desk, openDesk } from '../support/people/desk.ts'

const hour = 3_600_000
const said = { reason: 'Called and asked.', identified: 'call-back' }
const oddVersions = [
  '',
  'x',
  '-1',
  '1.0',
  '1e0',
  '0x1',
  ' 1',
  'NaN',
  'Infinity',
  '1e400',
  '99999999999999999999',
  '１',
]

const accounts = ({ store: { read } }: Desk) => read.selectFrom('account').selectAll().orderBy('id').execute()

eachEngine('a form with a forged version counts as out of date', async open => {
  const desk = await openDesk(await open())
  const { helpdesk, administrator } = desk.callers
  const before = await accounts(desk)
  const person = `/helpdesk/people/${desk.inside}`
  const place = `/helpdesk/organizations/${desk.ownOrganization}`
  for (const version of oddVersions) {
    const fields = {
      ...said,
      version,
      date: '2027-01-31',
      time: '17:00',
      name: 'Other',
      value: '10',
      step: 'sure',
    }
    for (const [who, address] of [
      [helpdesk, `${person}/training/confirm`],
      [helpdesk, `${person}/deactivate`],
      [administrator, `${person}/role`],
      [administrator, `${place}/edit`],
      [administrator, `${place}/retire`],
      [administrator, '/helpdesk/policy/dormantDays'],
    ] as const) {
      const { status } = await who.post(address, { role: 'helpdesk', ...fields })
      assert.ok(status === 409 || status === 422, `${address} ${version}: ${status}`)
    }
    assert.equal(
      (await helpdesk.post('/helpdesk/sheets', { ...said, person: `${desk.inside}:${version}` })).status,
      422,
    )
  }
  assert.deepEqual(await accounts(desk), before)
})

/** What each form of the console that is dangerous would be sent with. */
async function dangerousForms(desk: Desk): Promise<readonly (readonly [address: string, fields: object])[]> {
  const now = desk.clock.now()
  const { draft, planned } = await desk.store.write(async tx => ({
    planned: await publishTerms(tx, { text: 'Be kind.', effectiveAt: now + hour, by: 'system', now }),
    draft: await createDraft(tx, { text: 'Keep it safe.', by: desk.callers.administrator.id, now }),
  }))
  const person = `/helpdesk/people/${desk.inside}`
  const agent = `/helpdesk/people/${desk.callers.helpdesk.id}`
  const details = { firstName: 'Eve', lastName: 'Eve', email: 'eve@example.org' }
  const all = { ...said, version: '1' }
  return [
    [`${person}/temporary-password`, all],
    [`${person}/mail-link`, all],
    [`${person}/reset-two-step`, all],
    [`${person}/remove-way`, { ...all, way: 'card-1' }],
    ['/helpdesk/policy/two-step-duties', { ...all, who: 'role user', from: '2027-01-15', step: 'sure' }],
    [`${person}/reset-question`, all],
    [`${person}/details`, { ...all, ...details }],
    [`${person}/access`, { ...all, organization: desk.otherOrganization }],
    [`${person}/role`, { ...all, role: 'administrator' }],
    [`${agent}/scope`, { ...all, limited: 'yes', limitTo: desk.ownOrganization }],
    ['/helpdesk/sheets', { ...all, person: `${desk.inside}:1` }],
    ['/helpdesk/import/check', { file: '0' }],
    ['/helpdesk/reports/people', { ...all, form: 'csv' }],
    ['/helpdesk/reports/acceptances', { ...all, form: 'csv' }],
    ['/helpdesk/reports/audit', { ...all, form: 'csv' }],
    ['/helpdesk/reports/access', { ...all, from: '2026-01-15', form: 'csv' }],
    ['/helpdesk/reports/ended', { ...all, from: '2026-01-15', to: '2026-01-15', form: 'csv' }],
    ['/helpdesk/policy/twoStep', { ...all, version: '0', value: 'off', step: 'sure' }],
    ['/helpdesk/policy/securityQuestion', { ...all, version: '0', value: 'off', step: 'sure' }],
    ['/helpdesk/policy/trainingGate', { ...all, version: '1', value: 'off', step: 'sure' }],
    ['/helpdesk/policy/sessionHours', { ...all, version: '1', value: '24', step: 'sure' }],
    ['/helpdesk/policy/helpdeskPhone', { ...all, version: '0', value: '555 0100', step: 'sure' }],
    ['/helpdesk/policy/helpdeskEmail', { ...all, version: '0', value: 'eve@evil.example', step: 'sure' }],
    [`${person}/deactivate`, all],
    [`${person}/lock-down`, all],
    [`${person}/reactivate`, all],
    [`${person}/suspend`, { ...all, date: '2027-01-31', time: '06:00' }],
    [`${person}/schedule-leaving`, { ...all, date: '2027-01-31', time: '06:00' }],
    [`/helpdesk/organizations/${desk.ownOrganization}/retire`, all],
    [`/helpdesk/organizations/${desk.ownOrganization}/bring-back`, all],
    [`/helpdesk/terms/drafts/${draft}/publish`, { ...all, date: '2027-01-31', time: '06:00', step: 'sure' }],
    [`/helpdesk/terms/versions/${planned.number}/cancel`, { ...said, version: planned.id }],
  ]
}

eachEngine('a stolen session alone cannot use any dangerous form of the console', async open => {
  const desk = await openDesk(await open())
  const forms = await dangerousForms(desk)
  const before = await accounts(desk)
  const refuse = async (who: Caller, when: string) => {
    for (const [address, fields] of forms) {
      const answer = await who.post(address, { ...fields })
      assert.equal(answer.status, 403, `${when}: ${address}`)
      assert.match(await answer.text(), /type="password"/, `${when}: ${address}`)
    }
  }
  await refuse(await desk.signIn(desk.callers.administrator.id, false), 'never asked')
  const asked = await desk.signIn(desk.callers.administrator.id)
  desk.clock.advance(10 * 60_000)
  await refuse(asked, 'asked ten minutes ago')
  assert.deepEqual(await accounts(desk), before)
  const { read } = desk.store
  assert.equal((await read.selectFrom('helpdesk_scope').selectAll().execute()).length, 1)
  assert.deepEqual(
    (await read.selectFrom('policy').select('overrides').execute()).map(({ overrides }) => overrides),
    ['{}'],
  )
  const terms = await read.selectFrom('terms_version').select(['number', 'cancelled_at']).execute()
  assert.deepEqual(
    terms.map(({ cancelled_at }) => cancelled_at),
    [null],
  )
})

/** What a sign-in of the last minutes may send as well, and an older one only with the password. */
async function guardedForms(desk: Desk): Promise<readonly (readonly [address: string, fields: Fields])[]> {
  const { services, store, clock, inside } = desk
  const author = { actor: desk.callers.administrator.id, role: 'administrator' as const }
  const content = { title: 'Open house', text: 'Come in.', shownFrom: 1, shownUntil: null }
  const news = await store.write(tx => createNews(services, tx, author, content, clock.now()))
  const eve = { firstName: 'Eve', lastName: 'Evil', email: 'eve@evil.example', username: 'eevil' }
  const said = {
    title: 'Call us',
    text: 'Have your password ready: 555 0100.',
    reason: 'Asked.',
    version: '1',
  }
  return [
    ['/helpdesk/people/new', eve],
    ['/helpdesk/people/new/create', eve],
    ['/helpdesk/people/new/create', { ...eve, how: 'mail' }],
    ['/helpdesk/news/new', said],
    [`/helpdesk/news/${news}/edit`, said],
    [`/helpdesk/news/${news}/remove`, said],
    [`/helpdesk/people/${inside}/training/confirm`, said],
    [`/helpdesk/people/${inside}/unlock`, said],
    ['/helpdesk/policy/siteBanner', { value: 'Call 555 0100', version: '1' }],
    ['/helpdesk/policy/trainingGate', { value: 'required', version: '1' }],
    ['/helpdesk/policy/agencyLogo', { default: 'yes', version: '1' }],
  ]
}

eachEngine(
  'a stolen session that is some minutes old makes no account, posts no news and unlocks nobody',
  async open => {
    const desk = await openDesk(await open())
    const { read } = desk.store
    const forms = await guardedForms(desk)
    const stolen = await desk.signIn(desk.callers.administrator.id, false)
    desk.clock.advance(10 * 60_000)
    const state = async () =>
      JSON.stringify([
        await accounts(desk),
        await read.selectFrom('news').selectAll().execute(),
        await read.selectFrom('policy').selectAll().execute(),
      ])
    const before = await state()
    for (const [address, fields] of forms) {
      const answer = await stolen.post(address, fields)
      assert.equal(answer.status, 403, address)
      assert.match(await answer.text(), /type="password"/, address)
    }
    assert.match(await (await stolen.get('/helpdesk/people/new')).text(), /type="password"/)
    assert.equal(await state(), before)
  },
)

eachEngine('an agent who has just signed in is not asked for the password again', async open => {
  const desk = await openDesk(await open())
  const agent = await desk.signIn(desk.callers.administrator.id, false)
  desk.clock.advance(10 * 60_000 - 1)
  for (const [address, fields] of await guardedForms(desk))
    assert.notEqual((await agent.post(address, fields)).status, 403, address)
  assert.ok((await accounts(desk)).some(({ username }) => username === 'eevil'))
})

eachEngine('the gate in front of a form has the form in it, and no token or password of it', async open => {
  const desk = await openDesk(await open())
  const agent = await desk.signIn(desk.callers.helpdesk.id, false)
  desk.clock.advance(10 * 60_000)
  const page = `/helpdesk/people/${desk.inside}/training`
  const gate = await agent.post(`${page}/confirm`, { reason: 'Saw the paper.', version: '1' })
  const text = await gate.text()
  assert.match(text, new RegExp(`action="${page}/confirm"`))
  assert.match(text, /name="reason" value="Saw the paper\."/)
  assert.equal(text.match(/name="csrf"/g)?.length, text.match(/<form [^>]*method="post"/g)?.length)
  assert.doesNotMatch(text, /name="gatePassword"[^>]*value/)
})

eachEngine('a file cannot go through the gate: its page is asked for again', async open => {
  const desk = await openDesk(await open())
  const chief = await desk.signIn(desk.callers.administrator.id, false)
  desk.clock.advance(10 * 60_000)
  const gate = await (await chief.upload('/helpdesk/policy/agencyLogo', 'logo.png', 'x')).text()
  assert.match(gate, /action="\/security"[\s\S]*name="to" value="\/helpdesk\/policy\/agencyLogo"/)
  assert.doesNotMatch(gate, /name="gatePassword"/)
})

eachEngine('extra fields in a form (role, limit, state, id, epoch) are ignored', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  const extra = {
    ...{
      role: 'administrator',
      id: desk.callers.administrator.id,
      epoch: '9',
      is_temporary: '0',
      created_by: 'x',
    },
    ...{
      password: 'Chosen by me 7!',
      temporaryPassword: 'Chosen by me 7!',
      limited: 'no',
      username: 'root',
    },
  }
  const details = { firstName: 'Ines', lastName: 'Lee', email: 'ines@example.org' }
  const person = `/helpdesk/people/${desk.inside}`
  assert.equal(
    (await helpdesk.post(`${person}/details`, { ...said, version: '1', ...details, ...extra })).status,
    303,
  )
  const made = await helpdesk.post('/helpdesk/people/new/create', {
    ...{ ...extra, firstName: 'New', lastName: 'Person', email: 'new@example.org', username: 'newp' },
    ...{ organization: desk.ownOrganization, workgroup: '' },
  })
  assert.equal(made.status, 200)
  assert.ok(!(await made.text()).includes('Chosen by me'))
  const rows = await desk.store.read
    .selectFrom('account')
    .select(['username', 'role', 'epoch'])
    .where('username', 'in', ['ines', 'newp', 'root'])
    .orderBy('username')
    .execute()
  assert.deepEqual(
    rows.map(({ username, role, epoch }) => [username, role, epoch]),
    [
      ['ines', 'user', 2],
      ['newp', 'user', 1],
    ],
  )
  assert.equal((await desk.store.read.selectFrom('credential').select('account_id').execute()).length, 2)
})

eachEngine(
  'an email address that only looks like the old one is a change: the old address is told and its links die',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk } = desk.callers
    const id = await desk.add({ username: 'kim', firstName: 'Kim', email: 'kim@work.example' })
    await desk.store.write(tx =>
      makeLink(tx, { kind: 'reset', accountId: id, epoch: 1, now: desk.clock.now(), lifetime: hour }),
    )
    const details = { firstName: 'Kim', lastName: 'Lee', email: 'kim@wor\uff4b.example' }
    assert.equal(
      (await helpdesk.post(`/helpdesk/people/${id}/details`, { ...said, version: '1', ...details })).status,
      303,
    )
    const { read } = desk.store
    assert.deepEqual(
      await read.selectFrom('one_time_link').select('kind').where('kind', '=', 'reset').execute(),
      [],
    )
    const mails = await read
      .selectFrom('mail')
      .select(['recipient', 'kind'])
      .where('account_id', '=', id)
      .execute()
    assert.deepEqual(
      mails.map(({ recipient }) => recipient),
      ['kim@work.example'],
    )
  },
)

eachEngine('a version of the terms can be cancelled only at its own address', async open => {
  const desk = await openDesk(await open())
  const now = desk.clock.now()
  const [first, second] = await desk.store.write(
    async tx =>
      [
        await publishTerms(tx, { text: 'Be kind.', effectiveAt: now + hour, by: 'system', now }),
        await publishTerms(tx, { text: 'Be kinder.', effectiveAt: now + 2 * hour, by: 'system', now }),
      ] as const,
  )
  const cancel = (number: number, version: string) =>
    desk.callers.administrator.post(`/helpdesk/terms/versions/${number}/cancel`, {
      reason: 'Wrong.',
      version,
    })
  for (const version of [second.id, '', '0', second.id.toUpperCase()])
    assert.equal((await cancel(first.number, version)).status, 422, version)
  const rows = await desk.store.read.selectFrom('terms_version').select('cancelled_at').execute()
  assert.deepEqual(
    rows.map(({ cancelled_at }) => cancelled_at),
    [null, null],
  )
  assert.equal((await cancel(second.number, second.id)).status, 303)
})
