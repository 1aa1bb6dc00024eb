import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { decodeAttestationObject, parseAuthenticatorData } from '@simplewebauthn/server/helpers'
import { readAssertion, readRegistration } from './answer.ts'
import { verifyAssertion, verifyRegistration } from './verify.ts'

interface Vector {
  readonly name: string
  readonly registration: Readonly<
    Record<'credential_id' | 'challenge' | 'clientDataJSON' | 'attestationObject', string>
  >
  readonly authentication: Readonly<
    Record<'challenge' | 'clientDataJSON' | 'authenticatorData' | 'signature', string>
  >
}

/** Section 16 of W3C Web Authentication 3, of its editors' draft, as base64url. */
const vectors = JSON.parse(
  readFileSync(new URL('w3c-vectors.json', import.meta.url), 'utf8'),
) as readonly Vector[]

const site = { origin: 'https://example.org', rpId: 'example.org' }

/** What of each vector this site takes. Its registrations with a statement are refused unread. */
const taken: Readonly<Record<string, readonly [registration: boolean, assertion: boolean]>> = {
  'none-es256': [true, true],
  'none-es256-long-credential-id': [true, true],
  'none-es256-crossOrigin': [false, false],
  'none-es256-topOrigin': [false, false],
  'packed-self-es256': [false, true],
  'packed-es256': [false, true],
  'packed-es384': [false, true],
  'packed-es512': [false, true],
  'packed-rs256': [false, true],
  'packed-eddsa': [false, true],
  'packed-ed448': [false, false],
  'tpm-es256': [false, true],
  'android-key-es256': [false, true],
  'apple-es256': [false, true],
  'fido-u2f-es256': [false, true],
}

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'))

/** The public key that a vector's registration holds, whatever its statement. */
const keyOf = ({ registration }: Vector): string => {
  const authData = decodeAttestationObject(bytes(registration.attestationObject)).get('authData')
  const { credentialPublicKey } = parseAuthenticatorData(authData)
  return Buffer.from(credentialPublicKey ?? []).toString('base64url')
}

test('every vector is judged', () => {
  assert.deepEqual(vectors.map(({ name }) => name).sort(), Object.keys(taken).sort())
})

for (const vector of vectors) {
  const [registers, asserts] = taken[vector.name] ?? []
  const { registration, authentication } = vector

  test(`the registration of ${vector.name} is ${registers ? 'taken' : 'refused'}`, async () => {
    const given = readRegistration(
      JSON.stringify({
        id: registration.credential_id,
        clientDataJSON: registration.clientDataJSON,
        attestationObject: registration.attestationObject,
        transports: [],
      }),
      site.origin,
    )
    assert.equal(given !== undefined, registers)
    if (given === undefined) return
    assert.equal(given.challenge, registration.challenge)
    const key = await verifyRegistration(site, given, false)
    assert.deepEqual(key, { credentialId: registration.credential_id, publicKey: keyOf(vector) })
  })

  test(`the assertion of ${vector.name} is ${asserts ? 'right' : 'refused'}`, async () => {
    const { challenge: _, ...signed } = authentication
    const text = JSON.stringify({ id: registration.credential_id, ...signed, userHandle: '' })
    const given = readAssertion(text, site.origin)
    assert.equal(given !== undefined && (await verifyAssertion(site, given, keyOf(vector))), asserts)
    if (given === undefined || !asserts) return
    assert.equal(given.challenge, authentication.challenge)
    const spoiled = {
      ...given,
      signature: Buffer.from(bytes(given.signature).fill(1, 8, 9)).toString('base64url'),
    }
    assert.equal(await verifyAssertion(site, spoiled, keyOf(vector)), false, 'one byte of the signature')
    assert.equal(await verifyAssertion({ ...site, rpId: 'example.com' }, given, keyOf(vector)), false)
    assert.equal(await verifyAssertion(site, given, undefined), false, 'nobody has it')
  })
}
