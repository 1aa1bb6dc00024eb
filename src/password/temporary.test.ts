import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { makeTemporaryPassword, readTemporaryPassword } from './temporary.ts'

test('a temporary password is three groups of four signs without l, o, 0 and 1', () => {
  for (let round = 0; round < 500; round += 1) {
    assert.match(makeTemporaryPassword(randomBytes), /^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){2}$/)
  }
})

test('every sign stands for equally many random bytes', () => {
  const counts = new Map<string, number>()
  for (let byte = 0; byte < 256; byte += 1) {
    const sign = makeTemporaryPassword(size => Buffer.alloc(size, byte)).charAt(0)
    counts.set(sign, (counts.get(sign) ?? 0) + 1)
  }
  assert.equal(counts.size, 32)
  assert.deepEqual([...new Set(counts.values())], [8])
})

test('each of the twelve signs comes from its own random byte', () => {
  const bytes = Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  assert.equal(
    makeTemporaryPassword(() => bytes),
    'abcd-efgh-ijkm',
  )
})

test('a temporary password is read however it was typed, and other text stays as it is', () => {
  const bytes = fc.uint8Array({ minLength: 12, maxLength: 12 })
  const between = fc.constantFrom('', ' ', '-', '\u2011', '\u2013', '\u00a0', '\u200b', '_', '. ')
  const around = fc.constantFrom('', ' ', '\t', '\u00a0', '\u200b', '“', '.')
  fc.assert(
    fc.property(bytes, between, around, fc.boolean(), (random, hyphen, blank, isCapital) => {
      const made = makeTemporaryPassword(() => Buffer.from(random))
      const typed = blank + made.replaceAll('-', hyphen) + blank
      assert.equal(readTemporaryPassword(isCapital ? typed.toUpperCase() : typed), made)
    }),
  )
  for (const text of ['', ' ', 'Lantern 7 over snow', 'k7wd-29xm-fhq', 'k7wd-29xm-fhq44', 'k7wd-29xm-fhq0'])
    assert.equal(readTemporaryPassword(text), text)
})
