import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { freeSourceFailures } from './rules.ts'
import { createUnderWay } from './under-way.ts'

const limit = freeSourceFailures + 1
const soon = () => new Promise(resolve => setImmediate(resolve))

/** Tries of one address that arrive together; a check is refused once the limit is reached. */
async function together(tries: readonly boolean[]) {
  const underWay = createUnderWay()
  let failures = 0
  let checked = 0
  let most = 0
  let now = 0
  const answers = tries.map(right =>
    underWay.during('here', failures, async () => {
      if (failures >= limit) return { value: 'refused' }
      checked += 1
      now += 1
      most = Math.max(most, now)
      await soon()
      now -= 1
      if (right) return { value: 'right' }
      failures += 1
      return { value: 'wrong', failures }
    }),
  )
  return { answers: await Promise.all(answers), checked, most, failures }
}

test('of 150 wrong tries of one address at once no more are checked than it may fail', async () => {
  const { checked, failures } = await together(Array(150).fill(false))
  assert.deepEqual({ checked, failures }, { checked: limit, failures: limit })
})

test('two hundred right tries of one address at once are all checked', async () => {
  const { answers, most } = await together(Array(200).fill(true))
  assert.ok(answers.every(answer => answer === 'right'))
  assert.ok(most <= limit)
})

test('whatever the mixture, no address fails more often than it may', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 120 }), async tries => {
      const { failures, answers } = await together(tries)
      assert.ok(failures <= limit)
      assert.equal(answers.length, tries.length)
    }),
    { numRuns: 30 },
  )
})

test('one address waits for no other, and a line without end is refused', async () => {
  const underWay = createUnderWay()
  const stuck = () => new Promise<never>(() => {})
  const given = Array.from({ length: 1_000 }, () => underWay.during('here', 29, stuck))
  assert.equal(given.filter(answer => answer !== undefined).length, 513)
  assert.equal(await underWay.during('there', 29, async () => ({ value: 'checked' })), 'checked')
})
