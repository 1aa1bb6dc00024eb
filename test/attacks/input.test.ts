/** What people and machines type into the fields for a name and a password. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { type Client, openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import { atSignIn, openData, rawRequest, signedIn, statusOf, tryPassword } from './support.ts'

const env = { LINTEL_TRUSTED_PROXIES: '127.0.0.1' }
let addresses = 0
const ownAddress = () => ({ 'x-forwarded-for': `198.51.100.${++addresses}` })

const lintel = await startLintel({ after }, { engine: 'sqlite', env })
const data = await openData({ after }, lintel)
let people = 0

/** Someone at "Create a new password", in a browser and at an address of their own. */
async function newcomer(): Promise<{ readonly client: Client; readonly username: string }> {
  const username = `newcomer-${++people}`
  await data.addPeople({ username, temporary: true })
  const client = await signedIn(lintel, username, password, ownAddress())
  assert.equal((await client.get('/')).location, '/password/new')
  await client.get('/password/new')
  return { client, username }
}

const choose = (client: Client, secret: string, confirm = secret) =>
  client.post('/password/new', { password: secret, confirm })

/** Sets a password in the first sign-in; then says whether others open the account. */
async function withPassword(secret: string): Promise<(entry: string) => Promise<boolean>> {
  const { client, username } = await newcomer()
  assert.equal((await choose(client, secret)).status, 303)
  return async entry =>
    (await tryPassword(await atSignIn(lintel, ownAddress()), username, entry)).status === 303
}

test('a password set with composed letters works with decomposed ones, and the other way round', async () => {
  const composed = 'Caf\u00e9 heron 42 lamp'
  assert.equal(await (await withPassword(composed))(composed.normalize('NFD')), true)
  assert.equal(await (await withPassword(composed.normalize('NFD')))(composed), true)
})

test('a NUL does not cut off a password: it is refused whole', async () => {
  const { client, username } = await newcomer()
  assert.equal((await choose(client, 'Heron quilt 42\u0000AAA')).status, 400)
  const attempt = await tryPassword(await atSignIn(lintel, ownAddress()), username, 'Heron quilt 42')
  assert.equal(attempt.status, 422)
  assert.equal((await choose(client, 'Heron quilt 43\u0007\u001b[2J')).status, 303, 'other controls count')
})

test('a password of ten megabytes is refused before it has arrived, as a form and as JSON', async () => {
  const { client } = await newcomer()
  const big = 'a'.repeat(10 * 1_024 * 1_024)
  const cookie = client.cookieHeader()
  const sameSite = [`Origin: ${lintel.origin}`, 'Sec-Fetch-Site: same-origin', `Cookie: ${cookie}`]
  for (const [path, type, body] of [
    ['/password/new', 'application/x-www-form-urlencoded', `password=${big}&confirm=${big}`],
    ['/sign-in', 'application/json', JSON.stringify({ username: 'a', password: big })],
  ] as const) {
    const headers = [...sameSite, `Content-Type: ${type}`]
    const told = [...headers, `Content-Length: ${body.length}`]
    const start = body.slice(0, 70_000)
    assert.equal(statusOf(await rawRequest(lintel, `POST ${path} HTTP/1.1`, told, start)), 413)
    const chunked = `${body.length.toString(16)}\r\n${start}`
    const untold = [...headers, 'Transfer-Encoding: chunked']
    assert.equal(statusOf(await rawRequest(lintel, `POST ${path} HTTP/1.1`, untold, chunked)), 413)
  }
  assert.equal((await openClient(lintel.origin).get('/health/ready')).text, 'ok')
})

test('long passwords count to their last character, up to 256 code points', async () => {
  const start = 'Heron lamp 42 quietly walks '
  for (const [sign, length] of [
    ['x', 64],
    ['漢', 128],
    ['🦩', 256],
  ] as const) {
    const secret = [...start, ...sign.repeat(length)].slice(0, length - 1).join('')
    const opens = await withPassword(`${secret}y`)
    assert.deepEqual(
      [await opens(`${secret}y`), await opens(`${secret}z`), await opens(secret)],
      [true, false, false],
    )
  }
  const { client } = await newcomer()
  const refused = await choose(client, `${start}${'🦩'.repeat(257 - start.length)}`)
  assert.equal(refused.status, 422)
  assert.match(refused.text, /Use at most 256 characters/)
})

test('two passwords that share their first 72 bytes are different passwords', async () => {
  const start = 'Heron lamp 42 '.padEnd(72, 'qwz gneiss ')
  const opens = await withPassword(`${start}first`)
  assert.deepEqual([await opens(`${start}first`), await opens(`${start}other`)], [true, false])
})

test('length is counted in code points, and half a character is refused', async () => {
  const { client } = await newcomer()
  const short = await choose(client, 'Å1🦩👩‍🚀!')
  assert.equal(short.status, 422)
  assert.match(short.text, /Use at least 8 characters/)
  const own = {
    origin: lintel.origin,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded',
  }
  for (const half of ['%ED%A0%80', '%F0%9F%A6', '%FF', '\xff']) {
    const body = Buffer.from(`username=a&password=Heron42${half}!`, 'latin1')
    assert.equal((await client.send('POST', '/sign-in', own, body)).status, 400, half)
  }
})

