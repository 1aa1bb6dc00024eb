import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readSettings, type Settings, settingsTable } from './settings.ts'

const here = import.meta.filename

function settings(env: Record<string, string | undefined>): Settings {
  const read = readSettings(env)
  return read.ok ? read.settings : assert.fail(read.problems.join(' '))
}
function problems(env: Record<string, string | undefined>): readonly string[] {
  const read = readSettings(env)
  return read.ok ? [] : read.problems
}

test('nothing needs to be set: the start is on loopback, with SQLite', () => {
  const read = settings({})
  assert.equal(read.LINTEL_ORIGIN, 'http://localhost:3000')
  assert.equal(read.https, false)
  assert.deepEqual([read.HOST, read.PORT, read.LINTEL_DATA], ['127.0.0.1', 3000, './data'])
  assert.deepEqual([read.DATABASE_URL, read.SMTP_URL, read.LINTEL_TRUSTED_PROXIES], Array(3).fill(undefined))
})

test('the origin follows the port, keeps no slash, and may be named', () => {
  assert.equal(settings({ PORT: '8080' }).LINTEL_ORIGIN, 'http://localhost:8080')
  assert.equal(settings({ LINTEL_ORIGIN: 'http://127.0.0.1:9/' }).LINTEL_ORIGIN, 'http://127.0.0.1:9')
  assert.equal(settings({ LINTEL_ORIGIN: 'http://[::1]:9' }).LINTEL_ORIGIN, 'http://[::1]:9')
  const named = settings({
    LINTEL_ORIGIN: 'HTTPS://Hmis.Example.org:443',
    LINTEL_TRUSTED_PROXIES: '10.0.0.1',
  })
  assert.deepEqual([named.LINTEL_ORIGIN, named.https], ['https://hmis.example.org', true])
})

test('an empty value counts as not set', () => {
  const empty = Object.fromEntries(Object.keys(settingsTable).map(name => [name, '']))
  assert.deepEqual(settings(empty), settings({}))
})

test('lists are read as lists', () => {
  const read = settings({ LINTEL_TRUSTED_PROXIES: ' 10.0.0.0/8, ::1 ,192.0.2.7', MOODLE_COURSES: '3,14' })
  assert.deepEqual(read.LINTEL_TRUSTED_PROXIES, ['10.0.0.0/8', '::1', '192.0.2.7'])
  assert.deepEqual(read.MOODLE_COURSES, [3, 14])
})

