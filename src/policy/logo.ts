import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { done, type Outcome, refuse } from '../refusals.ts'
import type { Store, Tx } from '../store/store.ts'
import type { PolicyCode } from './rules.ts'

/** Bytes of a picture at most. */
export const largestLogo = 32_768
/** Pixels; more would be a burden for a phone, less could not be seen. */
const sides = { width: [32, 1_200], height: [16, 400] } as const

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Parts that make the picture; all others (texts, places, animations) are left out. */
const kept = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'IDAT', 'IEND'])
/** Length, name and check value of a part. */
const frameLength = 12

interface Chunk {
  readonly name: string
  readonly data: Buffer
  readonly whole: Buffer
}

/** The parts of a PNG file (PNG 3rd edition, 5); undefined: it is none, or it holds more or less than one. */
function chunksOf(file: Buffer): readonly Chunk[] | undefined {
  if (!file.subarray(0, signature.length).equals(signature)) return undefined
  const chunks: Chunk[] = []
  for (let at = signature.length; at < file.length; ) {
    if (at + frameLength > file.length) return undefined
    const end = at + frameLength + file.readUInt32BE(at)
    if (end > file.length || crc32(file.subarray(at + 4, end - 4)) !== file.readUInt32BE(end - 4))
      return undefined
    const whole = file.subarray(at, end)
    chunks.push({ name: whole.toString('latin1', 4, 8), data: whole.subarray(8, -4), whole })
    at = end
  }
  const names = chunks.map(({ name }) => name)
  const isWhole = names[0] === 'IHDR' && names.indexOf('IEND') === names.length - 1 && names.includes('IDAT')
  return isWhole ? chunks : undefined
}

const within = (value: number, [least, most]: readonly [number, number]): boolean =>
  value >= least && value <= most

/**
 * A PNG picture as it may be shown, without anything that is not the picture; or why it is not taken. The name and the
 * type that the browser claims are never asked (ASVS V5.2.2).
 */
export function cleanLogo(bytes: Uint8Array): Outcome<Buffer, PolicyCode> {
  if (bytes.length === 0) return refuse({ code: 'policy.logo-missing', field: 'file' })
  if (bytes.length > largestLogo) return refuse({ code: 'policy.logo-too-large', field: 'file' })
  const chunks = chunksOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const header = chunks?.[0]?.data
  if (chunks === undefined || header?.length !== 13)
    return refuse({ code: 'policy.logo-not-png', field: 'file' })
  if (!within(header.readUInt32BE(0), sides.width) || !within(header.readUInt32BE(4), sides.height))
    return refuse({ code: 'policy.logo-shape', field: 'file' })
  return done(
    Buffer.concat([signature, ...chunks.filter(({ name }) => kept.has(name)).map(({ whole }) => whole)]),
  )
}

/** SHA-256 of a picture as 64 hexadecimal digits: the policy's value. */
export const logoHash = (picture: Buffer): string => createHash('sha256').update(picture).digest('hex')

/** Keeps a cleaned picture. */
export async function keepLogo(tx: Tx, picture: Buffer, now: number): Promise<void> {
  await tx.db
    .insertInto('agency_logo')
    .values({ sha256: logoHash(picture), bytes: picture.toString('base64'), added_at: now })
    .onConflict(conflict => conflict.column('sha256').doNothing())
    .execute()
}

/** @returns the picture with this hash; undefined: there is none. */
export async function readLogo({ read }: Store, sha256: string): Promise<Buffer | undefined> {
  const row = await read
    .selectFrom('agency_logo')
    .select('bytes')
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  return row && Buffer.from(row.bytes, 'base64')
}
