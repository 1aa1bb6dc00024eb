/** Files that were made to harm: forms around them, what they are called, and what is in them. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { png, pngChunk } from '../support/browser/picture.ts'
import { type Answer, type Client, openClient } from '../support/http/client.ts'
import { throughGate } from '../support/people/two-step.ts'
import { startLintel } from '../support/process/process.ts'
import { exchange, openData, signedIn, statusOf, tokensOf } from './support.ts'

const importAddress = '/helpdesk/import'
const logoAddress = '/helpdesk/policy/agencyLogo'
const people = 'First name,Last name,Email,Username\nAnn,Lee,ann@example.org,annlee\n'

const lintel = await startLintel({ after }, { engine: 'sqlite' })
const data = await openData({ after }, lintel)
await data.addPeople(
  { username: 'desk', role: 'helpdesk' },
  { username: 'chief', role: 'administrator' },
  { username: 'plain' },
)
const helpdesk = await signedIn(lintel, 'desk')
const chief = await signedIn(lintel, 'chief')

const tokenAt = async (client: Client, path: string): Promise<string> =>
  tokensOf(await client.get(path))[0] ?? ''

/** Sends a body as it stands, as a page of ours would. */
function sendBody(client: Client, path: string, body: string | Uint8Array, type: string): Promise<Answer> {
  const headers = { origin: client.origin, 'sec-fetch-site': 'same-origin', 'content-type': type }
  return client.send('POST', path, headers, body)
}

const part = (disposition: string, body: string): string =>
  `--line\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${body}\r\n`
const filePart = (content = people, name = 'people.csv') => part(`name="file"; filename="${name}"`, content)
const type = 'multipart/form-data; boundary=line'
const end = '--line--\r\n'

async function uploadPeople(content: string, name: string): Promise<Answer> {
  const form = new FormData()
  form.set('csrf', await tokenAt(helpdesk, importAddress))
  form.set('file', new File([content], name, { type: 'text/csv' }))
  return helpdesk.follow(await helpdesk.post(importAddress, form))
}

async function uploadLogo(bytes: Uint8Array<ArrayBuffer>, mime = 'image/png'): Promise<Answer> {
  const page = await chief.get(logoAddress)
  const form = new FormData()
  form.set('csrf', tokensOf(page)[0] ?? '')
  form.set('version', /name="version" value="(\d+)"/.exec(page.text)?.[1] ?? '')
  form.set('file', new File([bytes], 'logo.png', { type: mime }))
  return chief.post(logoAddress, form)
}

test('a body that is not one of our forms is refused, whatever its boundary claims', async () => {
  const csrf = part('name="csrf"', await tokenAt(helpdesk, importAddress))
  const whole = csrf + filePart() + end
  const cases: readonly (readonly [why: string, body: string, type: string])[] = [
    ['no boundary', whole, 'multipart/form-data'],
    ['an empty boundary', whole, 'multipart/form-data; boundary='],
    ['another boundary', whole, 'multipart/form-data; boundary=other'],
    ['two boundaries', whole, `${type}; boundary=other`],
    ['a boundary too long', whole, `multipart/form-data; boundary=${'l'.repeat(71)}`],
    ['something beside the boundary', whole, `${type}; charset=utf-16`],
    ['a mixed body', whole, 'multipart/mixed; boundary=line'],
    ['no end', csrf + filePart(), type],
    ['two files', csrf + filePart() + filePart() + end, type],
    [
      'a file with a name of ours in brackets',
      csrf + part('name="file[]"; filename="a"', people) + end,
      type,
    ],
    ['500 more fields', csrf + part('name="a"', '').repeat(500) + end, type],
    ['100,000 parts', csrf + part('name="a"', '').slice(0, 40).repeat(80_000) + end, type],
    ['100,000 files', csrf + filePart('').repeat(40_000) + end, type],
    [
      'headers without end',
      csrf + part('name="a"\r\nx: y', '').replace('x: y', 'x: y\r\n'.repeat(600_000)) + end,
      type,
    ],
    ['a name that no disk holds', csrf + filePart(people, 'n'.repeat(10_000)) + end, type],
    ['NUL in a field', csrf + part('name="a"', '\0') + end, type],
  ]
  for (const [why, body, given] of cases)
    assert.equal((await sendBody(helpdesk, importAddress, body, given)).status, 400, why)
  assert.equal((await data.services.store.read.selectFrom('people_import').selectAll().execute()).length, 0)
  assert.equal((await sendBody(helpdesk, importAddress, whole, type)).status, 303)
})

