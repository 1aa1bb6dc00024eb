/** `node disk-full.ts FOLDER`, where FOLDER is a small file system: fills it under a running Lintel and makes room again. */
import assert from 'node:assert/strict'
import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { placeOf } from '../attacks/support.ts'
import { firstSignInByClient, password } from '../journeys/guide.ts'
import { type Client, openClient } from '../support/http/client.ts'
import { commandOf } from '../support/process/command.ts'
import { startLintel } from '../support/process/process.ts'

const folder = process.argv[2] ?? ''
const ballast = join(folder, 'ballast')

function fill(): void {
  for (let size = 1 << 20; size >= 1; size >>= 1) {
    try {
      for (;;) appendFileSync(ballast, Buffer.alloc(size))
    } catch (error) {
      assert.match(String(error), /ENOSPC/)
    }
  }
}

async function tryToSignIn(origin: string): Promise<{ client: Client; status: number; text: string }> {
  const client = openClient(origin)
  await client.get('/sign-in')
  const { status, text } = await client.post('/sign-in', { username: 'admin', password })
  return { client, status, text }
}

const cleanups: (() => Promise<unknown>)[] = []
const lintel = await startLintel(
  { after: cleanup => void cleanups.unshift(cleanup) },
  { engine: 'sqlite', folder },
)
try {
  const inside = await firstSignInByClient(lintel)
  fill()
  let refused: { status: number; text: string } | undefined
  for (let tries = 0; tries < 200 && refused === undefined; tries++) {
    const answer = await tryToSignIn(lintel.origin)
    if (answer.status !== 303) refused = answer
  }
  assert.ok(
    refused !== undefined && [500, 503].includes(refused.status),
    `no write failed: ${refused?.status}`,
  )
  assert.doesNotMatch(refused.text, /sqlite|SQLITE|ENOSPC|\.ts:/)
  assert.match(refused.text, /no room|full/, 'the page names the cause')
  assert.equal((await openClient(lintel.origin).get('/sign-in')).status, 200)
  const ready = await fetch(`${lintel.origin}/health/ready`)
  assert.deepEqual([ready.status, await ready.text()], [503, 'the disk of the store is full'])
  const doctor = await commandOf({ env: { ...lintel.env, LINTEL_DATA: folder } })('doctor')
  assert.equal(doctor.code, 1, 'the doctor finds it')
  assert.match(doctor.out + doctor.err, /BAD.*full/)
  const log = lintel.output()
  assert.match(log, /"msg":"the disk of the store is full"/)
  assert.doesNotMatch(log, /cannot rollback/)
  rmSync(ballast)
  assert.equal((await fetch(`${lintel.origin}/health/ready`)).status, 200, 'ready again without a restart')
  const { client, status } = await tryToSignIn(lintel.origin)
  assert.equal(status, 303, 'a sign-in works again without a restart')
  assert.equal(await placeOf(client), '/')
  assert.notEqual(await placeOf(inside), '500')
  const verified = await commandOf({ env: { ...lintel.env, LINTEL_DATA: folder } })('audit', 'verify')
  assert.equal(verified.code, 0, verified.err)
  process.stdout.write('whole again\n')
} finally {
  for (const cleanup of cleanups) await cleanup()
}
