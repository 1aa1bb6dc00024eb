import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Caller, type Desk, openDesk } from '../../../test/support/people/desk.ts'
import { addPolicy } from '../../../test/support/people/people.ts'
import { readCard } from '../../verification/code-card/store.ts'

async function give(desk: Desk, agent: Caller, person: string, changes: Record<string, string> = {}) {
  const { version } = await desk.store.read
    .selectFrom('account')
    .select('version')
    .where('id', '=', person)
    .executeTakeFirstOrThrow()
  const answer = await agent.post(`/helpdesk/people/${person}/code-card`, {
    version: String(version),
    reason: 'Has no phone.',
    identified: 'in-person',
    ...changes,
  })
  return { status: answer.status, text: await answer.text() }
}

const codesOn = (page: string): readonly string[] =>
  [...page.matchAll(/<code>(\d{4} \d{4})<\/code>/g)].map(([, code = '']) => code)

eachEngine('the helpdesk gives a code card in person: forty codes, shown once, told by email', async open => {
  const desk = await openDesk(await open())
  await addPolicy(desk, { codeCards: 'helpdesk' })
  const { helpdesk } = desk.callers
  assert.match(await (await helpdesk.get(`/helpdesk/people/${desk.inside}`)).text(), /Give a code card/)
  const given = await give(desk, helpdesk, desk.inside)
  assert.equal(given.status, 200)
  assert.equal(codesOn(given.text).length, 40)
  assert.match(given.text, /Code card A/)
  const [mail] = await desk.store.read.selectFrom('mail').select(['kind', 'account_id']).execute()
  assert.deepEqual({ ...mail }, { kind: 'code-card-given', account_id: desk.inside })
  for (const path of ['', '/code-card']) {
    const later = await (await helpdesk.get(`/helpdesk/people/${desk.inside}${path}`)).text()
    for (const code of codesOn(given.text)) assert.ok(!later.includes(code))
  }
  const log = JSON.stringify(await desk.events())
  for (const code of codesOn(given.text)) assert.ok(!log.includes(code.replace(' ', '')))
})

eachEngine(
  'no card is given where policy says off, by telephone, or by who may not touch the account',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk, scoped, user } = desk.callers
    const none = async (why: string, status: number, given: { readonly status: number }) => {
      assert.equal(given.status, status, why)
      assert.equal(await readCard(desk.store.read, desk.inside), undefined, why)
      assert.equal(await readCard(desk.store.read, desk.outside), undefined, why)
    }
    assert.doesNotMatch(
      await (await helpdesk.get(`/helpdesk/people/${desk.inside}`)).text(),
      /Give a code card/,
    )
    await none('off', 422, await give(desk, helpdesk, desk.inside))
    await addPolicy(desk, { codeCards: 'helpdesk' })
    for (const identified of ['call-back', 'supervisor', ''])
      await none(identified, 422, await give(desk, helpdesk, desk.inside, { identified }))
    await none('no reason', 422, await give(desk, helpdesk, desk.inside, { reason: '' }))
    await none('an older page', 422, await give(desk, helpdesk, desk.inside, { version: '999' }))
    await none('a user', 403, await give(desk, user, desk.inside))
    await none('out of reach', 404, await give(desk, scoped, desk.outside))
    const agentsOwn = await give(desk, helpdesk, helpdesk.id)
    assert.equal(agentsOwn.status, 403)
    assert.equal(await readCard(desk.store.read, helpdesk.id), undefined)
  },
)
