import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeInForce } from './facts.ts'

test('the chosen place is in force while it is among the places', () => {
  assert.deepEqual(placeInForce('2 1 a Lakeside 1 Shelter', 'b'), { id: 'b', name: 'Lakeside 1 Shelter' })
  assert.equal(placeInForce('2 0 a Lakeside', 'gone'), undefined)
})

test('the only place is in force without a choice, or when the chosen one is gone', () => {
  assert.deepEqual(placeInForce('1 0 a Lakeside', null), { id: 'a', name: 'Lakeside' })
  assert.deepEqual(placeInForce('1 0 a Lakeside', 'gone'), { id: 'a', name: 'Lakeside' })
})

test('with no place, or several and no choice, none is in force', () => {
  assert.equal(placeInForce('0 0  ', null), undefined)
  assert.equal(placeInForce('12 0 a Lakeside', null), undefined)
})
