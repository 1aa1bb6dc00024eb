import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Hono } from 'hono'
import { noteArrival, oneFormATurn } from './turns.ts'

/** Posts so many forms at once. @returns how many have begun, to be asked after each turn. */
function post(count: number): { begun: () => number; all: Promise<unknown> } {
  let begun = 0
  const app = new Hono().post('*', oneFormATurn(), c => {
    begun += 1
    return c.text('ok')
  })
  const all = Promise.all(Array.from({ length: count }, () => app.request('/', { method: 'POST' })))
  return { begun: () => begun, all }
}

async function turnsUntil(
  forms: { begun: () => number },
  count: number,
  everyTurn: () => void,
): Promise<number> {
  for (let turns = 0; ; turns++) {
    if (forms.begun() >= count) return turns
    everyTurn()
    await nextTurn()
  }
}

test('forms that come together begin one in a turn', async () => {
  const forms = post(5)
  for (let turn = 0, before = 0; turn < 10; turn++) {
    await nextTurn()
    assert.ok(forms.begun() - before <= 1)
    before = forms.begun()
  }
  await forms.all
  assert.equal(forms.begun(), 5)
})

test('while new connections come, forms give their turns away, but not for ever', async () => {
  const quiet = await turnsUntil(post(3), 3, () => {})
  const busy = post(3)
  const besideArrivals = await turnsUntil(busy, 3, noteArrival)
  assert.ok(besideArrivals >= 3 * 20, `${besideArrivals} turns instead of ${quiet}`)
  assert.ok(besideArrivals <= 3 * 22 + 3)
  await busy.all
})
