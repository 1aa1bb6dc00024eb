import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appCode } from '../app/way.ts'
import { backupCode } from '../backup-codes/way.ts'
import { inGroups, readEntry } from './way.ts'

const whole = 'ABCDEFGHIJKLMN27'
const fields = { code: [appCode], 'backup-code': [backupCode], either: [appCode, backupCode] } as const

test('a field says what it takes', () => {
  const refusal = (text: string, accepts: 'code' | 'backup-code' | 'either') => {
    const read = readEntry(text, fields[accepts])
    return read.ok ? read.value.way.name : read.refusals[0]?.code
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
