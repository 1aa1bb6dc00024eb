import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { usernameShape } from '../account/rules.ts'
import { lookalikes, proposals } from './usernames.ts'

const names: readonly (readonly [first: string, last: string, best: string | undefined])[] = [
  ['Amina', 'Warsame', 'awarsame'],
  ['Dolores', 'Two Bulls', 'dtwobulls'],
  ['Åsa', "O'Brien-Łuk", 'aobrienluk'],
  ['يسرى', 'عبد الرحمن', undefined],
  ['', 'Lee', 'lee'],
]
for (const [first, last, best] of names) {
  test(`the username proposed for ${first} ${last} is ${best ?? 'left to the agent'}`, () => {
    assert.equal(proposals(first, last)[0], best)
  })
}

test('every proposal has the shape of a username, whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (first, last) => {
      for (const proposal of proposals(first, last)) assert.match(proposal, usernameShape)
    }),
  )
})

const pairs: readonly (readonly [one: string, other: string])[] = [
  ['olson', '0lson'],
  ['olson', 'oison'],
  ['mlee', 'm1ee'],
  ['awarsame', 'awarsarne'],
  ['awarsame', 'avvarsame'],
  ['a.lee', 'alee'],
  ['a.lee', 'a-lee'],
  ['susan5', 'susans'],
]
for (const [one, other] of pairs) {
  test(`${one} and ${other} are taken for each other, both ways`, () => {
    assert.ok(lookalikes(one).includes(other))
    assert.ok(lookalikes(other).includes(one))
  })
}

test('a username is never its own lookalike, a plain other one is none, and the list stays short', () => {
  assert.ok(!lookalikes('alee').includes('alee'))
  assert.ok(!lookalikes('alee').includes('blee'))
  assert.ok(!lookalikes('alee').includes('alee2'))
  assert.ok(lookalikes('l1o0.'.repeat(12)).length < 500)
})
