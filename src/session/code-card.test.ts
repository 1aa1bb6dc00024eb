import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cardOfText, codesOnCard, letterOf } from './code-card.ts'

test('a card says its letter, the code asked next, and how many are left', () => {
  assert.equal(cardOfText(null), undefined)
  assert.deepEqual(cardOfText('1 1'), { letter: 'A', number: 1, left: codesOnCard })
  assert.deepEqual(cardOfText('2 17'), { letter: 'B', number: 17, left: 24 })
  assert.deepEqual(cardOfText('2 41'), { letter: 'B', number: 41, left: 0 })
})

test('cards go through the letters that nobody takes for a digit, and begin again', () => {
  const serials = Array.from({ length: 25 }, (_, index) => index + 1)
  assert.equal(serials.map(letterOf).join(''), 'ABCDEFGHJKLMNPQRSTUVWXYZA')
})
