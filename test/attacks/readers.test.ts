/** Who asks and does not read the answers. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { listen } from '../../src/listen.ts'
import { freshFolder } from '../support/database/databases.ts'
import { freePort } from '../support/database/postgres.ts'
import { settingsFor } from '../support/database/store.ts'
import { makeCertificate } from '../support/outside/certificate.ts'
import { startLintel } from '../support/process/process.ts'
import { atSignIn, exchange, placeOf } from './support.ts'

test('a connection that sends requests without reading the answers is ended', async () => {
  const lintel = await startLintel({ after }, { engine: 'sqlite' })
  const { host } = new URL(lintel.origin)
  const client = await atSignIn(lintel)
  const one = `GET /sign-in HTTP/1.1\r\nHost: ${host}\r\n\r\n`
  const floods = Array.from({ length: 5 }, () => exchange(lintel, one.repeat(1_000)))
  assert.equal(await placeOf(client), '/sign-in')
  for (const flood of floods) assert.ok(((await flood).match(/HTTP\/1\.1 200/g) ?? []).length < 1_000)
})

test('a TLS connection that never starts its handshake is ended', async t => {
  const folder = await freshFolder()
  t.after(folder.remove)
  const { cert, key } = await makeCertificate(folder.path, 'own')
  const port = await freePort()
  const settings = settingsFor(folder.path, {
    PORT: String(port),
    LINTEL_ORIGIN: `https://localhost:${port}`,
    LINTEL_TLS_CERT: cert,
    LINTEL_TLS_KEY: key,
  })
  const server = await listen(settings, () => new Response(''), pino({ level: 'silent' }))
  t.after(() => server.close())
  const silent = connect(port, '127.0.0.1').resume()
  await once(silent, 'close')
})

test('a connection that stops reading an answer is ended, and the answer stops', async t => {
  const folder = await freshFolder()
  t.after(folder.remove)
  const port = await freePort()
  const settings = settingsFor(folder.path, { PORT: String(port) })
  const stopped = Promise.withResolvers<void>()
  const endless = new ReadableStream({
    pull: controller => controller.enqueue(new Uint8Array(65_536)),
    cancel: () => stopped.resolve(),
  })
  const server = await listen(settings, () => new Response(endless), pino({ level: 'silent' }))
  t.after(() => server.close())
  const reader = connect(port, '127.0.0.1').pause()
  await once(reader, 'connect')
  reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await stopped.promise
  reader.destroy()
})
