/** Case 5 of the hostile cases: whether the time of an answer tells which names exist, and in which state they are. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { putQuestion } from '../../src/recovery/store.ts'
import { openHasher } from '../../src/services.ts'
import { password } from '../journeys/guide.ts'
import { type Client, openClient } from '../support/http/client.ts'
import { startLintel } from '../support/process/process.ts'
import { atSignIn, openData, tokensOf, wrong } from './support.ts'

const rounds = 250
/**
 * Lower quartiles may differ by this factor. A reply without a hash comes ten times faster (the waiting names below show
 * it); on a machine that is busy with other things the same work was seen to differ by 1.6. Samples are taken in turns,
 * so that a slow moment falls on every cohort alike. That each try was hashed is also counted, without a clock.
 */
const margin = 2

const hour = 3_600_000
const lintel = await startLintel(
  { after },
  { engine: 'sqlite', env: { LINTEL_TRUSTED_PROXIES: '127.0.0.1' } },
)
const data = await openData({ after }, lintel)
const { read } = data.services.store

/** Names of a cohort: a fresh one for each try, so that no try is answered without a hash because of those before. */
const cohorts = ['unknown', 'known', 'deactivated', 'suspended', 'expired'] as const
type Cohort = (typeof cohorts)[number]
const triesOfOne = 4
const nameOf = (cohort: Cohort, round: number) => `${cohort}-${Math.floor(round / triesOfOne)}`

const states = {
  known: {},
  deactivated: { account: { deactivated_at: Date.now() } },
  suspended: { account: { suspended_until: Date.now() + 1_000 * hour } },
  expired: { temporary: true, expiresAt: Date.now() - hour },
} as const

for (const cohort of cohorts) {
  if (cohort === 'unknown') continue
  const count = Math.ceil((rounds + 20) / triesOfOne)
  await data.addPeople(
    ...Array.from({ length: count }, (_, i) => ({ username: `${cohort}-${i}`, ...states[cohort] })),
  )
}

interface Tries {
  readonly token: string
  readonly client: Client
}

async function page(): Promise<Tries> {
  const client = await atSignIn(lintel)
  return { client, token: tokensOf(await client.get('/sign-in'))[0] ?? '' }
}

/** Milliseconds of one try, each from an address of its own. */
async function timed({ client, token }: Tries, n: number, username: string, secret: string): Promise<number> {
  const address = `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
  const started = performance.now()
  const { status } = await client.post(
    '/sign-in',
    { csrf: token, username, password: secret },
    { 'x-forwarded-for': address },
  )
  const took = performance.now() - started
  assert.ok(status === 422 || status === 429, String(status))
  return took
}

function quantile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * part)] ?? 0
}

/** Takes samples of each kind in turns, in another order each round, and prints them. */
async function compare<Name extends string>(
  t: { diagnostic(text: string): void },
  names: readonly Name[],
  one: (name: Name, round: number) => Promise<number>,
): Promise<ReadonlyMap<Name, number>> {
  const samples = new Map(names.map(name => [name, [] as number[]]))
  for (let round = -20; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round + names.length * 20) % names.length]
      if (name === undefined) continue
      const took = await one(name, round + 20)
      if (round >= 0) samples.get(name)?.push(took)
    }
  }
  for (const [name, list] of samples) {
    const [low, middle, high] = [0.25, 0.5, 0.95].map(part => quantile(list, part).toFixed(2))
    t.diagnostic(`${name}: median ${middle} ms, 25 % ${low} ms, 95 % ${high} ms, ${list.length} samples`)
  }
  return new Map([...samples].map(([name, list]) => [name, quantile(list, 0.25)]))
}

function assertAlike(quartiles: ReadonlyMap<string, number>): void {
  const values = [...quartiles.values()]
  const ratio = Math.max(...values) / Math.min(...values)
  assert.ok(
    ratio < margin,
    `times differ by a factor of ${ratio.toFixed(3)}: ${JSON.stringify([...quartiles])}`,
  )
}

test('a wrong password takes the same time for a username that does not exist and for one in any state', async t => {
  const tries = await page()
  let n = 0
  const quartiles = await compare(t, cohorts, (cohort, round) =>
    timed(tries, n++, nameOf(cohort, round), wrong),
  )
  assertAlike(quartiles)
  const hashed = await data.events('authn_login_fail')
  assert.equal(hashed.length, (rounds + 20) * cohorts.length, 'each try was checked')
})

test('the reply during a wait takes the same time whether or not the username exists', async t => {
  const tries = await page()
  await data.addPeople({ username: 'waits-is' })
  let n = 1_000_000
  for (const name of ['waits-is', 'waits-no'])
    for (let i = 0; i < 5; i++) await timed(tries, n++, name, wrong)
  const before = (await data.events('authn_login_fail')).length
  assertAlike(await compare(t, ['waits-is', 'waits-no'], name => timed(tries, n, name, wrong)))
  assert.equal((await data.events('authn_login_fail')).length, before, 'no try was checked')
})

test('the reply to an empty password takes the same time whether or not the username exists', async t => {
  const tries = await page()
  assertAlike(await compare(t, ['known-0', 'known-no'], name => timed(tries, 2_000_000, name, '')))
})

test('an overlong password takes the same time whether or not the username exists', async t => {
  const tries = await page()
  const secret = password.repeat(30)
  assertAlike(await compare(t, ['known-0', 'known-no'], name => timed(tries, 2_000_000, name, secret)))
})

const askers = ['asks-known', 'asks-unknown', 'asks-deactivated', 'asks-no-question'] as const

/** People who forgot: more than one of each, since an account gets only a few mails an hour. */
async function addAskers(): Promise<void> {
  const hashed = await openHasher(data.services.keyring).hash('vermilion')
  if (hashed.busy) throw new Error('nothing else is hashed here')
  for (const cohort of askers) {
    if (cohort === 'asks-unknown') continue
    const ids = await data.addPeople(
      ...Array.from({ length: Math.ceil((rounds + 20) / triesOfOne) }, (_, i) => ({
        username: `${cohort}-${i}`,
        ...(cohort === 'asks-deactivated' && states.deactivated),
      })),
    )
    if (cohort === 'asks-no-question') continue
    await data.services.store.write(async tx => {
      for (const id of ids) await putQuestion(tx, id, 'Which lake?', hashed.value, Date.now())
    })
  }
}

test('Forgot password takes the same time for every username, whatever email follows', async t => {
  await addAskers()
  const client = openClient(lintel.origin)
  const token = tokensOf(await client.get('/forgot-password'))[0] ?? ''
  const quartiles = await compare(t, askers, async (cohort, round) => {
    const username = `${cohort}-${Math.floor(round / triesOfOne)}`
    const from = { 'x-forwarded-for': `10.8.${round >> 8}.${round & 255}` }
    const started = performance.now()
    const reply = await client.post('/forgot-password', { csrf: token, username }, from)
    const took = performance.now() - started
    assert.equal(reply.location, '/forgot-password/sent')
    return took
  })
  assertAlike(quartiles)
})

test('what is asked of the store does not depend on how many tries came before', async () => {
  const rows = await read.selectFrom('throttle').select('name').execute()
  assert.ok(
    rows.every(({ name }) => /^[a-z-]+:[\w-]{43}$/.test(name)),
    'counters tell no name and no address',
  )
  assert.equal((await openClient(lintel.origin).get('/health/ready')).status, 200)
})
