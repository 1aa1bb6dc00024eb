import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { AddressError, driverAddress, readLine, type Safety, toolAddress } from './postgres-line.ts'

const here = import.meta.filename
const far = 'postgres://lintel:secret@db.example:5433/lintel'
const name = ({ sslmode }: { readonly sslmode: string | undefined }) => sslmode ?? 'nothing'

/** Address, how safe the way is, and what `pg_dump` is told of it. */
const lines: readonly (readonly [address: string, safety: Safety, sslmode: string | undefined])[] = [
  ['postgres://lintel@localhost/lintel', 'here', undefined],
  ['postgres://lintel@127.0.0.1/lintel', 'here', undefined],
  ['postgres://lintel@127.8.0.1/lintel', 'here', undefined],
  ['postgres://lintel@[::1]:5432/lintel', 'here', undefined],
  ['postgres:///lintel', 'here', undefined],
  ['postgres:///lintel?host=/run/postgresql', 'here', undefined],
  ['postgres://%2Frun%2Fpostgresql/lintel', 'here', undefined],
  ['postgres://lintel@localhost/lintel?sslmode=disable', 'here', 'disable'],
  ['postgres://lintel@localhost/lintel?sslmode=no-verify', 'here', 'require'],
  ['postgres://lintel@localhost/lintel?sslmode=verify-full', 'verified', 'verify-full'],
  [far, 'verified', 'verify-full'],
  ['postgres://lintel@localhost.example/lintel', 'verified', 'verify-full'],
  ['postgres://lintel@127.0.0.1.example/lintel', 'verified', 'verify-full'],
  ['postgres://lintel@localhost/lintel?host=db.example', 'verified', 'verify-full'],
  ['postgres://lintel@10.0.0.5/lintel?application_name=x', 'verified', 'verify-full'],
  [`${far}?sslmode=`, 'verified', 'verify-full'],
  [`${far}?sslmode=verify-full`, 'verified', 'verify-full'],
  [`${far}?sslmode=verify-ca`, 'verified', 'verify-full'],
  [`${far}?sslmode=require`, 'verified', 'verify-full'],
  [`${far}?sslmode=prefer`, 'verified', 'verify-full'],
  [`${far}?sslmode=disable&sslmode=require`, 'verified', 'verify-full'],
  [`${far}?sslrootcert=${here}`, 'verified', 'verify-full'],
  [`${far}?ssl=true`, 'verified', 'verify-full'],
  [`${far}?ssl=0&sslrootcert=${here}`, 'verified', 'verify-full'],
  [`${far}?ssl=no-verify`, 'unverified', 'require'],
  [`${far}?sslmode=no-verify`, 'unverified', 'require'],
  [`${far}?sslmode=require&uselibpqcompat=true`, 'unverified', 'require'],
  [`${far}?sslmode=prefer&uselibpqcompat=true`, 'unverified', 'prefer'],
  [`${far}?sslmode=verify-full&uselibpqcompat=true`, 'verified', 'verify-full'],
  [`${far}?sslmode=disable`, 'clear', 'disable'],
  [`${far}?ssl=0`, 'clear', 'disable'],
]

/** The driver's own reading of an address. */
function safetyAtDriver(address: string): 'clear' | 'unverified' | 'verified' {
  const { ssl } = new pg.Client({ connectionString: address }) as { ssl: unknown }
  if (ssl === false) return 'clear'
  if (typeof ssl !== 'object' || ssl === null) return 'verified'
  const { rejectUnauthorized } = ssl as { rejectUnauthorized?: boolean }
  return rejectUnauthorized === false ? 'unverified' : 'verified'
}

for (const [address, safety, sslmode] of lines) {
  test(`the way to ${address} is ${safety}, as the driver has it, and PostgreSQL's tools are told ${name({ sslmode })}`, () => {
    assert.equal(readLine(address, undefined).safety, safety)
    const atDriver = safetyAtDriver(driverAddress(address, undefined))
    if (safety === 'here') assert.notEqual(atDriver, 'verified')
    else assert.equal(atDriver, safety)
    const words = new URL(toolAddress(address, '/authorities.pem', undefined)).searchParams
    assert.equal(words.get('sslmode') || undefined, sslmode)
    assert.deepEqual([words.has('ssl'), words.has('uselibpqcompat')], [false, false])
    const root = address.includes('sslrootcert') ? here : '/authorities.pem'
    assert.equal(words.get('sslrootcert'), sslmode === 'verify-full' ? root : null)
  })
}

