import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachEngine } from '../../test/support/database/store.ts'
import { openDesk } from '../../test/support/people/desk.ts'
import { checkLink, listLinks } from './links.ts'

const guide = {
  name: 'HMIS guide',
  address: 'https://guide.example.org/start#intake',
  purpose: 'How to enter an intake',
}

const addresses: readonly (readonly [address: string, isRight: boolean])[] = [
  [guide.address, true],
  ['https://guide.example.org', true],
  ['http://guide.example.org', false],
  ['javascript:alert(1)', false],
  ['data:text/html,x', false],
  ['//guide.example.org', false],
  ['/guide', false],
  ['https://user@guide.example.org', false],
  ['https://guide.example.org/#a b', false],
  ['', false],
]
for (const [address, isRight] of addresses)
  test(`Home ${isRight ? 'leads' : 'does not lead'} to "${address}"`, () =>
    assert.deepEqual(
      checkLink({ ...guide, address }).map(({ field }) => field),
      isRight ? [] : ['address'],
    ))

eachEngine('a link that an administrator adds is on everyone’s Home until it is removed', async open => {
  const desk = await openDesk(await open())
  const { administrator, user } = desk.callers
  const wrong = await administrator.post('/helpdesk/links/new', {
    ...guide,
    address: 'http://guide.example.org',
  })
  assert.equal(wrong.status, 422)
  assert.equal((await administrator.post('/helpdesk/links/new', guide)).status, 303)
  const home = async () => (await user.get('/')).text()
  assert.match(await home(), /href="https:\/\/guide\.example\.org\/start#intake">HMIS guide</)
  const [link] = await listLinks(desk.store)
  const address = `/helpdesk/links/${link?.id}`
  const renamed = { ...guide, name: 'Guide', version: '1' }
  const answers = await Promise.all(Array.from({ length: 5 }, () => administrator.post(address, renamed)))
  assert.equal(answers.filter(({ status }) => status === 303).length, 1)
  assert.equal((await administrator.post(`${address}/remove`, { version: '1' })).status, 422)
  assert.equal((await administrator.post(`${address}/remove`, { version: '2' })).status, 303)
  assert.doesNotMatch(await home(), /guide\.example\.org/)
  const log = (await desk.events()).filter(({ event }) => event.startsWith('sensitive_'))
  assert.deepEqual(
    log.map(({ args }) => JSON.parse(args)['what']),
    ['link', 'link', 'link'],
  )
})
