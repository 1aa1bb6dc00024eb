import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { openDesk } from '../../../test/support/people/desk.ts'
import { openHasher } from '../../services.ts'
import { agentCredentialShare, agentLookupShare } from '../../throttle/rules.ts'

const window = agentCredentialShare.window

eachEngine(
  'an agent puts aside 30 credentials in ten minutes; then the administrators are told, once',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk, administrator } = desk.callers
    const details = (n: number) => ({
      reason: 'Moved.',
      identified: 'in-person',
      version: String(n),
      firstName: 'Ines',
      lastName: `Lee ${'i'.repeat(n)}`,
      email: `ines${n}@example.org`,
    })
    const path = `/helpdesk/people/${desk.inside}/details`
    for (let n = 1; n <= agentCredentialShare.most; n++)
      assert.equal((await helpdesk.post(path, details(n))).status, 303, String(n))
    for (let n = 0; n < 3; n++) {
      const refused = await helpdesk.post(path, details(31))
      assert.equal(refused.status, 429)
      assert.equal(refused.headers.get('retry-after'), String(window / 1_000))
      const page = await refused.text()
      assert.match(page, /Nothing was done\. You did this 30 times/)
      assert.match(page, /ines31@example\.org/, 'what was typed stays')
    }
    const create = { firstName: 'New', lastName: 'Person', username: 'newp', email: 'n@example.org' }
    const places = { organization: desk.ownOrganization, workgroup: '', confirm: 'yes' }
    assert.equal((await helpdesk.post('/helpdesk/people/new/create', { ...create, ...places })).status, 429)
    const incidents = await desk.store.read.selectFrom('incident').select(['account_id', 'kind']).execute()
    assert.deepEqual(
      incidents.map(({ account_id, kind }) => [account_id, kind]),
      [[helpdesk.id, 'agent-limit']],
    )
    const logged = (await desk.events()).filter(({ event }) => event === 'excess_rate_limit_exceeded')
    assert.equal(logged.length, 1)
    assert.match(
      await (await administrator.get(`/helpdesk/people/${helpdesk.id}`)).text(),
      /unusually large number of changes in ten minutes/,
    )
    const other = await administrator.post(`/helpdesk/people/${desk.outside}/details`, details(1))
    assert.equal(other.status, 303, 'each agent has a share of their own')
    desk.clock.advance(window)
    const again = await desk.signIn(helpdesk.id)
    assert.equal((await again.post(path, details(31))).status, 303)
  },
)

eachEngine('what a busy server could not hash takes nothing of the share', async open => {
  const opened = await open()
  const hasher = openHasher(opened.services.keyring)
  let isBusy = false
  const full = async () => ({ busy: true as const, retryAfterSeconds: 10 })
  const desk = await openDesk(opened, {
    ...hasher,
    hash: (...given) => (isBusy ? full() : hasher.hash(...given)),
  })
  isBusy = true
  const { helpdesk } = desk.callers
  const issue = (number: number) =>
    helpdesk.post(`/helpdesk/people/${desk.inside}/temporary-password`, {
      reason: 'Forgot it.',
      identified: 'in-person',
      version: String(number),
    })
  const sheets = () =>
    helpdesk.post('/helpdesk/sheets', {
      person: `${desk.inside}:1`,
      how: 'print',
      reason: 'New here.',
      identified: 'in-person',
    })
  for (let number = 1; number <= 31; number++) assert.equal((await issue(1)).status, 503)
  for (let number = 1; number <= 11; number++) assert.equal((await sheets()).status, 503)
  isBusy = false
  assert.equal((await issue(1)).status, 200)
})

eachEngine('what is refused for its form takes nothing of the share', async open => {
  const desk = await openDesk(await open())
  const path = `/helpdesk/people/${desk.inside}/details`
  for (let n = 0; n < 40; n++) assert.equal((await desk.callers.helpdesk.post(path, {})).status, 422)
})

eachEngine('an agent who opens one person after the other has to wait after 300', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  const path = `/helpdesk/people/${desk.inside}`
  const pages = async (count: number) =>
    (await Promise.all(Array.from({ length: count }, () => helpdesk.get(path)))).map(({ status }) => status)
  assert.ok((await pages(agentLookupShare.most - 5)).every(status => status === 200))
  const last = await pages(10)
  assert.equal(last.filter(status => status === 200).length, 5)
  assert.equal(last.filter(status => status === 429).length, 5)
  assert.equal((await helpdesk.get('/helpdesk')).status, 200, 'the rest of the console stays open')
  const incidents = await desk.store.read.selectFrom('incident').select('kind').execute()
  assert.deepEqual(
    incidents.map(({ kind }) => kind),
    ['agent-limit'],
  )
})
