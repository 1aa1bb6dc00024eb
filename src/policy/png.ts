import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Length, name and check value of a part. */
const frameLength = 12
const paletteKind = 3

/** Samples of a pixel, and the bits that one may have, by kind of color (PNG 3rd edition, 11.2.1). */
const kinds: Readonly<Record<number, { readonly samples: number; readonly depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  [paletteKind]: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
}

/** First column and row, and steps between them, of the seven passes of an interlaced picture (8.1). */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

interface Part {
  readonly name: string
  readonly data: Buffer
}

/** Size and kind of a picture. */
interface Png {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly kind: number
  readonly samples: number
  readonly interlaced: boolean
  readonly parts: readonly Part[]
}

/** The parts of a PNG file (5); undefined: it is none, or it holds more or less than one. */
function partsOf(file: Buffer): readonly Part[] | undefined {
  if (!file.subarray(0, signature.length).equals(signature)) return undefined
  const parts: Part[] = []
  for (let at = signature.length; at < file.length; ) {
    if (at + frameLength > file.length) return undefined
    const end = at + frameLength + file.readUInt32BE(at)
    if (end > file.length || crc32(file.subarray(at + 4, end - 4)) !== file.readUInt32BE(end - 4))
      return undefined
    parts.push({ name: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, end - 4) })
    at = end
  }
  const names = parts.map(({ name }) => name)
  const isWhole = names[0] === 'IHDR' && names.indexOf('IEND') === names.length - 1 && names.includes('IDAT')
  return isWhole ? parts : undefined
}

/** Reads what a PNG file says of itself. @returns undefined when it is none. */
export function readPng(file: Buffer): Png | undefined {
  const parts = partsOf(file)
  const header = parts?.[0]?.data
  if (parts === undefined || header?.length !== 13) return undefined
  const [depth = 0, color = 0, compression, filter, interlace = 0] = header.subarray(8)
  const kind = kinds[color]
  if (
    kind === undefined ||
    !kind.depths.includes(depth) ||
    compression !== 0 ||
    filter !== 0 ||
    interlace > 1
  )
    return undefined
  return {
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    depth,
    kind: color,
    samples: kind.samples,
    interlaced: interlace === 1,
    parts,
  }
}

const dataOf = ({ parts }: Png, wanted: string): Buffer =>
  Buffer.concat(parts.flatMap(({ name, data }) => (name === wanted ? [data] : [])))

interface Rows {
  readonly bytes: number
  readonly count: number
  /** Bits of the last byte that belong to no pixel. */
  readonly spare: number
}

/** The runs of rows of a picture: one, or one for each pass. */
function runsOf({ width, height, depth, samples, interlaced }: Png): readonly Rows[] {
  const run = (columns: number, count: number): Rows => {
    const bits = columns * samples * depth
    return { bytes: Math.ceil(bits / 8), count: columns === 0 ? 0 : count, spare: (8 - (bits % 8)) % 8 }
  }
  if (!interlaced) return [run(width, height)]
  return passes.map(([x, y, right, down]) =>
    run(Math.ceil((width - x) / right), Math.ceil((height - y) / down)),
  )
}

/** What each filter foretells a byte from those left, above, and left above (9.2). */
const foretell: readonly ((left: number, up: number, corner: number) => number)[] = [
  () => 0,
  left => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  (left, up, corner) => {
    const a = Math.abs(up - corner)
    const b = Math.abs(left - corner)
    const c = Math.abs(left + up - 2 * corner)
    if (a <= b && a <= c) return left
    return b <= c ? up : corner
  },
]

const guess = (filter: number, row: Buffer, above: Buffer, at: number, step: number): number =>
  foretell[filter]?.(row[at - step] ?? 0, above[at] ?? 0, at < step ? 0 : (above[at - step] ?? 0)) ?? 0

/** The pixels' bytes of all rows, without filters; undefined: they are not what the header says. */
function readRows(png: Png, step: number): readonly (readonly Buffer[])[] | undefined {
  const runs = runsOf(png)
  const length = runs.reduce((sum, { bytes, count }) => sum + (bytes + 1) * count, 0)
  let raw: Buffer
  try {
    raw = inflateSync(dataOf(png, 'IDAT'), { maxOutputLength: length })
  } catch {
    return undefined
  }
  if (raw.length !== length) return undefined
  let at = 0
  const all: Buffer[][] = []
  for (const { bytes, count, spare } of runs) {
    const rows: Buffer[] = []
    for (let number = 0; number < count; number++) {
      const filter = raw[at] ?? 0
      if (filter >= foretell.length) return undefined
      const above = rows.at(-1) ?? Buffer.alloc(bytes)
      const row = raw.subarray(at + 1, at + 1 + bytes)
      for (let x = 0; x < bytes; x++) row[x] = (row[x] ?? 0) + guess(filter, row, above, x, step)
      rows.push(row)
      at += bytes + 1
    }
    for (const row of rows) row[bytes - 1] = (row[bytes - 1] ?? 0) & (0xff << spare)
    all.push(rows)
  }
  return all
}

