import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { openDesk } from '../../../test/support/people/desk.ts'

eachEngine(
  'a search in the bar that means one person opens their page, and any other the list',
  async open => {
    const desk = await openDesk(await open())
    const only = await desk.add({ username: 'quill', firstName: 'Quilla', lastName: 'Moss' })
    await desk.add({ username: 'quint', firstName: 'Quinta', lastName: 'Fern' })
    const ask = (query: string) => desk.callers.helpdesk.get(`/helpdesk/people?${query}`)
    const one = await ask('q=quilla&one=yes')
    assert.deepEqual([one.status, one.headers.get('location')], [303, `/helpdesk/people/${only}`])
    for (const query of ['q=qui&one=yes', 'q=quilla', 'q=nobody-of-this-name&one=yes', 'q=&one=yes'])
      assert.equal((await ask(query)).status, 200, query)
    const limited = await desk.callers.scoped.get('/helpdesk/people?q=quilla&one=yes')
    assert.equal(limited.status, 200, 'whom an agent does not look after is not opened')
  },
)
