import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { newCardCodes, parseCardCode, printedCode } from './code.ts'

const read: readonly (readonly [text: string, code: string | undefined])[] = [
  ['12345678', '12345678'],
  ['1234 5678', '12345678'],
  [' 1234-5678\n', '12345678'],
  ['1234–5678', '12345678'],
  ['00000000', '00000000'],
  ['1234567', undefined],
  ['123456789', undefined],
  ['1234567O', undefined],
  ['１２３４５６７８', undefined],
  ['', undefined],
]
for (const [text, code] of read) {
  test(`${JSON.stringify(text)} is ${code === undefined ? 'no code of a card' : 'read as one'}`, () => {
    assert.equal(parseCardCode(text), code)
  })
}

test('a new card has forty codes that are read back as they are printed', () => {
  const codes = newCardCodes()
  assert.equal(codes.length, 40)
  for (const code of codes) {
    assert.match(printedCode(code), /^\d{4} \d{4}$/)
    assert.equal(parseCardCode(printedCode(code)), code)
  }
  assert.notDeepEqual(newCardCodes(), codes)
})

test('reading never throws, and gives only what can be on a card', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      assert.match(parseCardCode(text) ?? '12345678', /^\d{8}$/)
    }),
  )
})
