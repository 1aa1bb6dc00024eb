import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { pngChunk } from '../../test/support/browser/picture.ts'
import { readPng, writeAnew } from './png.ts'

const signature = Buffer.from('89504e470d0a1a0a', 'hex')
const hidden = Buffer.from('TELEPHONE LIST OF THE SHELTER')

interface Picture {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly kind: number
  /** Bytes of each row, without filters. */
  readonly rows: readonly Buffer[]
  /** Bytes of a pixel. */
  readonly step: number
  readonly palette?: Buffer
  readonly alpha?: Buffer
}

/** Everything a filter makes of a row: PNG 3rd edition, 9.2, in the direction in which a picture is written. */
function filterRow(filter: number, row: Buffer, above: Buffer, step: number): Buffer {
  return Buffer.from(
    row.map((byte, x) => {
      const left = x < step ? 0 : (row[x - step] ?? 0)
      const up = above[x] ?? 0
      const corner = x < step ? 0 : (above[x - step] ?? 0)
      const p = left + up - corner
      const nearest = [left, up, corner].reduce((best, one) =>
        Math.abs(p - one) < Math.abs(p - best) ? one : best,
      )
      return byte - ([0, left, up, Math.floor((left + up) / 2), nearest][filter] ?? 0)
    }),
  )
}

const filteredBy = ({ rows, step }: Picture, filterOf: (number: number) => number): Buffer =>
  Buffer.concat(
    rows.flatMap((row, number) => {
      const filter = filterOf(number)
      return [
        Buffer.from([filter]),
        filterRow(filter, row, rows[number - 1] ?? Buffer.alloc(row.length), step),
      ]
    }),
  )

function file(
  picture: Picture,
  filterOf: (number: number) => number,
  behind: Buffer = Buffer.alloc(0),
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(picture.width, 0)
  header.writeUInt32BE(picture.height, 4)
  header.writeUInt8(picture.depth, 8)
  header.writeUInt8(picture.kind, 9)
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    ...(picture.palette ? [pngChunk('PLTE', picture.palette)] : []),
    ...(picture.alpha ? [pngChunk('tRNS', picture.alpha)] : []),
    pngChunk('IDAT', Buffer.concat([deflateSync(filteredBy(picture, filterOf)), behind])),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

const anew = (bytes: Buffer): Buffer | undefined => {
  const png = readPng(bytes)
  return png && writeAnew(png)
}

const part = (bytes: Buffer, name: string): Buffer =>
  readPng(bytes)?.parts.find(one => one.name === name)?.data ?? Buffer.alloc(0)

/** Tells whether a file shows exactly these rows, by whatever filters it has chosen. */
function shows(bytes: Buffer, picture: Picture): void {
  const raw = inflateSync(part(bytes, 'IDAT'))
  const length = (picture.rows[0]?.length ?? 0) + 1
  assert.deepEqual(
    raw,
    filteredBy(picture, number => raw[number * length] ?? 0),
  )
}

const kinds = [
  { kind: 0, depth: 8, step: 1 },
  { kind: 0, depth: 16, step: 2 },
  { kind: 2, depth: 8, step: 3 },
  { kind: 4, depth: 8, step: 2 },
  { kind: 6, depth: 8, step: 4 },
  { kind: 6, depth: 16, step: 8 },
]

/** Pictures of every kind that has whole bytes; those with transparency are opaque here. */
const pictures = fc
  .record({
    of: fc.constantFrom(...kinds),
    width: fc.integer({ min: 8, max: 20 }),
    height: fc.integer({ min: 8, max: 12 }),
  })
  .chain(({ of, width, height }) =>
    fc
      .array(fc.uint8Array({ minLength: width * of.step, maxLength: width * of.step }), {
        minLength: height,
        maxLength: height,
      })
      .map(rows => ({ ...of, width, height, rows: rows.map(row => opaque(Buffer.from(row), of)) })),
  )

function opaque(row: Buffer, { kind, depth, step }: { kind: number; depth: number; step: number }): Buffer {
  if (kind === 4 || kind === 6)
    for (let at = step; at <= row.length; at += step) row.fill(255, at - depth / 8, at)
  return row
}

test('a picture of any kind, by any filters, shows the same pixels when it is written anew', () => {
  fc.assert(
    fc.property(pictures, fc.array(fc.nat(4), { minLength: 12, maxLength: 12 }), (picture, filters) => {
      const made = anew(file(picture, number => filters[number] ?? 0, hidden))
      assert.ok(made)
      shows(made, picture)
      assert.ok(!made.includes(hidden), 'nothing stands behind the pixels')
    }),
  )
})

test('colors that no pixel uses, and what lies under transparent pixels, are not kept', () => {
  const rows = Array.from({ length: 8 }, () => Buffer.from([0, 1, 0, 1, 0, 1, 0, 1]))
  const palette = Buffer.concat([Buffer.from([255, 0, 0, 0, 0, 255]), hidden, Buffer.alloc(1)])
  const colors = {
    kind: 3,
    depth: 8,
    step: 1,
    width: 8,
    height: 8,
    rows,
    palette,
    alpha: Buffer.from([255, 0, ...hidden]),
  }
  const made = anew(file(colors, () => 0))
  assert.ok(made)
  shows(made, colors)
  assert.deepEqual(part(made, 'PLTE'), Buffer.from([255, 0, 0, 0, 0, 0]))
  assert.deepEqual(part(made, 'tRNS'), Buffer.from([255, 0]))
  const clear = { kind: 6, depth: 8, step: 4, width: 8, height: 8 }
  const secret = Array.from({ length: 8 }, (_, y) =>
    Buffer.from(Array.from({ length: 32 }, (_, x) => (x % 4 === 3 ? 0 : x * y))),
  )
  const blank = anew(file({ ...clear, rows: secret }, () => 1))
  assert.ok(blank)
  shows(blank, { ...clear, rows: secret.map(() => Buffer.alloc(32)) })
})

test('bits beyond the last pixel of a row are not kept', () => {
  const narrow = { kind: 0, depth: 1, step: 1, width: 9, height: 8 }
  const made = anew(
    file({ ...narrow, rows: Array.from({ length: 8 }, () => Buffer.from([0xaa, 0xff])) }, () => 0),
  )
  assert.ok(made)
  shows(made, { ...narrow, rows: Array.from({ length: 8 }, () => Buffer.from([0xaa, 0x80])) })
})

test('too many, too few or impossible pixels are no picture', () => {
  const row = Buffer.alloc(8)
  const whole = {
    kind: 0,
    depth: 8,
    step: 1,
    width: 8,
    height: 8,
    rows: Array.from({ length: 8 }, () => row),
  }
  assert.ok(anew(file(whole, () => 0)))
  assert.equal(anew(file({ ...whole, rows: whole.rows.slice(1) }, () => 0)), undefined)
  assert.equal(anew(file({ ...whole, rows: [...whole.rows, row] }, () => 0)), undefined)
  assert.equal(anew(file(whole, () => 5)), undefined)
  assert.equal(anew(file({ ...whole, depth: 3 }, () => 0)), undefined)
  assert.equal(anew(file({ ...whole, kind: 3, palette: Buffer.alloc(0) }, () => 0)), undefined)
  const bomb = { ...whole, rows: Array.from({ length: 8 }, () => Buffer.alloc(1_000_000)) }
  assert.equal(anew(file(bomb, () => 0)), undefined)
})
