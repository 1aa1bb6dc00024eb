/** Each route twice, at once, out of order and for somebody else. */
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { engines } from '../support/database/databases.ts'
import { type Client, openClient, sentName } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import { atSignIn, copyOf, openData, placeOf, signedIn, tally, tokensOf, tryPassword } from './support.ts'

const env = { LINTEL_TRUSTED_PROXIES: '127.0.0.1' }
let addresses = 0
const ownAddress = () => ({ 'x-forwarded-for': `198.51.100.${++addresses}` })

/** The same form from so many tabs of one browser at the same moment. */
async function atOnce(
  client: Client,
  count: number,
  path: string,
  fields: (tab: number) => Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, number>>> {
  const answers = await Promise.all(
    Array.from({ length: count }, (_, tab) => copyOf(client).post(path, fields(tab))),
  )
  return tally(answers.map(({ status }) => status))
}

const tokenAt = async (client: Client, path: string) => tokensOf(await client.get(path))[0] ?? ''

for (const engine of engines) {
  describe(engine, async () => {
    const lintel = await startLintel({ after }, { engine, env })
    const data = await openData({ after }, lintel)
    const enter = (username: string) => signedIn(lintel, username, password, ownAddress())
    const eventsOf = async (event: string, username: string) => {
      const subject = await data.idOf(username)
      return (await data.events(event)).filter(row => row.subject === subject).length
    }

    test('sign-out pressed in 20 tabs at once is one sign-out', async () => {
      await data.addPeople({ username: 'out' })
      const client = await enter('out')
      const csrf = await tokenAt(client, '/')
      assert.deepEqual(await atOnce(client, 20, '/sign-out', () => ({ csrf })), { 303: 20 })
      assert.equal(await eventsOf('session_logout', 'out'), 1)
      assert.equal(await data.liveSessions('out'), 0)
    })

    test('skipping recovery in 20 tabs at once opens one session', async () => {
      await data.addPeople({ username: 'skips', account: { recovery_asked: 1 } })
      const client = await enter('skips')
      const csrf = await tokenAt(client, '/recovery')
      assert.deepEqual(await atOnce(client, 20, '/recovery', () => ({ csrf })), { 303: 20 })
      assert.equal(await data.liveSessions('skips'), 1)
      assert.equal(await eventsOf('session_created', 'skips'), 1)
    })

    test('20 questions set at once leave one of them and one session', async () => {
      await data.addPeople({ username: 'asks', account: { recovery_asked: 1 } })
      const client = await enter('asks')
      const csrf = await tokenAt(client, '/recovery/question')
      const fields = (tab: number) => ({
        csrf,
        question: `Which was number ${tab}?`,
        answer: `The ${tab} heron`,
      })
      const statuses = await atOnce(client, 20, '/recovery/question', fields)
      assert.ok(
        Object.keys(statuses).every(status => ['303', '403', '429'].includes(status)),
        JSON.stringify(statuses),
      )
      assert.equal(await data.liveSessions('asks'), 1)
    })

    test('settings chosen in 20 tabs at once open one session, in a workgroup of that person', async () => {
      await data.addPeople({ username: 'chooses', organizations: ['North Shelter', 'South Shelter'] })
      const client = await enter('chooses')
      const page = await client.get('/settings/choose')
      const csrf = tokensOf(page)[0] ?? ''
      const ids = ['North', 'South'].map(
        name => new RegExp(`value="([^"]+)"[^>]*>${name} Shelter`).exec(page.text)?.[1] ?? '',
      )
      const fields = (tab: number) => ({ csrf, organization: ids[tab % 2] ?? '' })
      assert.deepEqual(await atOnce(client, 20, '/settings/choose', fields), { 303: 20 })
      assert.equal(await data.liveSessions('chooses'), 1)
    })

    test('accept and decline pressed at the same moment end in one of the two, never in between', async () => {
      for (let round = 0; round < 5; round++) {
        const username = `both-${round}`
        await data.addPeople({ username, termsOpen: true })
        const client = await enter(username)
        const page = await client.get('/terms')
        const hidden = [...page.text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)]
        const fields = Object.fromEntries(hidden.map(([, name, value]) => [name, value]))
        const tabs = [copyOf(client), copyOf(client)]
        await Promise.all(
          tabs.map((tab, i) => tab.post('/terms', { ...fields, choice: i === 0 ? 'accept' : 'decline' })),
        )
        const live = await data.liveSessions(username)
        const accepted = (await data.acceptances(username)).length
        assert.ok(live === 0 || accepted === 1, `live ${live}, accepted ${accepted}`)
      }
    })
  })
}

const lintel = await startLintel({ after }, { engine: 'sqlite', env, clockOffset: 0 })
const data = await openData({ after }, lintel)
const enter = (username: string) => signedIn(lintel, username, password, ownAddress())

