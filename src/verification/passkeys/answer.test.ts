import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  attestedData,
  bits,
  createAuthenticator,
  type Otherwise,
  plainAttestation,
} from '../../../test/support/people/authenticator.ts'
import { readAssertion, readRegistration } from './answer.ts'
import { authDataOf } from './attestation.ts'
import { verifyAssertion, verifyRegistration } from './verify.ts'

const site = { origin: 'https://door.example.org', rpId: 'door.example.org' }
const options = { challenge: 'Y2hhbGxlbmdl', user: { id: 'aGFuZGxl' } }
const key = createAuthenticator(site.origin)

async function isAdded(otherwise: Otherwise, verified = true): Promise<boolean> {
  const given = readRegistration(key.register(options, otherwise), site.origin)
  return given !== undefined && (await verifyRegistration(site, given, verified)) !== undefined
}

const { present, verified, eligible, backedUp } = bits
const text = (value: string) => Buffer.from(value)
const authData = attestedData({ rpId: site.rpId, flags: 69, signCount: 1, id: 'aWQ', cose: text('') })
const cbor = (hex: string) => Buffer.from(hex, 'hex')
const rsa = (bits: number) => {
  const { n = '', e = '' } = generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({
    format: 'jwk',
  })
  const modulus = Buffer.from(n, 'base64url')
  const head = Buffer.from([0x20, 0x59, modulus.length >> 8, modulus.length & 255])
  return Buffer.concat([cbor('a4010303390100'), head, modulus, cbor('2143'), Buffer.from(e, 'base64url')])
}

/** What a browser could be made to send, each refused before anything is kept. */
const spoiledClients: Readonly<Record<string, Otherwise>> = {
  'another port': { origin: 'https://door.example.org:8443' },
  'another scheme': { origin: 'http://door.example.org' },
  'a host below ours': { origin: 'https://evil.door.example.org' },
  'a host above ours': { origin: 'https://example.org' },
  'a frame of another site': { client: { crossOrigin: true } },
  'a frame that says where': { client: { topOrigin: 'https://evil.example' } },
  'a cross origin that is no truth value': { client: { crossOrigin: 'false' } },
  'no JSON': { clientBytes: text('type=webauthn.create') },
  'JSON that is not UTF-8': { clientBytes: cbor('7b22ff223a317d') },
  'more than 4 KiB': { client: { extraData: 'x'.repeat(4_096) } },
  'a challenge that is no text': { client: { challenge: 17 } },
  'nobody present': { flags: verified },
  'a copy of what cannot be copied': { flags: present | verified | backedUp },
}

for (const [what, otherwise] of Object.entries(spoiledClients)) {
  test(`refused: ${what}`, async () => {
    assert.equal(await isAdded(otherwise), false)
    assert.equal(readAssertion(key.sign(options, otherwise), site.origin), undefined)
  })
}

const spoiledRegistrations: Readonly<Record<string, Otherwise>> = {
  'an answer to a request for a signature': { type: 'webauthn.get' },
  'another site’s hash': { rpId: 'example.org' },
  'no proof of the person': { flags: present },
  'an algorithm that was not offered (ES384)': {
    cose: cbor(`a5010203382220022158${'30'}${'11'.repeat(48)}225830${'11'.repeat(48)}`),
  },
  'a curve that is not the algorithm’s': {
    cose: cbor(`a5010203262002215820${'11'.repeat(32)}225820${'11'.repeat(32)}`),
  },
  'an RSA key of 1,024 bits': { cose: rsa(1_024) },
  'a key that is no map': { cose: cbor('83010203') },
  'something after the key': { cose: Buffer.concat([cbor('a0'), text('more')]) },
  'a map that says that it has 2³² entries': { cose: cbor('bb0000000100000000') },
  'a text that says that it has 2³² bytes': { cose: cbor('a17b0000000100000000') },
  'lists in lists in lists': { cose: Buffer.alloc(4_000, 0x81) },
  'an id that is not the credential’s': { attestationObject: plainAttestation(authData) },
  'an id of more than 1,023 bytes': { id: Buffer.alloc(1_024, 1).toString('base64url') },
  'a format with a statement': {
    attestationObject: Buffer.concat([
      cbor('a363666d74667061636b65646761747453746d74a0686175746844617461'),
      cbor('58'),
      Buffer.from([authData.length]),
      authData,
    ]),
  },
}

for (const [what, otherwise] of Object.entries(spoiledRegistrations)) {
  test(`no passkey: ${what}`, async () => {
    assert.equal(await isAdded(otherwise), false)
  })
}

test('a good credential is added; a security key may leave the person unverified', async () => {
  assert.equal(await isAdded({}), true)
  assert.equal(await isAdded({ flags: present | verified | eligible | backedUp }), true)
  assert.equal(await isAdded({ cose: rsa(2_048) }), true)
  assert.equal(await isAdded({ flags: present }, false), true)
})

test('a signature is right for its own key, site, data and client data alone', async () => {
  const registered = readRegistration(key.register(options), site.origin)
  const added = registered && (await verifyRegistration(site, registered, true))
  const isRight = async (otherwise: Otherwise, by = key) => {
    const given = readAssertion(by.sign(options, otherwise), site.origin)
    return given !== undefined && (await verifyAssertion(site, given, added?.publicKey))
  }
  assert.equal(await isRight({}), true)
  assert.equal(await isRight({}, createAuthenticator(site.origin)), false, 'another key')
  assert.equal(await isRight({ rpId: 'example.org' }), false)
  assert.equal(await isRight({ type: 'webauthn.create' }), false)
  assert.equal(await isRight({ signature: Buffer.alloc(70, 48) }), false)
})

test('fields that are no answer of a browser are refused, whatever they hold', () => {
  const whole = JSON.parse(key.sign(options)) as Record<string, unknown>
  for (const name of Object.keys(whole))
    for (const value of [undefined, null, 7, [], {}, 'not base64url!', 'A', 'x'.repeat(20_000)])
      assert.equal(readAssertion(JSON.stringify({ ...whole, [name]: value }), site.origin), undefined, name)
  assert.equal(readAssertion(JSON.stringify({ ...whole, more: '' }), site.origin), undefined)
  fc.assert(
    fc.property(fc.json(), fc.string({ unit: 'binary' }), (json, text) => {
      for (const given of [json, text]) {
        assert.equal(readAssertion(given, site.origin), undefined)
        assert.equal(readRegistration(given, site.origin), undefined)
      }
    }),
  )
})

test('an attestation object of format none is read in any order of its entries, and nothing else is', () => {
  const fmt = cbor('63666d74646e6f6e65')
  const statement = cbor('6761747453746d74a0')
  const data = Buffer.concat([cbor('686175746844617461'), Buffer.from([0x58, authData.length]), authData])
  const objectOf = (...entries: readonly Buffer[]) =>
    Buffer.concat([Buffer.from([0xa0 + entries.length]), ...entries])
  for (const entries of [
    [fmt, statement, data],
    [data, fmt, statement],
    [statement, data, fmt],
  ])
    assert.deepEqual(authDataOf(objectOf(...entries)), authData)
  for (const entries of [
    [fmt, data],
    [fmt, fmt, data],
    [fmt, statement, data, data],
  ])
    assert.equal(authDataOf(objectOf(...entries)), undefined)
  const whole = objectOf(fmt, statement, data)
  assert.equal(authDataOf(Buffer.concat([whole, text('x')])), undefined, 'something after it')
  for (let length = 0; length < whole.length; length++)
    assert.equal(authDataOf(whole.subarray(0, length)), undefined, `cut off at ${length}`)
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), bytes => authDataOf(bytes) === undefined))
})
