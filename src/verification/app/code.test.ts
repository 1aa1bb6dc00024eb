import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseCode } from './code.ts'

const codes: readonly (readonly [text: string, read: string | undefined])[] = [
  ['123456', '123456'],
  ['123 456', '123456'],
  [' 1 2 3 4 5 6 ', '123456'],
  ['123\u00a0456', '123456'],
  ['000000', '000000'],
  ['１２３４５６', undefined],
  ['१२३४५६', undefined],
  ['1234567', undefined],
  ['12345', undefined],
  ['-1', undefined],
  ['-12345', undefined],
  ['1e5', undefined],
  ['1e5000', undefined],
  ['0x1234', undefined],
  ['123456\u0000', undefined],
  ['12345٦', undefined],
  ['', undefined],
  [`123456${' '.repeat(1_000)}`, undefined],
]
for (const [text, read] of codes) {
  test(`${JSON.stringify(text.slice(0, 20))} is ${read === undefined ? 'no verification code' : `read as ${read}`}`, () => {
    assert.equal(parseCode(text), read)
  })
}

test('reading never throws, and gives only six digits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      assert.match(parseCode(text) ?? '000000', /^[0-9]{6}$/)
    }),
  )
})
