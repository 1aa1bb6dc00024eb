import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { makeTemporaryPassword } from '../../password/temporary.ts'
import { spellOut } from './spelling.ts'

test('a password is read out in its groups, letters by words and numbers as they are', () => {
  assert.deepEqual(spellOut('h7kx-29'), ['h as in hotel, 7, k as in kilo, x as in x-ray', '2, 9'])
})

test('every sign of a temporary password can be read out', () => {
  for (let round = 0; round < 100; round++) {
    const groups = spellOut(makeTemporaryPassword(randomBytes))
    assert.equal(groups.length, 3)
    for (const sign of groups.flatMap(group => group.split(', ')))
      assert.match(sign, /^(?:[2-9]|([a-z]) as in \1[a-z-]+)$/)
  }
})
