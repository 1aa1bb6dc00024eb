/** What the console's pages of policy and places do, from the command line: the same rules, the same records. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstSignInByClient } from '../journeys/guide.ts'
import { commandOf } from '../support/process/command.ts'
import { startLintel } from '../support/process/process.ts'

test('policy, organizations, workgroups and courses are listed, made and set beside a running Lintel', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const admin = await firstSignInByClient(lintel)
  const lintelDoes = commandOf(lintel)
  const does = async (...words: readonly string[]) => {
    const said = await lintelDoes(...words)
    assert.equal(said.code, 0, said.err)
    return said.out
  }
  const refuses = async (what: RegExp, ...words: readonly string[]) => {
    const { code, err } = await lintelDoes(...words)
    assert.notEqual(code, 0)
    assert.match(err, what)
  }
  await does('policy', 'set', 'siteName', 'Harbor HMIS')
  assert.match((await admin.get('/')).text, /Harbor HMIS/, 'from the next request on')
  assert.match(await does('policy', 'list'), /^\* siteName +Harbor HMIS$/m)
  await refuses(/Enter an allowed value: 6 to 60 minutes/, 'policy', 'set', 'idleMinutes', '600')
  await refuses(/already the value/, 'policy', 'set', 'siteName', 'Harbor HMIS')
  await refuses(/There is no policy "nothing"/, 'policy', 'set', 'nothing', '1')
  await refuses(/Enter a reason/, 'policy', 'set', 'twoStep', 'required')
  await refuses(
    /concerns 1 active people[\s\S]*add --sure/,
    'policy',
    'set',
    'twoStep',
    'required',
    '--reason',
    'x',
  )
  const sure = ['--reason', 'The board has decided', '--sure']
  assert.match(
    await does('policy', 'set', 'twoStep', 'required', ...sure),
    /twoStep is required\. It was optional/,
  )

  await does('organization', 'create', 'Harbor House', '--key', 'harbor-house')
  await refuses(/already used/, 'organization', 'create', 'HARBOR  HOUSE')
  await refuses(/small letters/, 'organization', 'create', 'Other', '--key', 'No Key')
  await does('organization', 'set', 'harbor house', '--name', 'Harbor Home', '--purpose', 'Beds')
  await does('organization', 'set', 'Harbor Home', '--retire')
  await refuses(/already retired/, 'organization', 'set', 'Harbor Home', '--retire')
  assert.match(await does('organization', 'list'), /^Harbor Home\tharbor-house\tretired$/m)
  await refuses(/either what to change/, 'organization', 'set', 'Harbor Home')
  await refuses(/no organization named "None"/, 'organization', 'set', 'None', '--retire')

  await does('workgroup', 'create', 'Shelter', '--given-by', 'helpdesk')
  await refuses(/--given-by is helpdesk or administrators/, 'workgroup', 'set', 'Shelter', '--given-by', 'x')
  await does('workgroup', 'set', 'Shelter', '--purpose', 'Intake')
  const [shelter] = JSON.parse(await does('workgroup', 'list', '--json')).filter(
    (place: { name: string }) => place.name === 'Shelter',
  )
  assert.equal(shelter.purpose, 'Intake')

  await does('course', 'add', 'Privacy  basics', '--number', '7')
  await refuses(/Another active course/, 'course', 'add', 'Privacy', '--number', '7')
  await refuses(/no open workgroup named "None"/, 'course', 'set', '7', '--workgroup', 'None')
  await does('course', 'set', '7', '--workgroup', 'shelter', '--number', '9')
  await does('course', 'set', '9', '--retire')
  await refuses(/already retired/, 'course', 'set', '9', '--retire')
  assert.equal(await does('course', 'list'), '9\tPrivacy basics\tretired\tShelter\n')
  await refuses(/no course with the number "7"/, 'course', 'set', '7', '--everyone')

  const log = (await does('audit', 'export', '--json'))
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const mine = log.filter(
    ({ actor, event }) => actor.startsWith('operator:') && /^sensitive_(?:cr|upd)/.test(event),
  )
  assert.deepEqual(
    mine.map(({ args }) => [args.what, args.change ?? args.name]),
    [
      ['policy', 'siteName'],
      ['policy', 'twoStep'],
      ['organization', 'Harbor House'],
      ['organization', 'edited'],
      ['organization', 'retired'],
      ['workgroup', 'Shelter'],
      ['workgroup', 'edited'],
      ['course', 'Privacy basics'],
      ['course', 'edited'],
      ['course', 'retired'],
    ],
  )
  assert.equal(mine[1].args.reason, 'The board has decided')
})
