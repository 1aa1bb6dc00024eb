import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { accessByLog, accessByTables } from '../../test/support/database/access.ts'
import { type Answer, type Client, openClient } from '../../test/support/http/client.ts'
import { type Lintel, startLintel } from '../../test/support/process/process.ts'
import { openToLook } from '../store/store.ts'
import { people } from './people.ts'

/** Where each person ends, and words of that page. */
const ends: Readonly<Record<string, readonly [path: string, words: RegExp]>> = {
  admin: ['/terms', /Terms of Agreement/],
  amina: ['/', /Welcome, Amina/],
  bert: ['/terms', /Terms of Agreement/],
  chai: ['/sign-in', /temporary password has expired/],
  dolores: ['/settings/choose', /Harbor House Duluth[\s\S]*Priority List Managers/],
  erik: ['/terms', /Shared computers/],
  fatuma: ['/recovery', /Security Question/],
  gus: ['/sign-in/verify', /code/i],
  hana: ['/sign-in/two-step', /2-step/i],
  ingrid: ['/', /requires 2-step verification/],
  jamal: ['/', /Administrator/],
  karl: ['/sign-in', /account is deactivated/],
  keisha: ['/sign-in/passkey', /Use your passkey or security key/],
  lupe: ['/sign-in', /suspended until/],
  mai: ['/', /Welcome, Mai/],
  moses: ['/sign-in/code-card', /Enter code 1 of card A/],
  nils: ['/sign-in', /closed on its scheduled date/],
  noor: ['/', /requires 2-step verification starting/],
  opal: ['/sign-in', /inactive because it has not been used for 90 days/],
  petra: ['/sign-in', /training has expired/],
  quincy: ['/sign-in', /blocked to keep your account safe/],
  rosa: ['/sign-in', /Too many attempts/],
  sven: ['/', /added to an organization yet[\s\S]*added to a workgroup yet/],
  tove: ['/', /Welcome, Tove/],
  ulla: ['/settings/choose', /Harbor House Duluth/],
  vicente: ['/', /Agency desk/],
  wendell: ['/', /Welcome, Wendell/],
  'maximiliana-konstantinopolitanskaya-featherstonehaugh': ['/', /Featherstonehaugh of Upper Minnetonka/],
  xiomara: ['/settings/choose', /Willow Safe House/],
  yusra: ['/', /يسرى/],
}

let demo: Lintel
let folder = ''
let shown: ReadonlyMap<string, { readonly password: string; readonly state: string }>

const cleanups: (() => Promise<unknown>)[] = []

before(async () => {
  demo = await startLintel(
    { after: cleanup => void cleanups.push(cleanup) },
    { engine: 'sqlite', entry: 'src/demo/main.ts' },
  )
  folder = demo.output().match(/made up and lies in (\S+)/)?.[1] ?? ''
  const [, table = ''] = demo.output().split(/^username +password +state\n/m)
  const rows =
    table
      .split(/^All of this/m)[0]
      ?.trimEnd()
      .split('\n') ?? []
  shown = new Map(
    rows.map(row => {
      const [username = '', password = '', state = ''] = row.split(/ {2,}/)
      return [username, { password, state }]
    }),
  )
})

after(async () => {
  for (const cleanup of cleanups) await cleanup()
})

async function walk(client: Client, from: Answer): Promise<{ path: string; text: string }> {
  let path = '/sign-in'
  let answer = from
  while (answer.location !== undefined) {
    path = answer.location
    answer = await client.get(path)
  }
  return { path, text: answer.text }
}

test('The table shows the first administrator and everyone of the demo, each with a state', () => {
  assert.deepEqual([...shown.keys()], ['admin', ...people.map(({ username }) => username)])
  assert.deepEqual([...shown.keys()].sort(), Object.keys(ends).sort())
  for (const [username, { state }] of shown) assert.ok(state.length > 0, username)
})

test('The log of the demo says what its tables say: who has access now, and who signed in last when', async () => {
  const store = await openToLook({ folder, databaseUrl: undefined })
  try {
    const now = Date.now()
    assert.deepEqual(await accessByLog(store, now), await accessByTables(store, now))
    const began = await store.read
      .selectFrom('audit_record')
      .select(eb => ['subject', eb.fn.max('at').as('at')])
      .where('event', '=', 'session_created')
      .groupBy('subject')
      .execute()
    const last = new Map(began.map(({ subject, at }) => [subject, at]))
    const made = await store.read
      .selectFrom('account')
      .select(['id', 'username', 'last_sign_in_at'])
      .execute()
    for (const { id, username, last_sign_in_at } of made)
      assert.equal(last.get(id) ?? null, last_sign_in_at, username)
  } finally {
    await store.close()
  }
})

test('The helpdesk finds who has to wait after wrong tries, who waits to be looked at and who will rest soon', async () => {
  const client = openClient(demo.origin)
  await client.get('/sign-in')
  const password = shown.get('jamal')?.password ?? ''
  await walk(client, await client.submit({ username: 'jamal', password }, 'Sign In'))
  const queues: readonly (readonly [state: string, found: readonly RegExp[]])[] = [
    ['throttled', [/Delgado, Rosa/]],
    ['incident', [/Adeyemi, Quincy/, /, Gus/]],
    ['near-dormancy', [/Ostby, Wendell/]],
    ['two-step-due', [/Haddad, Noor/]],
  ]
  for (const [state, found] of queues) {
    const page = await client.follow(await client.get(`/helpdesk/people?state=${state}`))
    for (const name of found) assert.match(page.text, name, state)
    assert.doesNotMatch(page.text, /Bakke, Sven/)
  }
})

for (const [username, [path, words]] of Object.entries(ends)) {
  test(`${username} can be tried: the table's password leads to ${path} and the state is seen there`, async () => {
    const client = openClient(demo.origin)
    await client.get('/sign-in')
    const answer = await client.submit({ username, password: shown.get(username)?.password ?? '' }, 'Sign In')
    const end = await walk(client, answer)
    assert.equal(end.path, path)
    assert.match(end.text, words)
  })
}

test('An application stands beside it, registered: it opens from Home and shows where its person works', async () => {
  const client = openClient(demo.origin)
  await client.get('/sign-in')
  const password = shown.get('amina')?.password ?? ''
  const home = await walk(client, await client.submit({ username: 'amina', password }, 'Sign In'))
  const [, address = ''] = home.text.match(/href="([^"]+)"[^>]*>Open Bed Board</) ?? []
  const board = openClient(new URL(address).origin)
  const asked = new URL((await board.get('/')).location ?? '')
  const back = new URL((await client.get(asked.pathname + asked.search)).location ?? '')
  const inside = await board.follow(await board.get(back.pathname + back.search))
  assert.match(inside.text, /Lakeside Night Shelter · Emergency Shelter Staff/)
})

test('The demo uses a folder of its own, which is gone when it stops', async () => {
  assert.notEqual(folder, '')
  assert.notEqual(folder, demo.folder)
  assert.ok(existsSync(folder))
  assert.equal((await demo.stop()).code, 0)
  assert.equal(existsSync(folder), false)
})
