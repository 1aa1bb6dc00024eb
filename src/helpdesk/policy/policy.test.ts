import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Desk, openDesk } from '../../../test/support/people/desk.ts'
import { readPolicy, readPolicyState } from '../../policy/policy.ts'

const reason = 'Decided by the steering committee.'

const versionNow = async (desk: Desk) => String((await readPolicyState(desk.store)).version)

const post = async (desk: Desk, name: string, fields: Readonly<Record<string, string>>) =>
  desk.callers.administrator.post(`/helpdesk/policy/${name}`, {
    version: await versionNow(desk),
    seen: String(desk.clock.now()),
    ...fields,
  })

const policyRecords = async (desk: Desk) =>
  (await desk.events())
    .filter(({ event }) => event === 'sensitive_update')
    .map(({ args }) => JSON.parse(args) as Readonly<Record<string, unknown>>)

eachEngine('a change holds at the next request and is recorded with before and after', async open => {
  const desk = await openDesk(await open())
  const answer = await post(desk, 'siteName', { value: 'Ramsey County HMIS' })
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/helpdesk/policy'])
  const page = await (await desk.callers.user.get('/')).text()
  assert.match(page, /Ramsey County HMIS/)
  assert.deepEqual(await policyRecords(desk), [
    { what: 'policy', name: 'siteName', before: 'Minnesota HMIS', after: 'Ramsey County HMIS' },
  ])
  const shown = await (await desk.callers.administrator.get('/helpdesk/policy')).text()
  assert.match(shown, /<td[^>]*>Minnesota HMIS<\/td><td[^>]*>Ramsey County HMIS<\/td><td[^>]*>chief Agent/)
})

eachEngine('a form that came too late is refused with what changed, and keeps what was typed', async open => {
  const desk = await openDesk(await open())
  const version = await versionNow(desk)
  assert.equal((await post(desk, 'idleMinutes', { value: '20', reason: 'Shared desks.' })).status, 303)
  const late = await post(desk, 'sessionHours', { version, value: '8' })
  assert.equal(late.status, 422)
  const page = await late.text()
  assert.match(page, /Someone else changed the policy/)
  assert.match(page, /Sign out after inactivity, from 30 minutes to 20 minutes/)
  assert.match(page, /name="value"[^>]* value="8"/)
  assert.equal((await readPolicy(desk.store)).sessionHours, 12)
  for (const wrong of ['', 'x', '-1', '99999999999'])
    assert.equal((await post(desk, 'sessionHours', { version: wrong, value: '8' })).status, 422)
})

eachEngine('a dangerous change needs the password again, a reason and a second look', async open => {
  const desk = await openDesk(await open())
  const { administrator } = desk.callers
  const stale = await desk.signIn(administrator.id, false)
  const fields = { version: await versionNow(desk), value: 'required', reason }
  assert.match(await (await stale.get('/helpdesk/policy/twoStep')).text(), /name="password"/)
  assert.equal((await stale.post('/helpdesk/policy/twoStep', { ...fields, step: 'sure' })).status, 403)
  assert.equal((await post(desk, 'twoStep', { value: 'required', step: 'sure' })).status, 422)
  const look = await post(desk, 'twoStep', { value: 'required', reason })
  assert.equal(look.status, 200)
  const page = await look.text()
  assert.match(page, /7 active people have not set up 2-step verification/)
  assert.match(page, /<dt>Now<\/dt><dd[^>]*>Optional<\/dd>/)
  assert.match(page, /<dt>New<\/dt><dd[^>]*>Required<\/dd>/)
  assert.equal((await readPolicy(desk.store)).twoStep, 'optional')
  assert.deepEqual(await policyRecords(desk), [])
  assert.equal((await post(desk, 'twoStep', { value: 'required', reason, step: 'sure' })).status, 303)
  assert.deepEqual(await policyRecords(desk), [
    { what: 'policy', name: 'twoStep', before: 'optional', after: 'required', reason },
  ])
  const next = await desk.callers.administrator.get('/helpdesk/policy')
  assert.equal(next.headers.get('location'), '/sign-in/two-step', 'it holds for who changed it, too')
})

/** Changes that weaken a lock; each value with the one from which it is weaker. */
const weakening: Readonly<Record<string, readonly [before: unknown, weaker: string]>> = {
  twoStepGraceDays: [7, '90'],
  reauthenticationMinutes: [10, '30'],
  resetLinkMinutes: [15, '1440'],
  sessionHours: [12, '24'],
  sessionsPerPerson: [1, '5'],
  signInNotice: [true, 'off'],
  trainingGate: ['warn', 'off'],
  passkeys: ['second-step', 'sign-in'],
  ownComputerDays: [0, '30'],
  codeCards: ['off', 'everyone'],
  passwordHistory: [4, '0'],
}

