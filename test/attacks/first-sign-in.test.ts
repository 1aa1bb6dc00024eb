/** The temporary password and the first sign-in. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { raiseEpoch } from '../../src/account/store.ts'
import { setTemporaryPassword } from '../../src/password/store.ts'
import { readPolicy } from '../../src/policy/policy.ts'
import { openHasher } from '../../src/services.ts'
import { publishTerms } from '../../src/terms/store.ts'
import { answer, firstSignInByClient, password, question } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import type { Client } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import { atSignIn, copyOf, hour, minute, openData, placeOf, signedIn, tally, tryPassword } from './support.ts'

const env = { LINTEL_TRUSTED_PROXIES: '127.0.0.1' }
let addresses = 0
const ownAddress = () => ({ 'x-forwarded-for': `198.51.100.${++addresses}` })
const chosen = 'Gneiss quilt 71 walks'

const behindSteps = ['/', '/settings/choose', '/password/new', '/recovery', '/recovery/question', '/terms']

for (const engine of engines) {
  describe(engine, async () => {
    const lintel = await startLintel({ after }, { engine, env })
    const data = await openData({ after }, lintel)
    const enter = (username: string) => signedIn(lintel, username, password, ownAddress())
    const save = (client: Client, secret: string) =>
      client.post('/password/new', { password: secret, confirm: secret })

    test('of two machines with the same temporary password one finishes, and the other is left with nothing', async () => {
      await data.addPeople({ username: 'two-machines', temporary: true })
      const [a, b] = [await enter('two-machines'), await enter('two-machines')]
      await Promise.all([a.get('/password/new'), b.get('/password/new')])
      await Promise.all([save(a, `${chosen} a`), save(b, `${chosen} b`)])
      const places = await Promise.all([placeOf(a), placeOf(b)])
      assert.deepEqual(places.toSorted(), ['/', '/sign-in'])
      const winner = places[0] === '/' ? 'a' : 'b'
      for (const machine of ['a', 'b']) {
        const client = await atSignIn(lintel, ownAddress())
        const { status } = await tryPassword(client, 'two-machines', `${chosen} ${machine}`)
        assert.equal(status, machine === winner ? 303 : 422)
      }
      assert.equal(await data.liveSessions('two-machines'), 1)
    })

    test('a first sign-in finished 50 times at once opens exactly one session', async () => {
      await data.addPeople({ username: 'fifty-tabs', temporary: true })
      const client = await enter('fifty-tabs')
      const page = await client.get('/password/new')
      const csrf = /name="csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? ''
      const fields = (tab: number) => ({ csrf, password: `${chosen} ${tab}`, confirm: `${chosen} ${tab}` })
      const tabs = await Promise.all(
        Array.from({ length: 50 }, async (_, tab) => {
          const copy = copyOf(client)
          await copy.post('/password/new', fields(tab))
          return copy
        }),
      )
      const sessions = tabs
        .map(tab => tab.cookies.get('lintel') ?? '')
        .filter(value => value.startsWith('s.'))
      assert.equal(sessions.length, 1)
      assert.equal(await data.liveSessions('fifty-tabs'), 1)
      const changes = await data.events('authn_password_change')
      const subject = await data.idOf('fifty-tabs')
      assert.equal(changes.filter(row => row.subject === subject).length, 1)
    })

    test('a terms page accepted 50 times at once opens one session', async () => {
      await data.addPeople({ username: 'accepts', termsOpen: true })
      const client = await enter('accepts')
      const page = await client.get('/terms')
      const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? ''
      const fields = {
        csrf: field('csrf'),
        version: field('version'),
        sha256: field('sha256'),
        choice: 'accept',
      }
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => copyOf(client).post('/terms', fields)),
      )
      assert.deepEqual(tally(answers.map(({ status }) => status)), { 303: 50 })
      assert.equal(await data.liveSessions('accepts'), 1)
    })

    test('the temporary password is useless once the first sign-in is done', async () => {
      await data.addPeople({ username: 'done', temporary: true })
      const client = await enter('done')
      await client.get('/password/new')
      await save(client, chosen)
      const again = await tryPassword(await atSignIn(lintel, ownAddress()), 'done', password)
      assert.equal(again.status, 422)
      assert.match(again.text, /The username or password is incorrect/)
    })
  })
}

const lintel = await startLintel({ after }, { engine: 'sqlite', env, clockOffset: 0 })
const data = await openData({ after }, lintel)
const enter = (username: string) => signedIn(lintel, username, password, ownAddress())

test('the temporary password is printed once and appears nowhere else', async t => {
  const own = await startLintel(t, { engine: 'sqlite' })
  const ownData = await openData(t, own)
  const client = await firstSignInByClient(own)
  const home = await client.get('/')
  assert.equal(own.output().split(own.adminPassword).length - 1, 1)
  assert.equal(home.text.includes(own.adminPassword), false)
  const tables = await ownData.services.store.read.introspection.getTables()
  for (const { name } of tables) {
    const rows = await ownData.services.store.read
      .selectFrom(name as 'account')
      .selectAll()
      .execute()
    const text = JSON.stringify(rows)
    for (const secret of [own.adminPassword, password, answer])
      assert.equal(text.includes(secret), false, name)
  }
  await own.restart()
  assert.equal(own.output().match(/temporary password/g)?.length, 1)
})

test('no step can be skipped: every other page leads back to it, and every other form changes nothing', async () => {
  await data.addPeople({
    username: 'skips',
    temporary: true,
    termsOpen: true,
    organizations: ['North Shelter', 'South Shelter'],
  })
  const client = await enter('skips')
  const walk = async (step: string, forms: Readonly<Record<string, Readonly<Record<string, string>>>>) => {
    for (const path of behindSteps.filter(path => !path.startsWith(step)))
      assert.equal((await client.get(path)).location, step, path)
    for (const path of [
      '/security',
      '/security/password',
      '/security/two-step',
      '/helpdesk',
      '/sign-in/verify',
    ]) {
      const { status, location } = await client.get(path)
      assert.ok(status === 404 || location === step, path)
    }
    await client.get(step)
    for (const [path, fields] of Object.entries(forms))
      assert.equal((await client.post(path, fields)).location, step, path)
  }
  const accept = { choice: 'accept', version: 'x', sha256: 'x' }
  const choice = { password: chosen, confirm: chosen }
  const theme = { theme: 'dark' }
  const recovery = { question, answer }
  await walk('/settings/choose', {
    '/terms': accept,
    '/password/new': choice,
    '/preferences': theme,
    '/settings/apply': {},
  })
  const page = await client.get('/settings/choose')
  const north = /value="([^"]+)"[^>]*>North Shelter/.exec(page.text)?.[1] ?? ''
  await client.submit({ organization: north }, 'Use These Settings')
  await walk('/terms', {
    '/password/new': choice,
    '/recovery/question': recovery,
    '/recovery': {},
    '/preferences': theme,
  })
  await client.get('/terms')
  await client.submit({}, 'Accept')
  await walk('/password/new', {
    '/recovery/question': recovery,
    '/recovery': {},
    '/terms': accept,
    '/settings/apply': {},
  })
  const subject = await data.idOf('skips')
  const account = await data.services.store.read
    .selectFrom('account')
    .select(['theme', 'last_sign_in_at'])
    .where('id', '=', subject)
    .executeTakeFirstOrThrow()
  assert.deepEqual({ ...account }, { theme: 'system', last_sign_in_at: null })
  const out = await data.events('sequence_fail')
  assert.ok(out.length >= 12)
  assert.equal(await data.liveSessions('skips'), 0)
})

test('terms accepted with a forged version or hash, or without a choice, are not accepted', async () => {
  await data.addPeople({ username: 'forges', termsOpen: true })
  const client = await enter('forges')
  const page = await client.get('/terms')
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? ''
  const shown = { version: field('version'), sha256: field('sha256') }
  const forged: Readonly<Record<string, string>>[] = [
    { ...shown },
    { ...shown, choice: 'false' },
    { ...shown, accepted: 'true' },
    { ...shown, choice: 'ACCEPT' },
    { ...shown, choice: 'accept', version: '' },
    { ...shown, choice: 'accept', version: `${shown.version} ` },
    { ...shown, choice: 'accept', sha256: shown.sha256.toUpperCase() },
    { ...shown, choice: 'accept', sha256: shown.sha256.replace(/^./, sign => (sign === '0' ? '1' : '0')) },
    { choice: 'accept' },
  ]
  for (const fields of forged) assert.equal((await client.post('/terms', fields)).status, 422)
  assert.deepEqual(await data.acceptances('forges'), [])
  assert.equal((await client.post('/terms', { ...shown, choice: 'accept' })).status, 303)
  const [record] = await data.acceptances('forges')
  assert.deepEqual([record?.terms_version_id, record?.sha256], [shown.version, shown.sha256])
})

test('declining the terms signs the person out and changes nothing in the account', async () => {
  await data.addPeople({ username: 'declines', temporary: true, termsOpen: true })
  const read = async () =>
    data.services.store.read
      .selectFrom('account')
      .innerJoin('credential', 'credential.account_id', 'account.id')
      .selectAll()
      .where('username', '=', 'declines')
      .executeTakeFirstOrThrow()
  const before = await read()
  const client = await enter('declines')
  const thief = copyOf(client)
  await client.get('/terms')
  assert.equal((await client.submit({}, 'Decline')).location, '/sign-in')
  assert.deepEqual(await read(), before)
  assert.equal(await placeOf(thief), '/sign-in')
  const declined = (await data.events('user_terms_declined')).at(-1)
  assert.equal(declined?.subject, await data.idOf('declines'))
  assert.equal(await placeOf(await enter('declines')), '/terms', 'the temporary password still works')
})

test('forms of the first sign-in sent again after its end change nothing', async () => {
  await data.addPeople({ username: 'resends', temporary: true, termsOpen: true })
  const client = await enter('resends')
  const forms: (readonly [string, Readonly<Record<string, string>>])[] = []
  const send = async (path: string, typed: Readonly<Record<string, string>>) => {
    const page = await client.get(path)
    const hidden = [...page.text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)]
    const fields = { ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])), ...typed }
    forms.push([path, fields])
    assert.equal((await client.post(path, fields)).status, 303, path)
  }
  await send('/terms', { choice: 'accept' })
  await send('/password/new', { password: chosen, confirm: chosen, recovery: 'on' })
  await send('/recovery', {})
  assert.equal(await placeOf(client), '/')
  const snapshot = async () => {
    const { read } = data.services.store
    const account = await read.selectFrom('account').selectAll().where('username', '=', 'resends').execute()
    const credential = await read
      .selectFrom('credential')
      .selectAll()
      .where('account_id', '=', await data.idOf('resends'))
      .execute()
    return { account, credential, acceptances: await data.acceptances('resends') }
  }
  const before = await snapshot()
  for (const [path, fields] of forms) assert.equal((await client.post(path, fields)).location, '/', path)
  assert.equal(await placeOf(client), '/')
  assert.deepEqual(await snapshot(), before)
})

test('a first sign-in left for more than 30 minutes starts over, and the temporary password still works', async () => {
  await data.addPeople({ username: 'idles', temporary: true })
  const client = await enter('idles')
  assert.equal(await placeOf(client), '/password/new')
  await lintel.advance(31 * minute)
  assert.equal(await placeOf(client), '/sign-in')
  assert.equal(await placeOf(await enter('idles')), '/password/new')
})

test('the temporary password cannot be kept as the new one, however it is spelled', async () => {
  await data.addPeople({ username: 'keeps', temporary: true })
  const client = await enter('keeps')
  await client.get('/password/new')
  for (const secret of [password, password.normalize('NFD'), `${password} `, ` ${password}`, `${password}\n`])
    assert.equal((await client.post('/password/new', { password: secret, confirm: secret })).status, 422)
})

test('a second temporary password ends the first and every sign-in begun with it', async () => {
  await data.addPeople({ username: 'reissued', temporary: true })
  const begun = await enter('reissued')
  const { services } = data
  const hash = await openHasher(services.keyring).hash('k7wd-29xm-fhq4')
  assert.ok(!hash.busy)
  const id = await data.idOf('reissued')
  const policy = await readPolicy(services.store)
  await services.store.write(async tx => {
    await setTemporaryPassword(tx, id, hash.value, policy, Date.now() + 2 * hour)
    await raiseEpoch(tx, id)
  })
  assert.equal(await placeOf(begun), '/sign-in')
  const old = await tryPassword(await atSignIn(lintel, ownAddress()), 'reissued', password)
  assert.equal(old.status, 422)
  assert.equal(
    await placeOf(await signedIn(lintel, 'reissued', 'k7wd-29xm-fhq4', ownAddress())),
    '/password/new',
  )
})

test('terms published in the meantime are shown before anyone can accept them', async () => {
  await data.addPeople({ username: 'meanwhile', termsOpen: true })
  const client = await enter('meanwhile')
  await client.get('/terms')
  const now = Date.now()
  await data.services.store.write(tx =>
    publishTerms(tx, { text: 'Newer terms.', effectiveAt: now, by: 'system', now }),
  )
  const refused = await client.submit({}, 'Accept')
  assert.equal(refused.status, 422)
  assert.match(refused.text, /The terms changed while you were reading.*Newer terms/s)
  assert.deepEqual(await data.acceptances('meanwhile'), [])
})

test('an expired temporary password is refused, and only someone who knows it is told why', async () => {
  await data.addPeople({ username: 'expires', temporary: true, termsOpen: true })
  await lintel.advance(73 * hour)
  const client = await atSignIn(lintel, ownAddress())
  const wrongOne = await tryPassword(client, 'expires', 'wrong')
  assert.match(wrongOne.text, /The username or password is incorrect/)
  const right = await tryPassword(client, 'expires', password)
  assert.equal(right.status, 422)
  assert.match(right.text, /Your temporary password has expired\. Ask/)
})
