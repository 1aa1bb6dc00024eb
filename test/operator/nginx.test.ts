/** The sample for nginx, before a real Lintel, with a real nginx. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { request as askClear, type IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { freshFolder } from '../support/database/databases.ts'
import { freePort } from '../support/database/postgres.ts'
import { makeCertificate } from '../support/outside/certificate.ts'
import { startLintel } from '../support/process/process.ts'

const host = 'hmis.example.org'

test('nginx with the sample of ops/ leads people to https, and there to Lintel', async t => {
  const { path: folder, remove } = await freshFolder()
  t.after(remove)
  const [clear, secure, port] = [await freePort(), await freePort(), await freePort()]
  const { cert, key } = await makeCertificate(folder, 'own', `DNS:${host}`)
  const sample = readFileSync(join(import.meta.dirname, '../../ops/nginx.conf'), 'utf8')
    .replaceAll(/^ {2}listen \[::\].*\n/gm, '')
    .replace('listen 80;', `listen 127.0.0.1:${clear};`)
    .replace('listen 443 ', `listen 127.0.0.1:${secure} `)
    .replace('http://127.0.0.1:3000', `http://127.0.0.1:${port}`)
    .replace('/etc/ssl/lintel/fullchain.pem', cert)
    .replace('/etc/ssl/lintel/privkey.pem', key)
  const config = join(folder, 'nginx.conf')
  writeFileSync(
    config,
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr notice; events {}
     http { access_log off; ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${folder}/${name};`).join(' ')}
     ${sample} }`,
  )
  await startLintel(t, {
    engine: 'sqlite',
    env: { PORT: String(port), LINTEL_ORIGIN: `https://${host}`, LINTEL_TRUSTED_PROXIES: '127.0.0.1' },
  })
  const nginx = spawn('setpriv', ['--pdeathsig=KILL', '/usr/sbin/nginx', '-c', config, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(nginx, 'exit')
  t.after(async () => {
    nginx.kill()
    await ended
  })
  for await (const line of createInterface(nginx.stderr)) if (/start worker|using the/.test(line)) break

  const answer = async (sent: ReturnType<typeof request>) => {
    sent.end()
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    return { response, body: await text(response) }
  }
  const first = await answer(
    askClear({ host: '127.0.0.1', port: clear, path: '/sign-in', headers: { host } }),
  )
  assert.equal(first.response.statusCode, 301)
  assert.equal(first.response.headers.location, `https://${host}/sign-in`)
  const page = await answer(
    request({
      host: '127.0.0.1',
      port: secure,
      path: '/sign-in',
      headers: { host },
      servername: host,
      ca: readFileSync(cert),
    }),
  )
  assert.equal(page.response.statusCode, 200)
  assert.match(page.body, /<h1[^>]*>/)
  assert.match(String(page.response.headers['set-cookie'] ?? ''), /__Host-/)
})