eachEngine(
  'a change that weakens a lock needs the password again, a reason and a second look; back again needs none',
  async open => {
    const desk = await openDesk(await open())
    const start = JSON.stringify({ signInNotice: true })
    await desk.store.writeOne(db => db.updateTable('policy').set({ overrides: start }).execute())
    const overrides = async () =>
      (await desk.store.read.selectFrom('policy').select('overrides').execute())[0]
    const { administrator } = desk.callers
    const { length } = await policyRecords(desk)
    for (const [name, [before, value]] of Object.entries(weakening)) {
      const signedIn = await desk.signIn(administrator.id, false)
      const path = `/helpdesk/policy/${name}`
      const version = await versionNow(desk)
      const held = await overrides()
      const sent = await signedIn.post(path, { version, value, reason, step: 'sure' })
      assert.equal(sent.status, 403, name)
      assert.match(await sent.text(), /type="password"/, name)
      const noReason = await post(desk, name, { value, step: 'sure' })
      assert.equal(noReason.status, 422, name)
      assert.match(await noReason.text(), /Enter a reason/, name)
      const look = await post(desk, name, { value, reason })
      assert.equal(look.status, 200, name)
      assert.match(await look.text(), /The new value is less secure than the one you have now/, name)
      assert.deepEqual(await overrides(), held, name)
      assert.equal((await post(desk, name, { value, reason, step: 'sure' })).status, 303, name)
      const stronger = typeof before === 'boolean' ? (before ? 'on' : 'off') : String(before)
      const back = await desk.signIn(administrator.id, false)
      const again = await back.post(path, { version: await versionNow(desk), value: stronger })
      assert.equal(again.status, 303, `${name} back to ${stronger}`)
      assert.deepEqual(await overrides(), held, name)
    }
    assert.equal((await policyRecords(desk)).length, length + 2 * Object.keys(weakening).length)
  },
)

eachEngine('a default that is weaker than the value is no way around the second look', async open => {
  const desk = await openDesk(await open())
  assert.equal((await post(desk, 'idleMinutes', { value: '20' })).status, 303)
  const version = await versionNow(desk)
  const signedIn = await desk.signIn(desk.callers.administrator.id, false)
  const fields = { version, value: '10', default: 'yes', reason, step: 'sure' }
  assert.equal((await signedIn.post('/helpdesk/policy/idleMinutes', fields)).status, 403)
  const noReason = await post(desk, 'idleMinutes', { value: '10', default: 'yes' })
  assert.equal(noReason.status, 422)
  assert.match(await noReason.text(), /name="value"[^>]* value="30"/, 'the default is what was asked for')
  assert.equal((await readPolicy(desk.store)).idleMinutes, 20)
})

eachEngine(
  'what is out of range, unchanged or against another value is refused and changes nothing',
  async open => {
    const desk = await openDesk(await open())
    const cases: readonly (readonly [string, string, RegExp])[] = [
      ['idleMinutes', '61', /Enter an allowed value: 6 to 60 minutes/],
      ['idleMinutes', '30', /This is already the value/],
      ['helpdeskEmail', '', /People need a way to reach the helpdesk/],
      ['doorColor', '#767676', /contrast is 3\.9 to 1, and they need at least 4\.5 to 1/],
      ['timeZone', 'Mars/Olympus', /Enter an allowed value/],
    ]
    for (const [name, value, wanted] of cases) {
      const answer = await post(desk, name, { value })
      assert.equal(answer.status, 422, name)
      assert.match(await answer.text(), wanted)
    }
    assert.equal((await desk.callers.administrator.get('/helpdesk/policy/__proto__')).status, 404)
    assert.equal((await post(desk, 'constructor', { value: '1' })).status, 404)
    assert.equal(await versionNow(desk), '1')
    assert.deepEqual(await policyRecords(desk), [])
  },
)

eachEngine('back to the default is one button', async open => {
  const desk = await openDesk(await open())
  assert.doesNotMatch(
    await (await desk.callers.administrator.get('/helpdesk/policy/dormancyNoticeDays')).text(),
    /Back to default/,
  )
  await post(desk, 'dormancyNoticeDays', { value: '20' })
  assert.match(
    await (await desk.callers.administrator.get('/helpdesk/policy/dormancyNoticeDays')).text(),
    /Back to default/,
  )
  await post(desk, 'dormancyNoticeDays', { value: '25', default: 'yes' })
  const { policy, changed } = await readPolicyState(desk.store)
  assert.deepEqual([policy.dormancyNoticeDays, changed.size], [10, 0])
})

eachEngine(
  'of 10 who change the policy that they all saw, one is right and one record is kept',
  async open => {
    const desk = await openDesk(await open())
    const version = await versionNow(desk)
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => post(desk, 'sessionHours', { version, value: String(at + 1) })),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [
      303,
      ...Array.from({ length: 9 }, () => 422),
    ])
    assert.equal((await policyRecords(desk)).length, 1)
  },
)