test('an address without a host leads where the environment says, and there it is verified', () => {
  const way = (pgHost: string) => {
    const { host, safety } = readLine('postgres:///lintel', pgHost)
    return { host, safety }
  }
  assert.deepEqual(way('db.example'), { host: 'db.example', safety: 'verified' })
  assert.deepEqual(way('/run/postgresql'), { host: '/run/postgresql', safety: 'here' })
})

const read: readonly (readonly [
  address: string,
  host: string,
  user: string,
  password: string,
  name: string,
])[] = [
  ['postgres://lin%40tel:p%23w%2F@db.example:5433/lin%20tel', 'db.example', 'lin@tel', 'p#w/', 'lin tel'],
  ['postgres://lintel:100%@db.example/lintel', 'db.example', 'lintel', '100%', 'lintel'],
  ['postgres://ann@example.org:pw@db.example/lintel', 'db.example', 'ann@example.org', 'pw', 'lintel'],
  ['postgres://lintel:pw@/lintel?host=/run/postgresql', '/run/postgresql', 'lintel', 'pw', 'lintel'],
  ['postgres://lintel:pw@%2Frun%2Fpostgresql/lintel', '/run/postgresql', 'lintel', 'pw', 'lintel'],
  ['socket://lintel:pw@/run/postgresql?db=lintel', '/run/postgresql', 'lintel', 'pw', 'lintel'],
  ['/run/postgresql lintel', '/run/postgresql', '', '', 'lintel'],
  ['postgres://db.example/lintel?user=ann@x&password=a@b', 'db.example', 'ann@x', 'a@b', 'lintel'],
]
for (const [address, host, user, password, database] of read)
  test(`${address} is read as the driver reads it, and PostgreSQL's tools are told the same`, () => {
    const line = readLine(address, undefined)
    assert.deepEqual([line.host, line.user, line.password, line.database], [host, user, password, database])
    const client = new pg.Client({ connectionString: driverAddress(address, undefined) })
    assert.equal(client.host, host)
    if (user !== '') assert.deepEqual([client.user, client.password], [user, password])
    assert.equal(client.database, database)
    const tool = toolAddress(address, '/authorities.pem', undefined)
    const { searchParams, pathname } = new URL(tool)
    assert.equal(searchParams.get('host'), host)
    assert.equal(searchParams.get('user') ?? '', user)
    assert.equal(decodeURIComponent(pathname), `/${database}`)
    assert.ok(
      !searchParams.has('password') && (password === '' || !tool.includes(encodeURIComponent(password))),
    )
  })

test('words that only the driver knows are kept from PostgreSQL’s tools, which would refuse them', () => {
  const tool = toolAddress(`${far}?pool_max=5&options=-csearch_path%3Dhmis&password=x`, '/a.pem', undefined)
  assert.deepEqual([...new URL(tool).searchParams.keys()].toSorted(), [
    'host',
    'options',
    'port',
    'sslmode',
    'sslrootcert',
    'user',
  ])
})

test('an address keeps all else that it says', () => {
  const address = 'postgres://lin%40tel:p%23w@db.example:5433/lin%20tel?application_name=a%20b'
  const { username, password, host, pathname, searchParams } = new URL(driverAddress(address, undefined))
  assert.deepEqual(
    [username, password, host, pathname, searchParams.get('application_name')],
    ['lin%40tel', 'p%23w', 'db.example:5433', '/lin%20tel', 'a b'],
  )
})

test('a mode that there is not, and a file that is not there, are named, and the password is not', () => {
  const saying = (says: RegExp) => (error: unknown) =>
    error instanceof AddressError && says.test(error.message) && !error.message.includes('secret')
  assert.throws(
    () => driverAddress(`${far}?sslmode=on`),
    saying(/^DATABASE_URL has an sslmode that is none of disable, prefer/),
  )
  assert.throws(
    () => driverAddress(`${far}?sslrootcert=/nowhere.pem`),
    saying(/^DATABASE_URL names a file in sslrootcert that is not there/),
  )
})
