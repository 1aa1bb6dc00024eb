import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { addPerson } from '../../test/support/people/people.ts'
import { publishTerms, readAccepted, recordAcceptance } from './store.ts'

eachEngine(
  'a person reads again what they accepted, newest first, and nothing that others did',
  async open => {
    const opened = await open()
    const { store, clock } = opened
    const own = await addPerson(opened)
    const other = await addPerson(opened, { username: 'other' })
    const now = clock.now()
    await store.write(async tx => {
      const publish = (text: string, effectiveAt: number) =>
        publishTerms(tx, { text, effectiveAt, by: 'system', now })
      const [first, second, third] = [
        await publish('One', now),
        await publish('Two', now + 1),
        await publish('Three', now + 2),
      ]
      const accept = (who: string, version: typeof first, at: number) =>
        recordAcceptance(tx, who, version, at, '192.0.2.7')
      await accept(own, first, now + 3)
      await accept(own, second, now + 4)
      await accept(own, second, now + 9)
      await accept(other, third, now + 5)
    })
    assert.deepEqual(
      (await readAccepted(store, own)).map(({ text, accepted_at }) => [text, accepted_at - now]),
      [
        ['Two', 9],
        ['One', 3],
      ],
    )
    assert.equal((await readAccepted(store, other))[0]?.effective_at, now + 2)
  },
)
