/** The cookie of a session: whose it is, when it changes, and where it may stand. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { type Client, openClient, sentName } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import { atSignIn, copyOf, openData, placeOf, signedIn, tokensOf, tryPassword } from './support.ts'

const holderOf = (client: Client) => client.cookies.get('lintel') ?? ''
const env = { LINTEL_TRUSTED_PROXIES: '127.0.0.1' }
const theirs = 'A thief will never know 8!'
const chosen = 'Gneiss quilt 71 walks'
const isInside = async (client: Client) => (await placeOf(client)) === '/'

for (const engine of engines) {
  describe(engine, async () => {
    const lintel = await startLintel({ after }, { engine, env, clockOffset: 0 })
    const data = await openData({ after }, lintel)

    test('giving the password again changes the session id, and the old one dies ten seconds later', async () => {
      await data.addPeople({ username: 'p81' })
      const client = await signedIn(lintel, 'p81')
      const before = client.cookies.get('lintel')
      const old = copyOf(client)
      await client.get('/security')
      await client.submit({ password }, 'Submit')
      assert.notEqual(client.cookies.get('lintel'), before)
      await lintel.advance(11_000)
      assert.equal(await isInside(client), true)
      assert.equal(await isInside(old), false)
    })

    test('a session id from before the password was given again opens no security setting, even in its last ten seconds', async () => {
      await data.addPeople({ username: 'stolen' })
      const client = await signedIn(lintel, 'stolen')
      const thief = copyOf(client)
      const [csrf = ''] = tokensOf(await thief.get('/'))
      await client.get('/security')
      await client.submit({ password }, 'Submit')
      assert.match((await client.get('/security/password')).text, /Confirm new password/)
      assert.equal(await isInside(thief), true, 'what was on its way arrives')
      for (const path of ['/security', '/security/password', '/security/two-step', '/recovery'])
        assert.match((await thief.get(path)).text, /<form[^>]* action="\/security"/, path)
      const taken = await thief.post('/security/password', { csrf, password: theirs, confirm: theirs })
      assert.deepEqual([taken.status, taken.location], [303, '/'], 'it may read, and nothing more')
      assert.equal((await tryPassword(await atSignIn(lintel), 'stolen', theirs)).status, 422)
    })

    test('whoever holds a session id from before the password was changed is out at once', async () => {
      await data.addPeople({ username: 'changes' })
      const client = await signedIn(lintel, 'changes')
      await client.get('/security')
      await client.submit({ password }, 'Submit')
      const thief = copyOf(client)
      const [csrf = ''] = tokensOf(await thief.get('/security/password'))
      await client.get('/security/password')
      const mine = 'Lanterns 9 over the snow'
      await client.submit({ password: mine, confirm: mine }, 'Save')
      assert.equal(await isInside(client), true)
      await thief.post('/security/password', { csrf, password: theirs, confirm: theirs })
      assert.equal(await isInside(thief), false)
      assert.equal(await isInside(client), true)
      assert.equal((await tryPassword(await atSignIn(lintel), 'changes', theirs)).status, 422)
    })

    test('every form is closed to the session id from before the password was given again', async () => {
      await data.addPeople({ username: 'former' })
      const client = await signedIn(lintel, 'former')
      const thief = copyOf(client)
      const [csrf = ''] = tokensOf(await thief.get('/'))
      await client.get('/security')
      await client.submit({ password }, 'Submit')
      for (const path of ['/security', '/security/sign-out-everywhere', '/preferences', '/sign-out']) {
        const answer = await thief.post(path, { csrf, password, theme: 'dark' })
        assert.deepEqual([answer.status, answer.location], [303, '/'], path)
      }
      assert.equal(await isInside(client), true)
      assert.equal(thief.cookies.get('lintel') === client.cookies.get('lintel'), false)
    })
  })
}

const lintel = await startLintel({ after }, { engine: 'sqlite', env, clockOffset: 0 })
const data = await openData({ after }, lintel)
const planted = `s.${'A'.repeat(43)}`

test('a cookie planted before sign-in is never adopted, and each stage gets a new one', async () => {
  await data.addPeople({ username: 'fixed', temporary: true })
  for (const mark of ['s.', 'p.']) {
    const client = openClient(lintel.origin)
    client.cookies.set('lintel', planted.replace('s.', mark))
    await client.get('/sign-in')
    await tryPassword(client, 'fixed', password)
    assert.match(holderOf(client), /^p\.[\w-]{43}$/)
    assert.notEqual(holderOf(client).slice(2), planted.slice(2))
  }
  const client = await signedIn(lintel, 'fixed')
  const pending = holderOf(client)
  await client.get('/password/new')
  await client.submit({ password: chosen, confirm: chosen }, 'Save')
  assert.match(holderOf(client), /^[sp]\.[\w-]{43}$/)
  await client.get('/recovery')
  if (holderOf(client) === pending) await client.submit({}, 'Skip for now')
  assert.match(holderOf(client), /^s\./)
  assert.notEqual(holderOf(client).slice(2), pending.slice(2))
  await lintel.advance(11_000)
  for (const mark of ['s.', 'p.']) {
    const replay = openClient(lintel.origin)
    replay.cookies.set('lintel', mark + pending.slice(2))
    assert.equal(await placeOf(replay), '/sign-in', `the sign-in's cookie as ${mark} after completion`)
  }
})

test('the cookie of an unfinished sign-in cannot pass for a session, nor the other way round', async () => {
  await data.addPeople({ username: 'marks' }, { username: 'marks-pending', temporary: true })
  const session = holderOf(await signedIn(lintel, 'marks'))
  const pending = holderOf(await signedIn(lintel, 'marks-pending'))
  const swapped = [
    `p.${session.slice(2)}`,
    `s.${pending.slice(2)}`,
    `S.${session.slice(2)}`,
    session.slice(2),
    `${session} `,
    `${session}=`,
    `s.${session}`,
    `${session.slice(0, -1)}`,
    `"${session}"x`,
  ]
  for (const value of swapped) {
    const client = openClient(lintel.origin)
    client.cookies.set('lintel', value)
    const place = await placeOf(client)
    if (value === `${session} `) assert.equal(place, '/', 'blanks around a cookie are no part of it')
    else assert.equal(place, '/sign-in', value)
  }
})

const attributesOf = (line: string) =>
  line
    .split('; ')
    .slice(1)
    .map(part => part.toLowerCase())
    .toSorted()

test('on http every cookie is HttpOnly, SameSite and host-only; only the device cookie lasts', async () => {
  await data.addPeople({ username: 'cookies' })
  const client = openClient(lintel.origin)
  const page = await client.get('/sign-in')
  const answer = await tryPassword(client, 'cookies', password)
  const lines = [...(page.headers['set-cookie'] ?? []), ...(answer.headers['set-cookie'] ?? [])]
  const seen = Object.fromEntries(
    lines.map(line => [line.split('=')[0]?.replace(/-\d+$/, ''), attributesOf(line)]),
  )
  const session = ['httponly', 'path=/', 'samesite=lax']
  assert.deepEqual(seen, {
    'lintel-pre': session,
    lintel: session,
    'lintel-device': ['httponly', 'max-age=7776000', 'path=/', 'samesite=lax'],
  })
})

test('on https every cookie is Secure and bound to the host by its name', async t => {
  const secure = await startLintel(t, {
    engine: 'sqlite',
    env: { ...env, LINTEL_ORIGIN: 'https://hmis.example.org' },
  })
  assert.equal(secure.origin, 'https://hmis.example.org')
  await (await openData(t, secure)).addPeople({ username: 'cookies' })
  const client = openClient(`http://127.0.0.1:${secure.env['PORT']}`, { host: 'hmis.example.org' })
  const page = await client.get('/sign-in')
  const own = { origin: secure.origin }
  const answer = await client.post('/sign-in', { username: 'cookies', password }, own)
  assert.equal(answer.status, 303)
  const lines = [...(page.headers['set-cookie'] ?? []), ...(answer.headers['set-cookie'] ?? [])]
  for (const line of lines) {
    assert.match(line, /^__Host-lintel(-pre|-device)?=/)
    for (const part of ['secure', 'httponly', 'path=/', 'samesite=lax'])
      assert.ok(attributesOf(line).includes(part), `${part} in ${line}`)
    assert.doesNotMatch(line, /domain=|expires=/i)
    assert.doesNotMatch(line, /max-age=(?!7776000)/i, 'only the device cookie lasts, and opens nothing')
  }
  assert.equal(lines.length, 3)
  assert.match(String(answer.headers['strict-transport-security']), /max-age=63072000/)
  const plain = openClient(client.origin, { host: 'hmis.example.org' })
  plain.cookies.set('lintel', client.cookies.get('__Host-lintel') ?? '')
  assert.equal(await placeOf(plain), '/sign-in', 'the name without __Host- is not read')
})

test('a session id is taken from its cookie only, and never stands in an answer', async () => {
  await data.addPeople({ username: 'token' })
  const client = await signedIn(lintel, 'token')
  const id = holderOf(client)
  for (const place of ['/', '/security', '/preferences']) {
    const page = await client.get(place)
    assert.equal(page.text.includes(id.slice(2)), false, place)
    assert.equal(JSON.stringify({ ...page.headers, 'set-cookie': '' }).includes(id.slice(2)), false, place)
  }
  const bare = openClient(lintel.origin)
  const path = `/?lintel=${id}&session=${id}`
  for (const headers of [
    {},
    { authorization: `Bearer ${id}` },
    { 'x-session': id },
    { cookie2: `${sentName('lintel', lintel.origin)}=${id}` },
    { cookie: `${sentName('lintel', lintel.origin).toUpperCase()}=${id}` },
  ])
    assert.match((await bare.get(path, headers)).location ?? '', /^\/sign-in/)
  await bare.get('/sign-in')
  assert.equal((await bare.post('/preferences', { lintel: id, theme: 'dark' })).location, '/sign-in')
  assert.equal(lintel.output().includes(id.slice(2)), false)
})
