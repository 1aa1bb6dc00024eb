import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Caller, openDesk } from '../../../test/support/people/desk.ts'
import { recordBaseline } from '../../audit/baseline.ts'

const day = 86_400_000
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

const ask = (who: Caller, report: string, fields: Readonly<Record<string, string>>) =>
  who.post(`/helpdesk/reports/${report}`, { reason: 'The yearly audit.', form: 'jsonl', ...fields })

const rowsOf = async (answer: Response): Promise<readonly Record<string, unknown>[]> =>
  (await answer.text())
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))

eachEngine(
  'who looks after everyone exports who had access on a day, for a reason; a limited agent does not',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk, scoped } = desk.callers
    await recordBaseline(desk.store, desk.services.audit)
    const today = dayOf(desk.clock.now())
    const held = await rowsOf(await ask(helpdesk, 'access', { from: today }))
    const inside = held.filter(row => row['account_id'] === desk.inside)
    assert.deepEqual(
      inside.map(row => [row['kind'], row['name'], row['since']]),
      [
        ['account', '', null],
        ['role', 'user', null],
        ['organization', 'Lakeside Night Shelter', null],
      ],
    )
    const noted = (await desk.events())
      .filter(({ event }) => event === 'sensitive_read')
      .map(({ args }) => JSON.parse(args) as Record<string, unknown>)
      .find(args => args['from'] === today)
    assert.deepEqual(noted, {
      ...{ from: today, to: today, reason: 'The yearly audit.', what: 'access', form: 'jsonl' },
    })
    const refused = await ask(helpdesk, 'access', { from: dayOf(desk.clock.now() - day) })
    assert.equal(refused.status, 422)
    assert.match(await refused.text(), /Not recorded/)
    assert.equal((await ask(helpdesk, 'access', { from: today, reason: '' })).status, 422)
    assert.equal((await ask(helpdesk, 'access', { from: '2026-02-30' })).status, 422)
    for (const report of ['access', 'ended']) {
      assert.equal((await ask(scoped, report, { from: today, to: today })).status, 403)
      assert.equal((await scoped.get(`/helpdesk/reports/${report}`)).status, 403)
    }
    assert.doesNotMatch(await (await scoped.get('/helpdesk/reports')).text(), /reports\/access/)
  },
)
