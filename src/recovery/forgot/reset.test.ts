import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { addPerson, addPolicy } from '../../../test/support/people/people.ts'
import { makeLink } from '../../mail/links.ts'
import type { Hasher } from '../../password/hashing.ts'
import { openHasher } from '../../services.ts'
import type { Visit } from '../../session/visit.ts'
import { foldAnswer } from '../answer.ts'
import { readLink } from '../mailed-link.ts'
import { putQuestion } from '../store.ts'
import { checkAnswer } from './reset.ts'
import { mostAnswers } from './rules.ts'

eachEngine(
  'answers that a busy server could not check cost neither the link nor the person a try',
  async open => {
    const opened = await open()
    const { services, store, clock } = opened
    await addPolicy(opened)
    const id = await addPerson(opened)
    const hasher = openHasher(services.keyring)
    const hashed = await hasher.hash(foldAnswer('Cold soup'))
    assert.ok(!hashed.busy)
    const token = await store.write(async tx => {
      await putQuestion(tx, id, 'Which meal?', hashed.value, clock.now())
      return makeLink(tx, { kind: 'reset', accountId: id, epoch: 1, now: clock.now(), lifetime: 60_000 })
    })
    const visit = {
      now: clock.now(),
      form: new URLSearchParams({ answer: 'cold soup' }),
      trace: () => ({ actor: 'anonymous', address: '192.0.2.1', requestId: 'r1' }),
    } as unknown as Visit
    const answer = async (given: Hasher) => {
      const link = await readLink(services, 'reset', token)
      assert.ok(link)
      return checkAnswer({ services, hasher: given }, visit, link)
    }
    const full: Hasher = { ...hasher, verify: async () => ({ busy: true, retryAfterSeconds: 10 }) }
    for (let tries = 0; tries <= 2 * mostAnswers; tries++)
      assert.deepEqual(await answer(full), { is: 'busy' })
    const link = await readLink(services, 'reset', token)
    assert.equal(link?.wrong_answers, 0)
    assert.deepEqual(await answer(hasher), { is: 'right' })
  },
)
