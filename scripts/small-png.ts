/** Pictures of pages, which hold few colours, as PNG with a palette: a third of the bytes (PNG 3rd edition, 7, 9 and 11). */
import { deflateSync, inflateSync } from 'node:zlib'
import { pngChunk } from '../test/support/browser/picture.ts'

interface Pixels {
  readonly width: number
  readonly height: number
  /** Three bytes a pixel, row after row. */
  readonly rgb: Buffer
}

const signatureLength = 8

function* chunksOf(file: Buffer): Generator<{ name: string; data: Buffer }> {
  for (let at = signatureLength; at < file.length; ) {
    const length = file.readUInt32BE(at)
    yield { name: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, at + 8 + length) }
    at += length + 12
  }
}

/** Filter 4: whichever of left, above and the corner is nearest to left + above − corner. */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner
  const [byLeft, byAbove, byCorner] = [left, above, corner].map(value => Math.abs(guess - value))
  if (byLeft === undefined || byAbove === undefined || byCorner === undefined) return left
  if (byLeft <= byAbove && byLeft <= byCorner) return left
  return byAbove <= byCorner ? above : corner
}

const predictors: readonly ((left: number, above: number, corner: number) => number)[] = [
  () => 0,
  left => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  paeth,
]

/** Throws for what a browser's picture of a page never is: interlaced, or of other than 8 bits and 3 or 4 channels. */
function decode(file: Buffer): Pixels {
  const chunks = [...chunksOf(file)]
  const header = chunks.find(({ name }) => name === 'IHDR')?.data
  const channels = { 2: 3, 6: 4 }[header?.readUInt8(9) ?? 0]
  if (
    header === undefined ||
    channels === undefined ||
    header.readUInt8(8) !== 8 ||
    header.readUInt8(12) !== 0
  )
    throw new Error('This is no picture of a page.')
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const packed = inflateSync(
    Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data)),
  )
  const stride = width * channels
  const rows = Buffer.alloc(stride * height)
  const byteAt = (row: number, column: number) =>
    row < 0 || column < 0 ? 0 : rows.readUInt8(row * stride + column)
  for (let row = 0; row < height; row++) {
    const start = row * (stride + 1)
    const predict = predictors[packed.readUInt8(start)]
    if (predict === undefined) throw new Error('This is no PNG.')
    for (let column = 0; column < stride; column++) {
      const left = byteAt(row, column - channels)
      const corner = column < channels ? 0 : byteAt(row - 1, column - channels)
      const byte = packed.readUInt8(start + 1 + column) + predict(left, byteAt(row - 1, column), corner)
      rows.writeUInt8(byte & 255, row * stride + column)
    }
  }
  const rgb = Buffer.alloc(width * height * 3)
  for (let pixel = 0; pixel < width * height; pixel++)
    rows.copy(rgb, pixel * 3, pixel * channels, pixel * channels + 3)
  return { width, height, rgb }
}

const distance = (one: number, other: number) =>
  [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0)

/** The same picture with the `most` colours that it holds most of; every other becomes the nearest of these. */
export function makeSmall(file: Buffer, most = 128): Buffer {
  const { width, height, rgb } = decode(file)
  const counts = new Map<number, number>()
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const palette = [...counts.keys()]
    .sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))
    .slice(0, most)
  const nearest = new Map(palette.map((colour, index) => [colour, index]))
  const indexOf = (colour: number): number => {
    const known = nearest.get(colour)
    if (known !== undefined) return known
    let best = 0
    for (const [index, other] of palette.entries())
      if (distance(colour, other) < distance(colour, palette[best] ?? 0)) best = index
    nearest.set(colour, best)
    return best
  }
  const rows = Buffer.alloc((width + 1) * height)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      rows.writeUInt8(indexOf(rgb.readUIntBE((row * width + column) * 3, 3)), row * (width + 1) + 1 + column)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3], 8)
  const colours = Buffer.from(palette.flatMap(colour => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return Buffer.concat([
    file.subarray(0, signatureLength),
    pngChunk('IHDR', header),
    pngChunk('PLTE', colours),
    pngChunk('IDAT', deflateSync(rows, { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}