const refused: readonly (readonly [claim: string, env: Record<string, string>, about: string])[] = [
  ['a port beyond the last', { PORT: '65536' }, 'PORT'],
  ['a port that is no number', { PORT: 'http' }, 'PORT'],
  ['a port with a fraction', { PORT: '80.5' }, 'PORT'],
  ['a negative metrics port', { LINTEL_METRICS_PORT: '-1' }, 'LINTEL_METRICS_PORT'],
  ['an origin without a scheme', { LINTEL_ORIGIN: 'hmis.example.org' }, 'LINTEL_ORIGIN'],
  ['an origin of another scheme', { LINTEL_ORIGIN: 'ftp://localhost' }, 'LINTEL_ORIGIN'],
  ['an origin with a path', { LINTEL_ORIGIN: 'http://localhost:3000/hmis' }, 'LINTEL_ORIGIN'],
  ['an origin with a query', { LINTEL_ORIGIN: 'http://localhost:3000/?a=1' }, 'LINTEL_ORIGIN'],
  ['http beyond this machine', { LINTEL_ORIGIN: 'http://hmis.example.org' }, 'LINTEL_ORIGIN'],
  [
    'http to a name that begins like loopback',
    { LINTEL_ORIGIN: 'http://localhost.evil.org' },
    'LINTEL_ORIGIN',
  ],
  [
    'https with neither a proxy nor TLS',
    { LINTEL_ORIGIN: 'https://hmis.example.org' },
    'LINTEL_TRUSTED_PROXIES',
  ],
  ['a certificate without its key', { LINTEL_TLS_CERT: here }, 'LINTEL_TLS_CERT'],
  ['a key without its certificate', { LINTEL_TLS_KEY: here }, 'LINTEL_TLS_CERT'],
  [
    'a certificate that is not there',
    { LINTEL_TLS_CERT: '/nowhere.pem', LINTEL_TLS_KEY: here },
    'LINTEL_TLS_CERT',
  ],
  ['a proxy by name', { LINTEL_TRUSTED_PROXIES: 'proxy.local' }, 'LINTEL_TRUSTED_PROXIES'],
  ['a range too wide for IPv4', { LINTEL_TRUSTED_PROXIES: '10.0.0.0/33' }, 'LINTEL_TRUSTED_PROXIES'],
  ['a range too wide for IPv6', { LINTEL_TRUSTED_PROXIES: '::/129' }, 'LINTEL_TRUSTED_PROXIES'],
  ['a range of two parts too many', { LINTEL_TRUSTED_PROXIES: '10.0.0.0/8/8' }, 'LINTEL_TRUSTED_PROXIES'],
  ['a comma without an address', { LINTEL_TRUSTED_PROXIES: '10.0.0.1,' }, 'LINTEL_TRUSTED_PROXIES'],
  ['a database of another kind', { DATABASE_URL: 'mysql://localhost/a' }, 'DATABASE_URL'],
  ['mail over http', { SMTP_URL: 'http://mail.example.org' }, 'SMTP_URL'],
  ['Moodle without its token', { MOODLE_URL: 'https://moodle.example.org' }, 'MOODLE_TOKEN'],
  ['a token without its Moodle', { MOODLE_TOKEN: 'abc' }, 'MOODLE_URL'],
  [
    'a Moodle over http',
    { MOODLE_URL: 'http://moodle.example.org', MOODLE_TOKEN: 'abc', MOODLE_COURSES: '2' },
    'MOODLE_URL',
  ],
  [
    'a Moodle with a password in its address',
    { MOODLE_URL: 'https://me:secret@moodle.example.org', MOODLE_TOKEN: 'abc', MOODLE_COURSES: '2' },
    'MOODLE_URL',
  ],
  ['courses by name', { MOODLE_COURSES: 'intro,privacy' }, 'MOODLE_COURSES'],
  ['a data folder that is a file', { LINTEL_DATA: here }, 'LINTEL_DATA must name a folder'],
  ['a secret file that is a folder', { LINTEL_SECRET_FILE: '/tmp' }, 'LINTEL_SECRET_FILE must name a file'],
  ['a level that the log does not have', { LOG_LEVEL: 'warning' }, 'LOG_LEVEL must be one of trace, debug'],
  ['a sender of one letter', { LINTEL_MAIL_FROM: 'x' }, 'LINTEL_MAIL_FROM'],
  ['an email address of one letter', { LINTEL_ADMIN_EMAIL: 'x' }, 'LINTEL_ADMIN_EMAIL'],
  ['http while other machines are let in', { HOST: '0.0.0.0' }, 'HOST lets other machines in'],
  ['http while other machines are let in by IPv6', { HOST: '::' }, 'HOST lets other machines in'],
  ['http to a network card', { HOST: '192.168.1.5' }, 'HOST lets other machines in'],
  ['http with a certificate', { LINTEL_TLS_CERT: here, LINTEL_TLS_KEY: here }, 'LINTEL_ORIGIN must begin'],
  [
    'the service links of Kubernetes',
    {
      LINTEL_PORT: 'tcp://10.0.0.7:3000',
      LINTEL_PORT_3000_TCP: 'tcp://10.0.0.7:3000',
      LINTEL_PORT_3000_TCP_ADDR: '10.0.0.7',
      LINTEL_SERVICE_HOST: '10.0.0.7',
      LINTEL_SERVICE_PORT_HTTP: '3000',
      LINTEL_METRICS_PORT: 'tcp://10.0.0.8:9000',
    },
    'enableServiceLinks: false',
  ],
  ['a setting that Lintel does not know', { LINTEL_ORIGN: 'http://localhost' }, 'LINTEL_ORIGN'],
  ['a Moodle setting that Lintel does not know', { MOODLE_KEY: 'a' }, 'MOODLE_KEY'],
]

