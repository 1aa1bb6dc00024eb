import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { addPerson } from '../../../test/support/people/people.ts'
import { forgetKept, type Kept, keep } from './kept.ts'

const minute = 60_000

eachEngine(
  'backup codes leave the store with their ten minutes, and every secret with its session',
  async open => {
    const opened = await open()
    const { services, store, clock } = opened
    const now = clock.now()
    const person = await addPerson(opened)
    const codes = (until: number): Kept => ({
      kind: 'codes',
      codes: ['A'],
      until,
      first: true,
      savedAction: '/',
    })
    const app: Kept = { kind: 'first', secret: 'S' }
    const sessions: readonly (readonly [id: string, kept: Kept, times: object])[] = [
      ['shown', codes(now + 1), {}],
      ['no longer shown', codes(now), {}],
      ['pairing', app, {}],
      ['ended', app, { ended_at: now - minute }],
      ['of the day before', app, { created_at: now - 24 * 60 * minute }],
    ]
    const row = {
      proofs: '{}',
      account_id: person,
      epoch: 1,
      csrf_secret: 'x',
      created_at: now,
      last_seen_at: now,
      address: '127.0.0.1',
      user_agent: '',
      failures_before: 0,
      return_to: '/',
    }
    await store.write(async tx => {
      for (const [id, kept, times] of sessions) {
        await tx.db
          .insertInto('session')
          .values({ ...row, ...times, id, token_hash: id })
          .execute()
        await keep(services, tx, { kind: 'session', id, person: { id: person } }, kept)
      }
    })
    assert.equal(await store.write(tx => forgetKept(services, tx, now)), 3)
    const left = await store.read
      .selectFrom('session')
      .select('id')
      .where('pairing_sealed', 'is not', null)
      .orderBy('id')
      .execute()
    assert.deepEqual(
      left.map(({ id }) => id),
      ['pairing', 'shown'],
    )
  },
)
