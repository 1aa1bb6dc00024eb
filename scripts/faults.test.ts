import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshFolder } from '../test/support/database/databases.ts'
import type { Scope } from '../test/support/process/process.ts'

const root = join(import.meta.dirname, '..')

/** A registry that knows these faults, or none that answers when there are none given. */
async function openRegistry(t: Scope, faults?: object): Promise<string> {
  const server = createServer((request, response) => {
    const isAsked = request.method === 'POST' && faults !== undefined
    request.resume()
    response.writeHead(isAsked ? 200 : 405, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isAsked ? faults : {}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(async () => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

/** `npm run faults`, with npm's own program and a cache of its own, at this registry. */
async function askFor(t: Scope, registry: string): Promise<{ code: number; out: string }> {
  const cache = await freshFolder()
  t.after(cache.remove)
  const { promise, resolve } = Promise.withResolvers<{ code: number; out: string }>()
  const env = { ...process.env, npm_config_registry: registry, npm_config_cache: cache.path }
  execFile(process.execPath, ['scripts/faults.ts'], { cwd: root, env }, (error, out) =>
    resolve({ code: Number(error?.code ?? 0), out }),
  )
  return promise
}

const fault = (severity: string) => ({
  hono: [{ id: 1, url: 'https://faults.example/1', title: 'Made up', severity, vulnerable_versions: '<99' }],
})

test('a part with a grave fault fails, a lesser one is said', async t => {
  const grave = await askFor(t, await openRegistry(t, fault('high')))
  assert.equal(grave.code, 1)
  assert.match(grave.out, /^high: hono: Made up https:\/\/faults\.example\/1$/m)
  const lesser = await askFor(t, await openRegistry(t, fault('moderate')))
  assert.equal(lesser.code, 0)
  assert.match(lesser.out, /^moderate: hono: /m)
})

test('no fault is said to be none, and no answer to be none', async t => {
  assert.deepEqual(await askFor(t, await openRegistry(t, {})), {
    code: 0,
    out: 'No part that runs has a known fault.\n',
  })
  const unanswered = await askFor(t, await openRegistry(t))
  assert.equal(unanswered.code, 0)
  assert.match(unanswered.out, /^Not known: the registry gave no answer \(405 /)
})
