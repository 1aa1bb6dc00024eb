import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { backupCodeFrom, inGroups, parseBackupCode, parseCode, parseFactor } from './rules.ts'

// Hostile case 79.
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
  ['ABCD-EFGH-IJKL-MN28', undefined],
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

test('different bytes give different backup codes', () => {
  const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 })
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      assert.equal(backupCodeFrom(a) === backupCodeFrom(b), Buffer.compare(a, b) === 0)
    }),
  )
})

test('reading never throws, and gives only what can be a code', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      assert.match(parseCode(text) ?? '000000', /^[0-9]{6}$/)
      assert.match(parseBackupCode(text) ?? whole, /^[A-Z2-7]{16}$/)
    }),
  )
})

test('a field says what it takes', () => {
  const refusal = (text: string, accepts: 'code' | 'backup-code' | 'either') => {
    const read = parseFactor(text, accepts)
    return read.ok ? read.value.kind : read.refusals[0]?.code
  }
  assert.equal(refusal('123456', 'code'), 'code')
  assert.equal(refusal(whole, 'code'), 'verification.not-a-code')
  assert.equal(refusal('  ', 'code'), 'verification.empty')
  assert.equal(refusal(whole, 'backup-code'), 'backup-code')
  assert.equal(refusal('123456', 'backup-code'), 'verification.not-a-backup-code')
  assert.equal(refusal('', 'backup-code'), 'verification.backup-empty')
  assert.equal(refusal('123456', 'either'), 'code')
  assert.equal(refusal(whole, 'either'), 'backup-code')
  assert.equal(refusal('hello', 'either'), 'verification.not-either')
})

test('a key is shown in groups of four', () => {
  assert.equal(inGroups('ABCDEFGHIJ', ' '), 'ABCD EFGH IJ')
  assert.equal(inGroups('', ' '), '')
})
