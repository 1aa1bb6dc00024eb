/** PgBouncer between Lintel and PostgreSQL: it works, or the start says which setting to change. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { firstSignInByClient, password } from '../journeys/guide.ts'
import { startPostgres, type ThrowawayPostgres } from '../support/database/postgres.ts'
import { openClient } from '../support/http/client.ts'
import { startPgBouncer } from '../support/outside/pgbouncer.ts'
import { runCommand } from '../support/process/command.ts'
import { startLintel } from '../support/process/process.ts'

/** What PgBouncer would otherwise refuse at the start of each connection. */
const ignores = 'ignore_startup_parameters = statement_timeout,idle_in_transaction_session_timeout'

describe('PgBouncer', () => {
  let server: ThrowawayPostgres
  before(async () => {
    server = await startPostgres()
  })
  after(() => server.stop())

  /** What a start says that is refused, and the doctor of the same. */
  async function refusal(t: Parameters<typeof startLintel>[0], url: string): Promise<string> {
    const env = { DATABASE_URL: url }
    const failure: unknown = await startLintel(t, { engine: 'postgres', env }).then(
      () => assert.fail('it started'),
      error => error,
    )
    const said = failure instanceof Error ? failure.message : String(failure)
    assert.doesNotMatch(said, /\.ts:\d|postgres:\/\//)
    return said
  }

  test('as Debian sets it up it refuses the start, which says what to write into its settings', async t => {
    const said = await refusal(t, await startPgBouncer(t, server, 'session'))
    assert.match(said, /pooler that refuses Lintel: unsupported startup parameter: /)
    assert.match(said, new RegExp(ignores))
  })

  test('in transaction mode without named statements Lintel does not start, and says which setting to change', async t => {
    const url = await startPgBouncer(t, server, 'transaction', [ignores])
    const said = await refusal(t, url)
    assert.match(said, /gives each transaction another connection and forgets named statements/)
    assert.match(said, /pool_mode = session/)
    const doctor = await runCommand({ DATABASE_URL: url }, 'doctor')
    assert.match(doctor.out, /^BAD {3}store: .*pool_mode = session/m)
  })

  test('in session mode twenty people sign in at once', async t => {
    const url = await startPgBouncer(t, server, 'session', [ignores])
    const lintel = await startLintel(t, { engine: 'postgres', env: { DATABASE_URL: url } })
    await firstSignInByClient(lintel)
    const client = new pg.Client(server.url)
    await client.connect()
    await client.query(`update policy set overrides = '{"sessionsPerPerson":5}'`)
    await client.end()
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const person = openClient(lintel.origin)
        await person.get('/sign-in')
        return (await person.submit({ username: 'admin', password }, 'Sign In')).status
      }),
    )
    assert.ok(answers.includes(303))
    assert.ok(answers.every(status => status === 303 || status === 429))
    assert.doesNotMatch(lintel.output(), /"level":[56]0/)
  })
})
