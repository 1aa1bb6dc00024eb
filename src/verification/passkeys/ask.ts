import type { Services } from '../../session/services.ts'
import type { Visit } from '../../session/visit.ts'
import { type Holder, policyOf } from '../../session/visitor.ts'
import type { PasskeyKind } from '../../store/schema.ts'
import { type AskedOf, newChallenge, type Purpose } from './challenge.ts'
import { readKeysAt } from './own.ts'
import type { Site } from './site.ts'
import { type Passkey, userHandleOf } from './store.ts'
import { algorithms } from './verify.ts'

/** Milliseconds that the browser waits for the person (W3C Web Authentication 3, 15.1). */
const timeout = 300_000

type Parts = Pick<Services, 'store' | 'keyring'>

/** The holder that a challenge is for: this sign-in, until its credentials change. */
export const holderOf = ({ id, person }: Holder): string => `${id} ${person.epoch}`

const described = ({ credentialId, transports }: Passkey) => ({
  type: 'public-key',
  id: credentialId,
  transports,
})

/** What the browser is to look for. A passkey finds its account by itself and makes sure who uses it; a security key only follows a password. */
const selections: Readonly<Record<PasskeyKind, object>> = {
  passkey: {
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
  },
  'security-key': {
    hints: ['security-key'],
    authenticatorSelection: {
      authenticatorAttachment: 'cross-platform',
      residentKey: 'discouraged',
      userVerification: 'discouraged',
    },
  },
}

/** Asks for a new credential (`PublicKeyCredentialCreationOptions` as JSON). */
export async function askToAdd(
  { store, keyring }: Parts,
  site: Site,
  { visitor, now }: Visit<Holder>,
  kind: PasskeyKind,
): Promise<object> {
  const { id, username, firstName, lastName } = visitor.person
  const own = await readKeysAt(store.read, id, site)
  return {
    rp: { id: site.rpId, name: policyOf(visitor).siteName },
    user: {
      id: await userHandleOf(store.read, keyring, id),
      name: username,
      displayName: [firstName, lastName].filter(Boolean).join(' ') || username,
    },
    challenge: newChallenge(keyring, { purpose: kind, holder: holderOf(visitor) }, now),
    pubKeyCredParams: algorithms.map(alg => ({ type: 'public-key', alg })),
    timeout,
    attestation: 'none',
    excludeCredentials: own.map(described),
    ...selections[kind],
  }
}

const askToSign = (
  { keyring }: Pick<Parts, 'keyring'>,
  { rpId }: Site,
  asked: AskedOf,
  now: number,
  more: object,
): object => ({ challenge: newChallenge(keyring, asked, now), rpId, timeout, ...more })

/** What a person's own keys are asked for. */
export type OwnPurpose = Exclude<Purpose, PasskeyKind | 'sign-in'>

/**
 * Asks for a signature by one of a person's own keys (`PublicKeyCredentialRequestOptions` as JSON). No PIN is asked for
 * where one of them is a security key: the password has said who it is.
 */
export async function askOwnKeys(
  parts: Parts,
  site: Site,
  { visitor, now }: Visit<Holder>,
  purpose: OwnPurpose,
): Promise<object> {
  const own = await readKeysAt(parts.store.read, visitor.person.id, site)
  const hasSecurityKey = own.some(({ kind }) => kind === 'security-key')
  return askToSign(parts, site, { purpose, holder: holderOf(visitor) }, now, {
    allowCredentials: own.map(described),
    userVerification: hasSecurityKey ? 'discouraged' : 'preferred',
  })
}

/** Asks for a signature by whatever passkey the browser has; nobody is named, so that nothing is told. */
export const askAnyPasskey = (
  parts: Pick<Parts, 'keyring'>,
  site: Site,
  preSession: string,
  now: number,
): object =>
  askToSign(parts, site, { purpose: 'sign-in', holder: preSession }, now, {
    allowCredentials: [],
    userVerification: 'required',
  })
