import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isNotifiable, isRegistrable } from './addresses.ts'

const good = [
  'https://beds.example.org/callback',
  'https://beds.example.org:8443/callback?kept=1',
  'http://localhost:3001/callback',
  'http://127.0.0.1:3001/callback',
  'http://[::1]:3001/callback',
  'https://beds.example.org/a..b/c',
]

const bad = {
  'oidcc-redirect-uri-regfrag: a fragment': 'https://beds.example.org/callback#part',
  'an empty fragment': 'https://beds.example.org/callback#',
  'no TLS': 'http://beds.example.org/callback',
  'no TLS, to a name that only begins like this machine': 'http://localhost.evil.example/callback',
  'a script': 'javascript:alert(1)',
  'a program of the device': 'org.example.beds:/callback',
  'a name before the host': 'https://beds@example.org/callback',
  'a password before the host': 'https://beds:x@example.org/callback',
  'steps up': 'https://beds.example.org/a/../callback',
  'steps up, coded': 'https://beds.example.org/a/%2E%2e/callback',
  'steps up behind a path parameter': 'https://beds.example.org/a/..;/callback',
  'a backslash': 'https://beds.example.org\\@evil.example/',
  'a space': 'https://beds.example.org/call back',
  'a line break': 'https://beds.example.org/\ncallback',
  'letters that look alike': 'https://bеds.example.org/callback',
  'no host': 'https:///callback',
  'no slashes, which browsers forgive': 'https:beds.example.org/callback',
  'capital letters, which applications do not send': 'HTTPS://beds.example.org/callback',
  'only a path': '/callback',
  'more than 2,000 characters': `https://beds.example.org/${'a'.repeat(2_000)}`,
}

for (const address of good)
  test(`"${address}" may be registered`, () => {
    assert.equal(isRegistrable(address), true)
    assert.equal(isNotifiable(address), true)
  })

for (const [name, address] of Object.entries(bad))
  test(`${name} may not be registered`, () => {
    assert.equal(isRegistrable(address), false)
    assert.equal(isNotifiable(address), false)
  })

for (const host of [
  '169.254.169.254',
  '2852039166',
  '0xa9.0xfe.0xa9.0xfe',
  '[::ffff:169.254.169.254]',
  '[fe80::1]',
  '[febf::1]',
  '[fd00:ec2::254]',
  'metadata.google.internal',
  'Metadata.Google.Internal.',
])
  test(`no notice goes to "${host}", where a machine keeps what it knows of itself`, () =>
    assert.equal(isNotifiable(`https://${host}/out`), false))