test('weak passwords that meet every composition rule are refused with a reason', async () => {
  const { client, username } = await newcomer()
  const reversed = [...username].reverse().join('')
  const weak = [
    'Password1!',
    'P@ssw0rd1',
    'Minnesota2026!',
    'HMIS2026!',
    'Qwerty123!',
    'Welcome1!',
    'Aaaaaaa1!',
  ]
  for (const secret of [...weak, `N${username.slice(1)}1!`, `${reversed.toUpperCase()}a1!`, 'Warsame2026!']) {
    const refused = await choose(client, secret)
    assert.equal(refused.status, 422, secret)
    assert.match(refused.text, /easy to guess|based on your name/, secret)
  }
})

test('lists, objects and JSON instead of text are refused and match nothing', async () => {
  await data.addPeople({ username: 'typed' })
  const client = await atSignIn(lintel, ownAddress())
  const csrf = /name="csrf" value="([^"]*)"/.exec((await client.get('/sign-in')).text)?.[1] ?? ''
  const own = { origin: lintel.origin, 'sec-fetch-site': 'same-origin' }
  const form = { ...own, 'content-type': 'application/x-www-form-urlencoded' }
  for (const part of [
    'password[]=x',
    'password[$ne]=',
    'password[0]=x',
    'password.length=1',
    '=x',
    'password%00=x',
    '[]',
  ]) {
    const answer = await client.send('POST', '/sign-in', form, `csrf=${csrf}&username=typed&${part}`)
    assert.equal(answer.status, 400, part)
  }
  for (const value of [1, true, null, [], {}, { $ne: '' }, ['a']]) {
    const body = JSON.stringify({ csrf, username: 'typed', password: value })
    const answer = await client.send('POST', '/sign-in', { ...own, 'content-type': 'application/json' }, body)
    assert.equal(answer.status, 400, body)
  }
})

test('of a field sent twice only the first value is checked', async () => {
  await data.addPeople({ username: 'twice' })
  const client = await atSignIn(lintel, ownAddress())
  const csrf = /name="csrf" value="([^"]*)"/.exec((await client.get('/sign-in')).text)?.[1] ?? ''
  const own = {
    origin: lintel.origin,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded',
  }
  const secret = encodeURIComponent(password)
  const status = async (fields: string) =>
    (await client.send('POST', '/sign-in', own, `csrf=${csrf}&${fields}`)).status
  assert.equal(await status(`username=twice&password=x&password=${secret}`), 422)
  assert.equal(await status(`username=nobody&username=twice&password=${secret}`), 422)
  assert.equal(await status(`username=twice&password=${secret}&password=x`), 303)
})

test('blanks and line breaks around a password count the same when it is set and when it is entered', async () => {
  const secret = ' Heron lamp 42 gneiss '
  const opens = await withPassword(secret)
  assert.deepEqual(
    [await opens(secret), await opens(secret.trim()), await opens(`${secret}\n`)],
    [true, false, false],
  )
})

test('a username is the same in any case and with blanks around it', async () => {
  await data.addPeople({ username: 'ann.berg' })
  for (const name of ['Ann.Berg', 'ANN.BERG', '  ann.berg\t', 'ａnn.berg']) {
    const answer = await tryPassword(await atSignIn(lintel, ownAddress()), name, password)
    assert.equal(answer.status, 303, name)
  }
})

const hostileNames = [
  'a\r\nSet-Cookie: x=1',
  '<img src=x onerror=alert(1)>',
  `"><script>alert(1)</script>`,
  `' OR 1=1 --`,
  '%s%n%x',
  '\u202eadmin',
  '../../etc/passwd',
  'a'.repeat(10_000),
  '{{7*7}}',
  '\u0001\u001b[31m',
]

test('a hostile username gets the answer of any wrong one and stays text on the page', async () => {
  for (const name of hostileNames) {
    const answer = await tryPassword(await atSignIn(lintel, ownAddress()), name, 'x')
    assert.equal(answer.status, 422, name)
    assert.equal(answer.headers['x'], undefined)
    assert.doesNotMatch(answer.text, /<img|<script>alert/)
    assert.doesNotMatch(lintel.output(), /onerror|OR 1=1/, 'names are not written to the process log')
  }
})

test('two passwords that differ, the temporary one again and an empty field are each refused in their own words', async () => {
  const { client } = await newcomer()
  const cases = [
    ['Heron quilt 42 b', 'Heron quilt 42 c', /The passwords do not match/],
    [password, password, /This is your current password/],
    [` ${password} `, ` ${password} `, /This is your current password/],
    ['', '', /Enter a new password/],
  ] as const
  for (const [secret, confirm, words] of cases) {
    const refused = await choose(client, secret, confirm)
    assert.equal(refused.status, 422)
    assert.match(refused.text, words)
  }
  assert.equal((await client.get('/')).location, '/password/new', 'nothing was changed')
})

for (const engine of engines) {
  describe(engine, async () => {
    const other = await startLintel({ after }, { engine, env })
    const otherData = await openData({ after }, other)

    test('a NUL in any field never reaches the store', async () => {
      await otherData.addPeople({ username: 'nul', termsOpen: true }, { username: 'nul-inside' })
      const stranger = await atSignIn(other, ownAddress())
      assert.equal((await tryPassword(stranger, 'nul\u0000x', password)).status, 400)
      const client = await signedIn(other, 'nul-inside', password, ownAddress())
      for (const path of ['/preferences', '/settings/apply', '/settings/choose', '/recovery/question']) {
        const fields = {
          theme: 'dark\u0000',
          organization: '\u0000',
          question: 'Why\u0000?',
          answer: '\u0000abc',
        }
        assert.equal((await client.post(path, fields)).status, 400, path)
      }
      assert.equal((await client.get('/%00')).status, 404)
      assert.equal((await client.get('/?a=%00')).status, 200)
    })
  })
}