/** A row with the filter that leaves the smallest numbers, which pack best (12.7). */
function filtered(row: Buffer, above: Buffer, step: number, filters: number): Buffer {
  let [best, least] = [Buffer.alloc(0), Number.POSITIVE_INFINITY]
  for (let filter = 0; filter < filters; filter++) {
    const made = Buffer.alloc(row.length + 1, filter)
    let sum = 0
    for (let x = 0; x < row.length; x++) {
      const rest = ((row[x] ?? 0) - guess(filter, row, above, x, step)) & 0xff
      made[x + 1] = rest
      sum += Math.min(rest, 256 - rest)
    }
    if (sum < least) [best, least] = [made, sum]
  }
  return best
}

/** Takes the color away from pixels that nobody can see. */
function blankHidden(rows: readonly Buffer[], samples: number, width: number): void {
  const pixel = samples * width
  for (const row of rows)
    for (let at = 0; at < row.length; at += pixel) {
      const alpha = row.subarray(at + pixel - width, at + pixel)
      if (alpha.every(byte => byte === 0)) row.fill(0, at, at + pixel)
    }
}

/** Which colors of the palette a picture uses. */
function usedColors(rows: readonly Buffer[], depth: number): ReadonlySet<number> {
  const used = new Set<number>()
  const mask = 2 ** depth - 1
  for (const row of rows)
    for (const byte of row)
      for (let shift = 8 - depth; shift >= 0; shift -= depth) used.add((byte >> shift) & mask)
  return used
}

/** Palette and transparency that the pixels need, and not a byte more; undefined: a pixel has no color. */
function colorParts(png: Png, rows: readonly Buffer[]): readonly Part[] | undefined {
  const [palette, alpha] = [dataOf(png, 'PLTE'), dataOf(png, 'tRNS')]
  if (png.kind === paletteKind) {
    const used = usedColors(rows, png.depth)
    const count = Math.max(...used) + 1
    if (palette.length % 3 !== 0 || palette.length / 3 < count) return undefined
    const colors = Buffer.from(palette.subarray(0, 3 * count))
    const opacity = Buffer.from(alpha.subarray(0, count))
    for (let color = 0; color < count; color++) {
      const isUsed = used.has(color)
      if (!isUsed || opacity[color] === 0) colors.fill(0, 3 * color, 3 * color + 3)
      if (!isUsed && color < opacity.length) opacity[color] = 0xff
    }
    return [{ name: 'PLTE', data: colors }, ...(opacity.length > 0 ? [{ name: 'tRNS', data: opacity }] : [])]
  }
  const hasAlpha = png.kind === 4 || png.kind === 6
  if (hasAlpha || alpha.length !== 2 * png.samples) return []
  const seen = Buffer.alloc(alpha.length)
  for (let at = 0; at < alpha.length; at += 2)
    seen.writeUInt16BE(alpha.readUInt16BE(at) & (2 ** png.depth - 1), at)
  return [{ name: 'tRNS', data: seen }]
}

function framed({ name, data }: Part): Buffer {
  const whole = Buffer.alloc(frameLength + data.length)
  whole.writeUInt32BE(data.length, 0)
  whole.write(name, 4, 'latin1')
  data.copy(whole, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), whole.length - 4)
  return whole
}

/**
 * Decodes the pixels of a picture and writes them anew: nothing that no pixel shows is in what comes out, be it behind the
 * picture, between its parts, in colors that it does not use or under what is transparent.
 * @returns undefined when the pixels are not what the file says.
 */
export function writeAnew(png: Png): Buffer | undefined {
  const step = Math.max(1, (png.samples * png.depth) / 8)
  const runs = readRows(png, step)
  if (runs === undefined) return undefined
  if (png.kind === 4 || png.kind === 6) for (const rows of runs) blankHidden(rows, png.samples, png.depth / 8)
  const colors = colorParts(png, runs.flat())
  if (colors === undefined) return undefined
  const filters = png.kind === paletteKind || png.depth < 8 ? 1 : foretell.length
  const packed = runs.flatMap(rows =>
    rows.map((row, number) => filtered(row, rows[number - 1] ?? Buffer.alloc(row.length), step, filters)),
  )
  return Buffer.concat([
    signature,
    ...[
      { name: 'IHDR', data: dataOf(png, 'IHDR') },
      ...colors,
      { name: 'IDAT', data: deflateSync(Buffer.concat(packed), { level: 9 }) },
      { name: 'IEND', data: Buffer.alloc(0) },
    ].map(framed),
  ])
}
