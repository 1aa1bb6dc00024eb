import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { backupCodeFrom, parseBackupCode } from './code.ts'

const whole = 'ABCDEFGHIJKLMN27'
const backups: readonly (readonly [text: string, read: string | undefined])[] = [
  ['ABCD-EFGH-IJKL-MN27', whole],
  ['abcd-efgh-ijkl-mn27', whole],
  ['abcdefghijklmn27', whole],
  ['ABCD EFGH IJKL MN27', whole],
  [' AbCd–EfGh—IjKl‐Mn27\n', whole],
  ['ABCD-EFGH-IJKL-MN2', undefined],
  ['ABCD-EFGH-IJKL-MN277', undefined],
  ['ABCD-EFGH-IJKL-MN21', undefined],
  ['ABCD-EFGH-IJKL-MN29', undefined],
  ['0bcd-efgh-ijkl-mn28', 'OBCDEFGHIJKLMN2B'],
  ['A8CD-EFGH-IJKL-M00B', 'ABCDEFGHIJKLMOOB'],
  ['ABCD-EFGH-IJKL-MNı7', undefined],
  ['ABCD-EFGH-IJKL-MN２7', undefined],
  ['ABCD_EFGH_IJKL_MN27', undefined],
  ['', undefined],
]
for (const [text, read] of backups) {
  test(`${JSON.stringify(text)} is ${read === undefined ? 'no backup code' : 'read as one'}`, () => {
    assert.equal(parseBackupCode(text), read)
  })
}

test('every ten bytes give a code of four groups that is read back, in any case and with any blanks', () => {
  const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 })
  fc.assert(
    fc.property(bytes, fc.constantFrom('-', ' ', '', ' - '), fc.boolean(), (given, between, lower) => {
      const code = backupCodeFrom(given)
      assert.match(code, /^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/)
      const typed = code.replaceAll('-', between)
      assert.equal(parseBackupCode(lower ? typed.toLowerCase() : typed), code.replaceAll('-', ''))
    }),
  )
})

test('a code is read back when every O was copied as 0 and every B as 8', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), given => {
      const code = backupCodeFrom(given)
      const copied = code.replaceAll('O', '0').replaceAll('B', '8')
      assert.equal(parseBackupCode(copied), code.replaceAll('-', ''))
    }),
  )
})

test('different bytes give different backup codes', () => {
  const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 })
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      assert.equal(backupCodeFrom(a) === backupCodeFrom(b), Buffer.compare(a, b) === 0)
    }),
  )
})

test('reading never throws, and gives only what can be a backup code', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      assert.match(parseBackupCode(text) ?? whole, /^[A-Z2-7]{16}$/)
    }),
  )
})
