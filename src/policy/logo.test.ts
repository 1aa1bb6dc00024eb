import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { png, pngChunk } from '../../test/support/browser/picture.ts'
import { cleanLogo, largestLogo } from './logo.ts'

const signature = png(32, 16).subarray(0, 8)

const codesOf = (bytes: Uint8Array): readonly string[] => {
  const cleaned = cleanLogo(bytes)
  return cleaned.ok ? [] : cleaned.refusals.map(({ code }) => code)
}

/** A picture after cleaning. */
const clean = (bytes: Uint8Array): Buffer => {
  const cleaned = cleanLogo(bytes)
  assert.ok(cleaned.ok)
  return cleaned.value
}

test('a picture that was written anew is written the same the next time', () => {
  const picture = clean(png(200, 50))
  assert.deepEqual(clean(picture), picture)
})

test('what is not the picture is left out: texts, places and what hides in unknown parts', () => {
  const secret = Buffer.from('Author\0Amina, 45.0 N 93.2 W <script>')
  const cleaned = cleanLogo(
    png(200, 50, pngChunk('tEXt', secret), pngChunk('eXIf', secret), pngChunk('prVt', secret)),
  )
  assert.ok(cleaned.ok)
  assert.deepEqual(cleaned.value, clean(png(200, 50)))
})

test('what is no PNG picture is refused, whatever it calls itself', () => {
  const whole = png(200, 50)
  const cases: readonly Buffer[] = [
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    Buffer.from('GIF89a'),
    Buffer.concat([whole, Buffer.from('<script>')]),
    Buffer.concat([whole, whole]),
    whole.subarray(0, -1),
    signature,
    Buffer.concat([signature, pngChunk('IEND', Buffer.alloc(0))]),
    Buffer.concat([signature, pngChunk('IHDR', Buffer.alloc(2)), whole.subarray(33)]),
  ]
  for (const bytes of cases)
    assert.deepEqual(codesOf(bytes), ['policy.logo-not-png'], bytes.toString('latin1'))
})

test('a changed bit anywhere but in a length is found by its check value', () => {
  const whole = png(64, 32)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole.length * 8 - 1 }), bit => {
      const changed = Buffer.from(whole)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      assert.notDeepEqual(codesOf(changed), [])
    }),
  )
})

test('any bytes are answered, never thrown at', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      assert.equal(cleanLogo(bytes).ok, false)
      assert.equal(cleanLogo(Buffer.concat([signature, bytes])).ok, false)
    }),
  )
})

test('a picture that is empty, too large, too small or too wide is told so', () => {
  assert.deepEqual(codesOf(Buffer.alloc(0)), ['policy.logo-missing'])
  assert.deepEqual(codesOf(png(200, 50, pngChunk('tEXt', Buffer.alloc(largestLogo)))), [
    'policy.logo-too-large',
  ])
  for (const [width, height] of [
    [31, 50],
    [1_201, 50],
    [200, 15],
    [200, 401],
    [0, 0],
    [0xffffffff, 50],
  ] as const) {
    const bytes = png(64, 64)
    bytes.writeUInt32BE(width, 16)
    bytes.writeUInt32BE(height, 20)
    bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
    assert.deepEqual(codesOf(bytes), ['policy.logo-shape'], `${width} ${height}`)
  }
})
