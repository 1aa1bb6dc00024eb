import { createHash } from 'node:crypto'
import { done, type Outcome, refuse } from '../refusals.ts'
import type { Store, Tx } from '../store/store.ts'
import { readPng, writeAnew } from './png.ts'
import type { PolicyCode } from './rules.ts'

/** Bytes of a picture at most. */
export const largestLogo = 32_768
/** Pixels; more would be a burden for a phone, less could not be seen. */
const sides = { width: [32, 1_200], height: [16, 400] } as const

const within = (value: number, [least, most]: readonly [number, number]): boolean =>
  value >= least && value <= most

/**
 * A PNG picture as it may be shown, its pixels decoded and written anew; or why it is not taken. The name and the type that
 * the browser claims are never asked (ASVS V5.2.2).
 */
export function cleanLogo(bytes: Uint8Array): Outcome<Buffer, PolicyCode> {
  if (bytes.length === 0) return refuse({ code: 'policy.logo-missing', field: 'file' })
  if (bytes.length > largestLogo) return refuse({ code: 'policy.logo-too-large', field: 'file' })
  const png = readPng(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (png === undefined) return refuse({ code: 'policy.logo-not-png', field: 'file' })
  if (!within(png.width, sides.width) || !within(png.height, sides.height))
    return refuse({ code: 'policy.logo-shape', field: 'file' })
  const picture = writeAnew(png)
  return picture === undefined ? refuse({ code: 'policy.logo-not-png', field: 'file' }) : done(picture)
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