test('an organization or workgroup of someone else, or one that is retired, cannot be chosen', async () => {
  const mine = ['North Shelter', 'South Shelter']
  await data.addPeople(
    { username: 'mine', organizations: mine, workgroups: ['HMIS Users', 'Priority List Managers'] },
    { username: 'theirs', organizations: ['Far Shelter'], workgroups: ['Coordinated Entry Assessors'] },
  )
  const { read } = data.services.store
  const idOf = async (kind: 'organization' | 'workgroup', name: string) =>
    (await read.selectFrom(kind).select('id').where('name', '=', name).executeTakeFirstOrThrow()).id
  const north = await idOf('organization', 'North Shelter')
  const users = await idOf('workgroup', 'HMIS Users')
  const client = await enter('mine')
  await client.get('/settings/choose')
  const foreign = [
    { organization: await idOf('organization', 'Far Shelter'), workgroup: users },
    { organization: await idOf('organization', 'Helpdesk'), workgroup: users },
    { organization: north, workgroup: await idOf('workgroup', 'Coordinated Entry Assessors') },
    { organization: north, workgroup: await idOf('workgroup', 'System Administrators') },
    { organization: users, workgroup: north },
    { organization: north },
    {},
  ]
  for (const fields of foreign) {
    assert.equal((await client.post('/settings/choose', fields)).status, 422, JSON.stringify(fields))
    assert.equal(await placeOf(client), '/settings/choose')
  }
  assert.equal((await client.post('/settings/choose', { organization: north, workgroup: users })).status, 303)
  assert.equal(await placeOf(client), '/')
  for (const fields of foreign)
    assert.equal(
      (await client.post('/settings/apply', fields)).status,
      422,
      `inside, ${JSON.stringify(fields)}`,
    )
  await data.services.store.write(async tx => {
    await tx.db
      .updateTable('account_organization')
      .set({ may_sign_in: 0 })
      .where('organization_id', '=', north)
      .execute()
  })
  const home = await client.get('/')
  assert.doesNotMatch(home.text, /<dd[^>]*>North Shelter/, 'a place taken away is left at the next request')
})

test('a sign-in begun twice in one browser leaves the older one dead once the newer is done', async () => {
  await data.addPeople({ username: 'twice', account: { recovery_asked: 1 } })
  const [first, second] = [await enter('twice'), await enter('twice')]
  await second.get('/recovery')
  await second.submit({}, 'Skip for now')
  assert.equal(await placeOf(second), '/')
  await first.get('/')
  assert.equal(await data.liveSessions('twice'), 1, 'one live session, whichever came last')
})

test('a person who signs in as someone else halfway keeps nothing of the first sign-in', async () => {
  await data.addPeople({ username: 'before', temporary: true }, { username: 'after' })
  const client = await enter('before')
  const first = copyOf(client)
  const token = await tokenAt(client, '/password/new')
  const page = await atSignIn(lintel, ownAddress())
  client.cookies.set('lintel-pre', page.cookies.get('lintel-pre') ?? '')
  const csrf = await tokenAt(page, '/sign-in')
  assert.equal((await client.post('/sign-in', { csrf, username: 'after', password })).status, 303)
  assert.match((await client.get('/')).text, /after@example\.org/)
  const forged = { csrf: token, password: 'Gneiss quilt 71 walks', confirm: 'Gneiss quilt 71 walks' }
  assert.equal((await client.post('/password/new', forged)).status, 403)
  assert.equal(await placeOf(first), '/sign-in', 'what the browser held before is over')
})

test('a security question set from an outdated sign-in is not kept', async () => {
  await data.addPeople({ username: 'obsolete', temporary: true })
  const [thief, owner] = [await enter('obsolete'), await enter('obsolete')]
  const csrf = await tokenAt(thief, '/password/new')
  await owner.get('/password/new')
  await owner.submit({ password: 'Gneiss quilt 71 walks', confirm: 'Gneiss quilt 71 walks' }, 'Save')
  for (const path of ['/recovery/question', '/recovery', '/password/new', '/terms', '/preferences']) {
    const answer = await thief.post(path, {
      csrf,
      question: 'Mine now?',
      answer: 'Surely',
      theme: 'dark',
      password: 'x',
    })
    assert.equal(answer.location, '/sign-in', path)
  }
  const { read } = data.services.store
  const rows = await read
    .selectFrom('recovery_question')
    .selectAll()
    .where('account_id', '=', await data.idOf('obsolete'))
    .execute()
  assert.deepEqual(rows, [])
})

test('the pre-session cookie and the device cookie cannot stand in for each other or for a session', async () => {
  await data.addPeople({ username: 'kinds' })
  const client = await enter('kinds')
  const { cookies } = client
  const [pre = '', device = '', holder = ''] = ['lintel-pre', 'lintel-device', 'lintel'].map(name =>
    cookies.get(name),
  )
  const csrf = await tokenAt(await atSignIn(lintel), '/sign-in')
  for (const value of [device, holder, `${holder}.${holder}`, pre.split('.')[0] ?? '', `${pre}x`]) {
    const mixed = openClient(lintel.origin)
    mixed.cookies.set('lintel-pre', value)
    assert.equal((await mixed.post('/sign-in', { csrf, username: 'kinds', password })).status, 403, value)
  }
  for (const value of [pre, device]) {
    const mixed = openClient(lintel.origin)
    mixed.cookies.set('lintel', value)
    assert.equal(await placeOf(mixed), '/sign-in')
  }
  const mixed = await atSignIn(lintel, ownAddress())
  mixed.cookies.set('lintel-device', pre)
  for (let i = 0; i < 5; i++) assert.equal((await tryPassword(mixed, 'kinds', 'x')).status, 422)
  assert.equal((await tryPassword(await atSignIn(lintel, ownAddress()), 'kinds', 'x')).status, 429)
})

test('two cookies with one name never mix two people', async () => {
  await data.addPeople({ username: 'one' }, { username: 'two' })
  const [one, two] = [await enter('one'), await enter('two')]
  const token = await tokenAt(two, '/')
  const name = sentName('lintel', lintel.origin)
  const cookie = [one, two].map(({ cookies }) => `${name}=${cookies.get('lintel')}`).join('; ')
  const bare = openClient(lintel.origin)
  const home = await bare.get('/', { cookie })
  const seen = ['one@example.org', 'two@example.org'].filter(email => home.text.includes(email))
  assert.equal(seen.length, 1)
  const other = seen[0] === 'one@example.org' ? token : await tokenAt(one, '/')
  assert.equal((await bare.post('/preferences', { csrf: other, theme: 'dark' }, { cookie })).status, 403)
})
