import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { engines } from '../database/databases.ts'
import { type Scope, startLintel } from './process.ts'

const entry = 'test/support/process/process-stand-in.ts'
const year = 365 * 86_400_000
type Answer = { now: number; today: string; engine: string }
const ask = async (origin: string) => (await (await fetch(origin)).json()) as Answer

for (const engine of engines) {
  test(`a process on ${engine} is started, read, stopped, killed and started again`, async t => {
    const lintel = await startLintel(t, { engine, entry })
    assert.equal((await ask(lintel.origin)).engine, engine)
    assert.equal(lintel.adminPassword, 'abcd-efgh-jkmn')
    assert.deepEqual(await lintel.stop(), { code: 0, signal: null })
    assert.match(lintel.output(), /Stopped/)
    await lintel.restart()
    assert.deepEqual(await lintel.kill(), { code: null, signal: 'SIGKILL' })
    await assert.rejects(ask(lintel.origin))
    await lintel.restart()
    assert.equal((await ask(lintel.origin)).engine, engine)
    assert.equal(lintel.output().match(/First administrator/g)?.length, 1)
  })
}

test('the clock of a process can be set ahead, moved on, and stays so over a restart', async t => {
  const lintel = await startLintel(t, { engine: 'sqlite', entry, clockOffset: year })
  const ahead = await ask(lintel.origin)
  assert.ok(ahead.now >= Date.now() + year - 1000 && Date.parse(ahead.today) >= ahead.now)
  await lintel.advance(year)
  await lintel.restart()
  assert.ok((await ask(lintel.origin)).now > ahead.now + year - 1000)
  assert.deepEqual(await lintel.stop(), { code: 0, signal: null })
})

test('a process that does not start fails the test with what it printed', async t => {
  const started = startLintel(t, { engine: 'sqlite', entry, env: { REFUSE: 'PORT is taken' } })
  await assert.rejects(started, /ended before.*PORT is taken/s)
})

test('process and folder are gone after the test', async () => {
  const cleanups: (() => Promise<unknown>)[] = []
  const scope: Scope = { after: cleanup => void cleanups.push(cleanup) }
  const lintel = await startLintel(scope, { engine: 'sqlite', entry })
  for (const cleanup of cleanups) await cleanup()
  await assert.rejects(ask(lintel.origin))
  assert.equal(existsSync(lintel.folder), false)
})
