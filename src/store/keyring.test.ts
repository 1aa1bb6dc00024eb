import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { createKeyring, type Purpose, type Secret } from './keyring.ts'

const purposes = ['pepper', 'audit', 'seal', 'cookie', 'csrf', 'name', 'check'] as const satisfies Purpose[]
const secretOf = (id: string): Secret => ({ id, secret: randomBytes(32) })
const [old, current] = [secretOf('older001'), secretOf('newer001')]
const before = createKeyring([old])
const after = createKeyring([current, old])
const stranger = createKeyring([secretOf('other001')])

const purpose = fc.constantFrom(...purposes)
const text = fc.string({ unit: 'binary', maxLength: 200 }).map(value => value.toWellFormed())

test('each purpose of each secret has a 256-bit key of its own, the same at every start', () => {
  const keys = [old, current].flatMap(({ id }) => purposes.map(use => after.key(use, id)?.toString('hex')))
  assert.equal(new Set(keys).size, 14)
  assert.ok(keys.every(key => key?.length === 64))
  assert.deepEqual(createKeyring([current, old]).key('audit'), after.key('audit'))
  assert.deepEqual(after.key('audit', old.id), before.key('audit'))
  assert.equal(after.key('audit', 'nothing1'), undefined)
  assert.deepEqual([after.currentId, ...after.ids], ['newer001', 'newer001', 'older001'])
})

test('a signature holds for its text and purpose, also once its key is no longer the current one', () => {
  fc.assert(
    fc.property(purpose, text, (use, given) => {
      assert.match(before.sign(use, given), /^[\w-]{43}$/)
      assert.ok(after.verify(use, given, before.sign(use, given)))
      assert.ok(after.verify(use, given, after.sign(use, given)))
      assert.ok(!before.verify(use, given, after.sign(use, given)))
      assert.ok(!stranger.verify(use, given, after.sign(use, given)))
    }),
  )
})

test('a signature does not hold for another text or another purpose', () => {
  fc.assert(
    fc.property(purpose, purpose, text, text, (use, other, given, changed) => {
      const signature = after.sign(use, given)
      if (given !== changed) assert.ok(!after.verify(use, changed, signature))
      if (use !== other) assert.ok(!after.verify(other, given, signature))
    }),
  )
})

test('any text at all can be given as a signature, and none of it holds', () => {
  fc.assert(
    fc.property(text, text, (given, signature) => assert.ok(!after.verify('cookie', given, signature))),
  )
  assert.ok(!after.verify('cookie', '', ''))
})

test('what is sealed opens with the same context only, also once its key is no longer the current one', () => {
  fc.assert(
    fc.property(text, text, text, (given, context, other) => {
      const sealed = before.seal(given, context)
      assert.equal(after.open(sealed, context), given)
      assert.equal(stranger.open(sealed, context), undefined)
      if (other !== context) assert.equal(after.open(sealed, other), undefined)
      assert.equal(before.open(after.seal(given, context), context), undefined)
    }),
  )
})

test('sealing the same text twice gives two values that say nothing of each other', () => {
  assert.notEqual(after.seal('same', 'row'), after.seal('same', 'row'))
})

test('a sealed value with any bit changed, or cut short, does not open', () => {
  const sealed = after.seal('the answer', 'row 1')
  const [id = '', coded = ''] = sealed.split('.')
  const bytes = Buffer.from(coded, 'base64url')
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes)
    const at = Math.floor(bit / 8)
    changed.writeUInt8(changed.readUInt8(at) ^ (1 << (bit % 8)), at)
    assert.equal(after.open(`${id}.${changed.toString('base64url')}`, 'row 1'), undefined, `bit ${bit}`)
  }
  for (let length = 0; length < bytes.length; length++)
    assert.equal(after.open(`${id}.${bytes.subarray(0, length).toString('base64url')}`, 'row 1'), undefined)
})

test('any text at all can be given to open, and none of it does', () => {
  fc.assert(fc.property(text, given => assert.equal(after.open(given, ''), undefined)))
  fc.assert(fc.property(text, given => assert.equal(after.open(`newer001.${given}`, ''), undefined)))
})

test('a key that is retired proves and opens nothing; what the others signed and sealed holds', () => {
  const retired = createKeyring([current, { ...old, ends: new Map([['chain', { position: 3, hmac: 'x' }]]) }])
  fc.assert(
    fc.property(purpose, text, (use, given) => {
      assert.ok(!retired.verify(use, given, before.sign(use, given)))
      assert.ok(retired.verify(use, given, after.sign(use, given)))
      assert.equal(retired.open(before.seal(given, 'row'), 'row'), undefined)
      assert.equal(retired.openForReseal(before.seal(given, 'row'), 'row'), given)
      assert.equal(retired.open(after.seal(given, 'row'), 'row'), given)
    }),
  )
  assert.deepEqual(retired.endsOf(old.id)?.get('chain'), { position: 3, hmac: 'x' })
  assert.equal(retired.endsOf(current.id), undefined)
  assert.deepEqual(retired.key('audit', old.id), before.key('audit'), 'older records can still be checked')
})
