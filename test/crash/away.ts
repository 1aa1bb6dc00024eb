import assert from 'node:assert/strict'
import { type Client, openClient } from '../support/http/client.ts'
import { commandOf } from '../support/process/command.ts'
import type { Lintel } from '../support/process/process.ts'

/** What people and machines see while the store is away: an honest page, and nothing of how the house is built. */
export async function seesHonestPage(lintel: Lintel, inside: Client): Promise<void> {
  const health = openClient(lintel.origin)
  const ready = health.get('/health/ready')
  const pages = await Promise.all([openClient(lintel.origin), inside].map(client => client.get('/sign-in')))
  for (const page of pages) {
    assert.equal(page.status, 503)
    assert.match(page.text, /Wait half a minute.*Try again in/)
    assert.ok(Number(page.headers['retry-after']) > 0)
    assert.doesNotMatch(page.text, /postgres|ECONN|at \w+ \(|\.ts:/i)
  }
  assert.equal((await ready).status, 503)
  assert.equal((await health.get('/health/live')).status, 200)
}

/** Asks until the store answers again: how long a server takes to come back is the machine's affair. */
export async function answersAgain(lintel: Lintel): Promise<void> {
  const client = openClient(lintel.origin)
  while ((await client.get('/health/ready')).status !== 200) await new Promise(setImmediate)
}

/** Follows the audit log with the operator's own command. */
export async function isWhole(lintel: Lintel): Promise<void> {
  const verified = await commandOf(lintel)('audit', 'verify')
  assert.equal(verified.code, 0, verified.err)
}
