/** Text that is meant to be run. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { password } from '../journeys/guide.ts'
import { openBrowser } from '../support/browser/browser.ts'
import { openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import {
  atSignIn,
  openData,
  placeOf,
  rawRequest,
  signedIn,
  statusOf,
  tokensOf,
  tryPassword,
} from './support.ts'

const env = { LINTEL_TRUSTED_PROXIES: '127.0.0.1' }
let addresses = 0
const ownAddress = () => ({ 'x-forwarded-for': `198.51.100.${++addresses}` })
const lintel = await startLintel({ after }, { engine: 'sqlite', env })
const data = await openData({ after }, lintel)

const sql = [
  `' OR '1'='1`,
  `admin'--`,
  `'; select pg_sleep(10)--`,
  `' || (select randomblob(1000000000)) || '`,
  `1) union select 1,2,3--`,
  `\\'; drop table account; --`,
  `%' AND 1=1 --`,
  `"; --`,
]
const markup = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  `' onmouseover='alert(1)`,
  '<svg/onload=alert(1)>',
  '</title><script>alert(1)</script>',
  'javascript:alert(1)',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
]
const templates = ['{{7*7}}', '$' + '{7*7}', '#{7*7}', '<%=7*7%>', '{%25 7*7 %25}', '[[7*7]]']
const isLive = /<script>alert|<img src=x|<svg\/onload|onmouseover='alert/

test('SQL in a field, cookie or header is only text: no error, no sign-in, no lost table', async () => {
  await data.addPeople({ username: 'sql' }, { username: 'sql-terms', termsOpen: true })
  for (const attack of sql) {
    const client = await atSignIn(lintel, ownAddress())
    assert.equal((await tryPassword(client, attack, attack)).status, 422, attack)
    assert.equal((await tryPassword(client, `sql${attack}`, password)).status, 422, attack)
    const stranger = openClient(lintel.origin)
    for (const name of ['lintel', 'lintel-pre', 'lintel-device'])
      stranger.cookies.set(name, `s.${attack}`.padEnd(45, 'x').replaceAll(';', '').slice(0, 45))
    assert.equal(await placeOf(stranger), '/sign-in')
    const query = `?to=${encodeURIComponent(attack)}&message=${encodeURIComponent(attack)}&sort=${encodeURIComponent(attack)}`
    assert.equal((await stranger.get(`/sign-in${query}`)).status, 200)
  }
  const inside = await signedIn(lintel, 'sql', password, { 'user-agent': sql.join(' ') })
  await inside.get('/')
  for (const attack of sql) {
    const fields = { theme: attack, organization: attack, workgroup: attack }
    assert.equal((await inside.post('/preferences', fields)).location, '/preferences')
    assert.ok([303, 422].includes((await inside.post('/settings/apply', fields)).status))
  }
  const terms = await signedIn(lintel, 'sql-terms')
  await terms.get('/terms')
  for (const attack of sql)
    assert.equal(
      (await terms.post('/terms', { choice: 'accept', version: attack, sha256: attack })).status,
      422,
    )
  assert.equal(await placeOf(inside), '/')
})

test('markup in names, organizations and questions is shown as text, and the browser runs none of it', async t => {
  const name = markup.join(' ').slice(0, 120)
  await data.addPeople({
    username: 'stored',
    firstName: name,
    organizations: [`North ${markup[0]}`, `South ${markup[1]}`],
    workgroups: [`Group ${markup[3]}`],
    account: { recovery_asked: 1 },
  })
  const person = await openBrowser(t, { width: 900, height: 700, origin: lintel.origin })
  const complaints: string[] = []
  person.page.on('console', message => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text())
  })
  person.page.on('dialog', dialog => {
    complaints.push(dialog.message())
    void dialog.dismiss()
  })
  await person.open('/sign-in')
  await person.fill('Username', 'stored')
  await person.fill('Password', password)
  await person.press('Sign In')
  await person.choose('Organization', `North ${markup[0]}`)
  await person.press('Use These Settings')
  await person.page.getByRole('link', { name: /^Set/ }).click()
  await person.fill('Question', `${markup[1]} Whose?`)
  await person.fill('Answer', markup[0] ?? '')
  await person.press('Save')
  assert.ok((await person.text()).includes('<script>alert(1)</script>'), 'shown as it was written')
  await person.open('/recovery/question')
  assert.deepEqual(complaints, [])
  assert.doesNotMatch(await person.page.content(), /<img src="?x|<script>alert/)
})

test('markup and templates in addresses, cookies and fields come back as text or not at all', async () => {
  const client = openClient(lintel.origin)
  for (const attack of [...markup, ...templates]) {
    const coded = encodeURIComponent(attack)
    const answers = [
      await client.get(`/sign-in?to=/${coded}&message=${coded}&error=${coded}&username=${coded}`),
      await client.get(`/${coded}`),
      await client.get(`/nowhere?x=${coded}`),
      await client.get('/sign-in', {
        referer: `http://x/${coded}`,
        'user-agent': attack,
        'accept-language': attack,
      }),
      await tryPassword(await atSignIn(lintel, ownAddress()), attack, 'x'),
      await client.post('/sign-in', { csrf: attack, username: attack, to: attack }),
    ]
    for (const { text, status } of answers) {
      assert.doesNotMatch(text, isLive, attack)
      assert.ok(status < 500)
      if (templates.includes(attack)) assert.doesNotMatch(text, />[^<]*\b49\b/, attack)
    }
  }
})

test('line breaks, ANSI codes and quotes in headers and names forge no log line and no record', async () => {
  const attack = `x\u001b[2J"}\u2028{"event":"authn_login_success"}`
  const latin = Buffer.from(attack, 'utf8').toString('latin1')
  const lines = lintel.output().split('\n').length
  const before = (await data.events('authn_login_success')).length
  const client = await atSignIn(lintel, {
    ...ownAddress(),
    'user-agent': latin.replace(/[^\x20-\x7e\x80-\xff]/g, ''),
  })
  await tryPassword(client, `a\r\n${attack}`, 'x')
  await data.addPeople({ username: 'logged' })
  await tryPassword(client, 'logged', 'x')
  const record = (await data.events('authn_login_fail')).at(-1)
  assert.equal(record?.subject, await data.idOf('logged'))
  assert.match(JSON.parse(record?.args ?? '{}').browser, /^[\x20-\x7e]*$/)
  assert.equal((await data.events('authn_login_success')).length, before)
  for (const line of lintel
    .output()
    .split('\n')
    .slice(lines - 1)
    .filter(line => line !== ''))
    JSON.parse(line)
})

test('field names such as __proto__ change nothing, now or for later requests', async () => {
  await data.addPeople({ username: 'proto' })
  const client = await atSignIn(lintel, ownAddress())
  const csrf = tokensOf(await client.get('/sign-in'))[0] ?? ''
  const own = {
    origin: lintel.origin,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded',
  }
  for (const name of [
    '__proto__',
    '__proto__[username]',
    'constructor',
    'constructor[prototype][x]',
    'prototype',
    'toString.x',
  ]) {
    const body = `csrf=${csrf}&username=proto&password=x&${encodeURIComponent(name)}=1`
    assert.equal((await client.send('POST', '/sign-in', own, body)).status, 400, name)
  }
  for (const name of ['toString', 'hasOwnProperty', 'valueOf']) {
    const answer = await client.get(`/sign-in?message=${name}&${name}=1&__proto__[x]=1`)
    assert.equal(answer.status, 200)
    assert.doesNotMatch(answer.text, /native code|\[object/)
    const body = `csrf=${csrf}&username=${name}&password=x&${name}=1`
    assert.equal((await client.send('POST', '/sign-in', own, body)).status, 422, name)
  }
  const inside = await signedIn(lintel, 'proto', password, ownAddress())
  for (const theme of ['__proto__', 'constructor', 'toString']) await inside.post('/preferences', { theme })
  assert.match((await inside.get('/')).text, /data-theme="system"/)
})

test('no path leads out of the folder of assets', async () => {
  const page = await openClient(lintel.origin).get('/sign-in')
  const asset = /\/assets\/lintel\.[\w-]+\.css/.exec(page.text)?.[0] ?? ''
  assert.equal(statusOf(await rawRequest(lintel, `GET ${asset} HTTP/1.1`, [])), 200)
  const ways = [
    '/assets/../package.json',
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/%252e%252e%252fpackage.json',
    '/assets/..\\..\\package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets//etc/passwd',
    '/assets/',
    '/assets',
    '/assets/lintel.css',
    `${asset}%00.png`,
    `${asset}/`,
    `${asset}/../../../package.json`,
    '/assets/constructor',
    '/assets/__proto__',
    '/assets/%c0%ae%c0%ae/package.json',
    '/assets/%',
  ]
  for (const way of ways) {
    const raw = await rawRequest(lintel, `GET ${way} HTTP/1.1`, [])
    assert.ok([400, 404].includes(statusOf(raw)), `${way} ${statusOf(raw)}`)
    assert.doesNotMatch(raw, /"dependencies"|root:/)
  }
})