for (const [claim, env, about] of refused) {
  test(`the start is refused, and ${about} is named, for ${claim}`, () => {
    const found = problems(env)
    assert.equal(found.length, 1, found.join(' '))
    assert.ok(found[0]?.includes(about), found[0])
  })
}

test('https is taken behind a proxy, and with a certificate of its own', () => {
  const origin = { LINTEL_ORIGIN: 'https://hmis.example.org' }
  assert.ok(settings({ ...origin, LINTEL_TRUSTED_PROXIES: '::1/128' }).https)
  assert.ok(settings({ ...origin, LINTEL_TLS_CERT: here, LINTEL_TLS_KEY: here }).https)
})

test('every wrong setting is named in one go, and no value is repeated', () => {
  const found = problems({
    PORT: 'secret-a',
    DATABASE_URL: 'secret-b',
    SMTP_URL: 'secret-c',
    LINTEL_X: 'secret-d',
  })
  assert.deepEqual(found.map(line => line.split(' ')[0]).toSorted(), [
    'DATABASE_URL',
    'LINTEL_X',
    'PORT',
    'SMTP_URL',
  ])
  assert.ok(!found.join(' ').includes('secret-'))
})

for (const [name, sample] of [
  ['SMTP_URL', 'smtp://lintel:PASS@mail.example.org:587'],
  ['DATABASE_URL', 'postgres://lintel:PASS@db.example/lintel'],
] as const)
  for (const password of ['pa#ss', '12#ss', 'pa/ss', '12/ss', 'pa?ss', '12?ss', '50%ff', 'pa:ss/'])
    test(`a password in ${name} with a sign that an address cannot hold (${password}) is named so, and nothing of it is printed`, () => {
      const [found = '', ...more] = problems({ [name]: sample.replace('PASS', password) })
      assert.match(found, new RegExp(`^${name} must be an address .* write % as %25, # as %23, / as %2F`))
      assert.equal(more.length, 0)
      assert.ok(!found.includes(password) && !found.includes('ss@'))
      const written = sample.replace('PASS', encodeURIComponent(password))
      assert.deepEqual(problems({ [name]: written }), [])
    })

test('an address of the database may lead to a socket in each form that the driver reads', () => {
  for (const address of [
    '/run/postgresql lintel',
    'socket:/run/postgresql?db=lintel',
    'socket://lintel:secret@/run/postgresql?db=lintel',
    'postgres:///lintel?host=/run/postgresql',
    'postgres://lintel@/lintel?host=/run/postgresql',
    'postgres://lintel@%2Frun%2Fpostgresql/lintel',
  ])
    assert.deepEqual(problems({ DATABASE_URL: address }), [], address)
})

test('what is wrong with a setting is told in words for people, whatever stands in it', () => {
  const odd = ['0', '-', '[]', '\0', 'http://', 'a@', '1e9', '99999', ' ', 'x', '/tmp']
  for (const name of Object.keys(settingsTable))
    for (const value of odd)
      for (const line of problems({ [name]: value }))
        assert.doesNotMatch(
          line,
          /Invalid|[Ee]xpected|Too (?:small|big)|NaN|undefined|\.\.$/,
          `${name}=${value}`,
        )
})

test('settings of other programs are none of our business', () => {
  assert.deepEqual(problems({ PATH: '/bin', HOME: '/', NODE_ENV: 'production', MY_LINTEL_X: '1' }), [])
})

test('no value at all makes reading throw', () => {
  const name = fc.constantFrom(...Object.keys(settingsTable))
  fc.assert(
    fc.property(name, fc.string({ unit: 'binary' }), (setting, value) => {
      for (const line of problems({ [setting]: value })) assert.match(line, /LINTEL_|MOODLE_|[A-Z]+(_URL)?/)
    }),
  )
})

test('every setting says what it is for and what it is without being set', () => {
  for (const [name, row] of Object.entries(settingsTable)) {
    assert.ok(row.meaning.endsWith('.') && row.default.length > 0, name)
    assert.match(name, /^(HOST|PORT|DATABASE_URL|SMTP_URL|LINTEL_[A-Z_]+|MOODLE_[A-Z]+|LOG_LEVEL)$/)
  }
})
