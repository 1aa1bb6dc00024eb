import { randomBytes, timingSafeEqual } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { base32 } from '../common/base32.ts'

/** Milliseconds of one time step (RFC 6238, section 4.1). */
export const stepLength = 30_000
/** Steps before and after the present one whose codes are taken, for clocks that differ (RFC 6238, section 5.2). */
export const drift = 1
/** Bytes of a secret: as long as the hash (RFC 4226, section 4, R6). */
const secretBytes = 20

export const newSecret = (): string => base32(randomBytes(secretBytes))

/** The step of a moment in milliseconds since 1970. */
export const stepAt = (now: number): number => Math.floor(now / stepLength)

// SHA-1, six digits and 30 s are what Google and Microsoft Authenticator read; both ignore other values.
const generator = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: stepLength / 1_000 })

/** The code of one step for a base32 secret. */
export const codeAt = (secret: string, step: number): string =>
  generator(secret).generate({ timestamp: step * stepLength })

type CodeMatch =
  | { readonly kind: 'right'; readonly step: number }
  | { readonly kind: 'used' }
  | { readonly kind: 'wrong' }

/**
 * Which step a code of six digits belongs to. Only the present step and `drift` to each side count, and never a step at or
 * before the last one used, even if the clock went back (RFC 6238, section 5.2; ASVS V6.5.1, V6.5.5).
 */
export function matchCode(secret: string, code: string, now: number, lastStep: number): CodeMatch {
  const present = stepAt(now)
  const matching = Array.from({ length: 2 * drift + 1 }, (_, index) => present - drift + index).filter(
    step => step >= 0 && isSame(codeAt(secret, step), code),
  )
  const fresh = matching.findLast(step => step > lastStep)
  if (fresh !== undefined) return { kind: 'right', step: fresh }
  return { kind: matching.length > 0 ? 'used' : 'wrong' }
}

function isSame(right: string, given: string): boolean {
  const [a, b] = [Buffer.from(right), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** The site as an entry of an authenticator app names it. */
export interface PairedSite {
  readonly siteName: string
  readonly siteBanner: string
  readonly origin: string
}

/** Signs of an address for the issuer, which is in it twice, and for the person: the QR code stays readable on a phone. */
const most = { issuer: 40, label: 130 } as const

/**
 * The content of the QR code: the key-URI format that authenticator apps read. Some keep one entry for each issuer and
 * person, so that the issuer names the banner of a training site, and the person their host and its port.
 */
export function pairingUri(
  secret: string,
  { siteName, siteBanner, origin }: PairedSite,
  username: string,
): string {
  const issuer = shortened(plain(`${siteBanner} ${siteName}`), most.issuer)
  const label = shortened(plain(`${username}@${new URL(origin).host}`), most.label)
  return new TOTP({ issuer, label, secret: Secret.fromBase32(secret) }).toString()
}

/** A colon would part issuer and person. */
const plain = (text: string): string => text.replaceAll(':', ' ').trim()

/** As many whole signs as fit into an address of so many. */
function shortened(text: string, longest: number): string {
  let [kept, length] = ['', 0]
  for (const sign of text) {
    length += encodeURIComponent(sign).length
    if (length > longest) break
    kept += sign
  }
  return kept.trim()
}