test('a form with a file is as safe from other sites as one without', async () => {
  const token = await tokenAt(helpdesk, importAddress)
  const strangers = await tokenAt(openClient(lintel.origin), '/sign-in')
  const others = await tokenAt(chief, '/')
  const before = await data.services.store.read.selectFrom('people_import').select('id').execute()
  for (const csrf of [
    '',
    part('name="csrf"', strangers),
    part('name="csrf"', others),
    part('name="csrf"; filename="csrf"', token),
    part('name="CSRF"', token),
    part('name="csrf"', '') + part('name="csrf"', token),
  ])
    assert.equal((await sendBody(helpdesk, importAddress, csrf + filePart() + end, type)).status, 403, csrf)
  for (const origin of ['null', 'https://evil.example', `${lintel.origin}.evil.example`]) {
    const headers = { origin, 'content-type': type }
    const body = part('name="csrf"', token) + filePart() + end
    assert.equal((await helpdesk.send('POST', importAddress, headers, body)).status, 403, origin)
  }
  const rows = await data.services.store.read.selectFrom('people_import').select('id').execute()
  assert.deepEqual(rows, before)
})

test('a file from a stranger or someone without the role is not even read', async () => {
  const plain = await signedIn(lintel, 'plain')
  const token = await tokenAt(plain, '/')
  const tooMany = part('name="csrf"', token) + filePart('').repeat(40_000) + end
  const refused = await sendBody(plain, importAddress, tooMany, type)
  assert.equal(refused.status, 403, 'and not 400, which reading it would come to')
  assert.match(refused.text, /<h1>/)
  const led = await sendBody(openClient(lintel.origin), importAddress, tooMany, type)
  assert.equal(led.location, '/sign-in')
  const failed = await data.events('authz_fail')
  assert.deepEqual(
    failed.map(({ subject, args }) => [subject, args]).at(-1)?.[1],
    JSON.stringify({ path: importAddress }),
  )
})

test('a body that hides its length is not read any further than other forms', async () => {
  const { host } = new URL(lintel.origin)
  const head = [`POST ${importAddress} HTTP/1.1`, `Host: ${host}`, `Content-Type: ${type}`]
  const chunk = 'x'.repeat(70_000)
  const raw = await exchange(
    lintel,
    [...head, 'Transfer-Encoding: chunked', 'Connection: close', '', ''].join('\r\n'),
    `${chunk.length.toString(16)}\r\n${chunk}\r\n`,
  )
  assert.equal(statusOf(raw), 413, 'and more is not waited for')
})

test('the name of a file is one short line on the page and in the log, whatever it is', async () => {
  for (const name of [
    '../../../etc/passwd',
    'a".csv',
    'a\r\nSet-Cookie: x=y\r\n.csv',
    '\u202evsc.elpoep',
    '<img src=x onerror=alert(1)>.csv',
    `${'n'.repeat(1_500)}.csv`,
  ]) {
    const page = await uploadPeople(people, name)
    assert.equal(page.status, 200)
    assert.doesNotMatch(page.text, /<img src=x|\u202e|n{70}/)
    assert.equal(page.headers['set-cookie'], undefined)
  }
  const [batch] = await data.services.store.read.selectFrom('people_import').select('file_name').execute()
  assert.ok((batch?.file_name.length ?? 0) <= 61)
})

test('an import makes only users, whatever its cells say, and takes no formula as a name', async () => {
  const before = await data.services.store.read.selectFrom('account').select('id').execute()
  const head = 'First name,Last name,Email,Username,Role'
  for (const row of [
    'Eve,Lee,eve@example.org,evelee,administrator',
    'Eve,Lee,eve@example.org,evelee,ADMINISTRATOR',
    'Eve,Lee,eve@example.org,evelee,Helpdesk',
    'Eve,Lee,eve@example.org,admin,user',
    'Eve,Lee,eve@example.org,adm1n,user',
    'Eve,Lee,eve@example.org,"=cmd|x",user',
    'Eve,Lee,"eve@example.org,x@evil.example",evelee,user',
  ]) {
    const report = await uploadPeople(`${head}\n${row}\n`, 'people.csv')
    const id = /name="file" value="([^"]+)"/.exec(report.text)?.[1]
    assert.equal(id, undefined, `${row} can be imported`)
  }
  const rows = await data.services.store.read.selectFrom('account').select('id').execute()
  assert.equal(rows.length, before.length)
})

