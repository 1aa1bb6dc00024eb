/** Forms and addresses that no page of ours sends, by each kind of caller: never an error, never somebody else's row. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { eachEngine } from '../../support/database/store.ts'
import { type Desk, openDesk } from '../../support/people/desk.ts'
import { addressFrom, everyone, fieldsFrom, fresh, idsIn, parameters, type Who } from './world.ts'

/** Whose accounts this caller must not have changed, whatever was sent. */
function untouchable({ callers, inside, outside }: Desk, who: Who): readonly string[] {
  if (who === 'administrator') return []
  const staff = [callers.administrator.id, callers.helpdesk.id, callers.scoped.id, callers.pending.id]
  const beyond = who === 'helpdesk' ? [] : [outside, callers.user.id, ...(who === 'scoped' ? [] : [inside])]
  return [...staff, ...beyond].filter(id => id !== callers[who].id)
}

/** All that guards these accounts and says what they may do. When Moodle is asked next is no secret and no power. */
async function stateOf({ store: { read } }: Desk, ids: readonly string[]): Promise<string> {
  if (ids.length === 0) return ''
  const accounts = await read.selectFrom('account').selectAll().where('id', 'in', ids).orderBy('id').execute()
  const rows = [
    accounts.map(account => ({ ...account, training_due_at: 0 })),
    await read.selectFrom('credential').selectAll().where('account_id', 'in', ids).execute(),
    await read.selectFrom('recovery_question').selectAll().where('account_id', 'in', ids).execute(),
    await read.selectFrom('authenticator').selectAll().where('account_id', 'in', ids).execute(),
    await read.selectFrom('helpdesk_scope').selectAll().where('account_id', 'in', ids).execute(),
    await read.selectFrom('account_organization').selectAll().where('account_id', 'in', ids).execute(),
  ]
  return JSON.stringify(rows)
}

eachEngine(
  'no form, whoever sends it and wherever, fails with an error or changes what is not theirs',
  async open => {
    const desk = await openDesk(await open())
    const ids = await idsIn(desk)
    const routes = desk.routes.filter(({ method }) => method === 'POST')
    assert.ok(routes.length > 50)
    for (const who of everyone) {
      const kept = untouchable(desk, who)
      const before = await stateOf(desk, kept)
      for (const { path } of routes) {
        const caller = await fresh(desk, who)
        const sent = fc.tuple(addressFrom(path, ids), fieldsFrom(ids))
        await fc.assert(
          fc.asyncProperty(sent, async ([address, fields]) => {
            const { status } = await caller.postAll(address, fields)
            assert.ok(status < 500, `${who}: POST ${address} ${JSON.stringify(fields)}: ${status}`)
          }),
          parameters,
        )
      }
      assert.equal(await stateOf(desk, kept), before, `${who} changed an account that is not theirs`)
    }
  },
)

eachEngine('no address, whatever it holds, fails with an error or tells of the inside', async open => {
  const desk = await openDesk(await open())
  const ids = await idsIn(desk)
  for (const who of everyone) {
    for (const { path } of desk.routes.filter(({ method }) => method === 'GET')) {
      const caller = await fresh(desk, who)
      await fc.assert(
        fc.asyncProperty(addressFrom(path, ids), fieldsFrom(ids), async (address, fields) => {
          const query = new URLSearchParams(fields.map(([name, value]) => [name, value]))
          const answer = await caller.get(`${address}?${query}`)
          assert.ok(answer.status < 500, `${who}: GET ${address}?${query}: ${answer.status}`)
          assert.doesNotMatch(answer.headers.get('location') ?? '', /^(?!https?:\/\/localhost)(\w+:|\/[/\\])/)
        }),
        parameters,
      )
    }
  }
})
