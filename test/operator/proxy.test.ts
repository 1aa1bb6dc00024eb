/** Mistakes at the proxy in front: said in the log, and never an endless redirect. */
import assert from 'node:assert/strict'
import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { startLintel } from '../support/process/process.ts'

type Answer = {
  readonly status: number
  readonly location: string
  readonly body: string
  readonly encoding: string
}

const asked = (origin: string, headers: Readonly<Record<string, string>>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    get(`${origin}/sign-in`, { headers: { ...headers, 'accept-encoding': 'gzip' } }, async response => {
      const { statusCode = 0, headers: sent } = response
      resolve({
        status: statusCode,
        location: sent.location ?? '',
        encoding: sent['content-encoding'] ?? '',
        body: await text(response),
      })
    }).once('error', reject)
  })

test('a proxy that writes ports, keeps no Host, or sends no address is served or told what it has to do', async t => {
  const lintel = await startLintel(t, {
    engine: 'sqlite',
    env: { LINTEL_ORIGIN: 'https://hmis.example.org', LINTEL_TRUSTED_PROXIES: '127.0.0.1, 0.0.0.0/0' },
  })
  const at = `http://127.0.0.1:${lintel.env['PORT']}`
  assert.match(lintel.output(), /"level":40.*LINTEL_TRUSTED_PROXIES holds 0\.0\.0\.0\/0/)
  const through = { 'x-forwarded-for': '203.0.113.9:51234' }
  for (const host of ['hmis.example.org', 'hmis.example.org:443', 'Hmis.Example.org']) {
    const page = await asked(at, { host, ...through })
    assert.deepEqual([page.status, page.encoding], [200, 'identity'], host)
  }
  assert.doesNotMatch(lintel.output(), /X-Forwarded-For/)
  const other = await asked(at, { host: 'www.hmis.example.org', ...through })
  assert.deepEqual([other.status, other.location], [302, 'https://hmis.example.org/sign-in'])
  const lost = await asked(at, { host: `127.0.0.1:${lintel.env['PORT']}`, ...through })
  assert.equal(lost.status, 421)
  assert.match(lost.body, /It has to keep the Host header/)
  await asked(at, { host: `127.0.0.1:${lintel.env['PORT']}`, ...through })
  await asked(at, { host: 'hmis.example.org' })
  await asked(at, { host: 'hmis.example.org', 'x-forwarded-for': 'unknown' })
  await lintel.stop()
  const count = (pattern: RegExp) => lintel.output().match(pattern)?.length
  assert.equal(count(/does not keep the Host header/g), 1)
  assert.equal(count(/a proxy sends no X-Forwarded-For/g), 1)
  assert.equal(count(/X-Forwarded-For that holds no address/g), 1)
})