test('a name from a file is one line without hidden characters in the account', async () => {
  const head = 'First name,Last name,Email,Username'
  const row = '"Eve\u202e\nBcc: x@evil.example",L\u200bee,eve@example.org,evelee'
  const report = await uploadPeople(`${head}\n${row}\n`, 'people.csv')
  const file = /name="file" value="([^"]+)"/.exec(report.text)?.[1] ?? ''
  await throughGate(helpdesk, '/security', password)
  const done = await helpdesk.follow(await helpdesk.post(`${importAddress}/check`, { file }))
  assert.equal(done.status, 200)
  const made = await data.services.store.read
    .selectFrom('account')
    .select(['first_name', 'last_name'])
    .where('username_key', '=', 'evelee')
    .executeTakeFirstOrThrow()
  assert.deepEqual({ ...made }, { first_name: 'Eve Bcc: x@evil.example', last_name: 'Lee' })
})

test('of a row with a hundred faults only ten are kept', async () => {
  const names = Array.from({ length: 50 }, (_, n) => `Nowhere ${n}`).join('|')
  const header = 'First name,Last name,Email,Organizations,Workgroups'
  const page = await uploadPeople(`${header}\nAnn,Lee,ann@example.org,${names},${names}\n`, 'places.csv')
  assert.equal(page.status, 200)
  assert.equal((page.text.match(/There is no organization named Nowhere/g) ?? []).length, 10)
})

test('a picture that is also something else is served as a picture only, without what it hid', async () => {
  const script = Buffer.from('<script>alert(1)</script><svg onload=alert(1)>')
  const answer = await uploadLogo(
    new Uint8Array(png(64, 32, pngChunk('tEXt', script), pngChunk('htMl', script))),
    'text/html',
  )
  assert.equal(answer.status, 303)
  const path =
    /\/assets\/agency-[0-9a-f]{64}\.png/.exec((await openClient(lintel.origin).get('/sign-in')).text)?.[0] ??
    ''
  const served = await openClient(lintel.origin).get(path)
  assert.equal(served.headers['content-type'], 'image/png')
  assert.equal(served.headers['x-content-type-options'], 'nosniff')
  assert.match(String(served.headers['content-security-policy']), /default-src 'none'/)
  assert.ok(!served.text.includes('script'))
})

test('a picture whose claimed size or kind is wrong is refused', async () => {
  const bomb = png(64, 32)
  bomb.writeUInt32BE(60_000, 16)
  bomb.writeUInt32BE(60_000, 20)
  for (const bytes of [
    bomb,
    png(1_201, 32),
    png(64, 401),
    Buffer.from('GIF89a'),
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    Buffer.concat([png(64, 32), Buffer.from('PK\x03\x04')]),
  ])
    assert.equal((await uploadLogo(new Uint8Array(bytes))).status, 422)
})

test('the logo of an agency is served only under its hash, and its color is only a color', async () => {
  for (const path of [
    '/assets/agency-../../secret.json',
    '/assets/agency-..%2f..%2fsecret.json',
    `/assets/agency-${'0'.repeat(64)}.png`,
    '/assets/agency-0f4c5c.AAAAAAAAAA.css',
    '/assets/agency-0f4c5c%7D.AAAAAAAAAA.css',
  ])
    assert.equal((await openClient(lintel.origin).get(path)).status, 404, path)
  for (const value of [
    '#00;}body{}',
    '#000000;',
    'red',
    '#ABCDEG',
    '#0f4c5c\n',
    'url(//evil.example)',
    '#０００000',
  ]) {
    const page = await chief.get('/helpdesk/policy/doorColor')
    const version = /name="version" value="(\d+)"/.exec(page.text)?.[1] ?? ''
    const { status } = await chief.post('/helpdesk/policy/doorColor', { value, version, reason: 'x' })
    assert.ok(status === 422 || value === '#0f4c5c\n', `${value}: ${status}`)
  }
  assert.doesNotMatch((await openClient(lintel.origin).get('/sign-in')).text, /agency-[0-9a-f]{6}\./)
})
