import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { readSettings } from '../../src/settings.ts'
import { firstSignInByClient } from '../journeys/guide.ts'
import { freshFolder } from '../support/database/databases.ts'
import { freePort } from '../support/database/postgres.ts'
import { makeCertificate } from '../support/outside/certificate.ts'
import { putTogether, readContainerFile } from '../support/process/container.ts'
import type { Scope } from '../support/process/process.ts'
import { startProgram } from '../support/process/program.ts'

const root = join(import.meta.dirname, '../..')

async function emptyFolder(t: Scope): Promise<string> {
  const fresh = await freshFolder()
  t.after(fresh.remove)
  return fresh.path
}

test('what the container file puts together is all that Lintel needs, and its health check tells the truth', async t => {
  const { parts, command, health } = await readContainerFile()
  const folder = await emptyFolder(t)
  const data = await emptyFolder(t)
  await putTogether(parts, folder)
  const bare = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOST: '127.0.0.1' }
  const inside = async (more: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> => ({
    ...bare,
    PORT: String(await freePort()),
    LINTEL_DATA: data,
    LINTEL_SECRET_FILE: join(data, 'secret.json'),
    NODE_COMPILE_CACHE: '',
    ...more,
  })
  const run = (env: NodeJS.ProcessEnv) => {
    const [program = '', ...words] = command
    return startProgram(join(folder, program), words, env)
  }
  const isWell = (env: NodeJS.ProcessEnv) => {
    const [program = '', ...words] = health
    return spawnSync(join(folder, program), words, { cwd: folder, env }).status === 0
  }

  const env = await inside({})
  assert.equal(isWell(env), false)
  const lintel = run(env)
  t.after(lintel.stop)
  const [, adminPassword = ''] = await lintel.printed(/temporary password (\S+)$/m)
  const [, origin = ''] = await lintel.printed(/^Lintel is listening on (\S+)$/m)
  const client = await firstSignInByClient({ origin, adminPassword })
  assert.match((await client.get('/')).text, /Welcome/)
  assert.equal(isWell(env), true)
  await lintel.stop()
  assert.equal(isWell(env), false)

  const { cert, key } = await makeCertificate(data, 'own', 'DNS:hmis.example')
  const secure = await inside({
    LINTEL_ORIGIN: 'https://hmis.example',
    LINTEL_TLS_CERT: cert,
    LINTEL_TLS_KEY: key,
  })
  const overTls = run(secure)
  t.after(overTls.stop)
  await overTls.printed(/^Lintel is listening on https:\/\/hmis\.example$/m)
  assert.equal(isWell(secure), true)
})

test('the builder of the container is given what the container file copies, and no data and no keys', async () => {
  const [ignored, text] = await Promise.all(
    ['.dockerignore', 'ops/Containerfile'].map(file => readFile(join(root, file), 'utf8')),
  )
  const [all, ...given] = (ignored ?? '').split('\n').filter(line => line !== '' && !line.startsWith('#'))
  assert.equal(all, '*')
  const copied = [...(text ?? '').matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, names = '']) =>
    names.split(' '),
  )
  assert.deepEqual(given.map(line => line.replace(/^!/, '')).toSorted(), copied.toSorted())
})

test('what the heads of service and container tell to type names what the manual names', async () => {
  const [unit = '', container = ''] = await Promise.all(
    ['ops/lintel.service', 'ops/Containerfile'].map(file => readFile(join(root, file), 'utf8')),
  )
  assert.match(unit, /^# .*systemctl daemon-reload && systemctl enable --now lintel$/m)
  assert.match(container, /podman run --name lintel /)
  const [, origin = ''] = /LINTEL_ORIGIN=(\S+)/.exec(container) ?? []
  const [, proxies = ''] = /LINTEL_TRUSTED_PROXIES=(\S+)/.exec(container) ?? []
  const [, host = ''] = /^ENV HOST=(\S+)/m.exec(container) ?? []
  const documented = { HOST: host, LINTEL_ORIGIN: origin, LINTEL_TRUSTED_PROXIES: proxies }
  assert.deepEqual(readSettings(documented), { ...readSettings(documented), ok: true })
})

test('systemd finds no fault with the units, and little that it leaves open', async t => {
  const folder = await emptyFolder(t)
  const unit = join(folder, 'lintel.service')
  const analyze = (...words: string[]) => spawnSync('systemd-analyze', words, { encoding: 'utf8' })
  for (const name of ['lintel.service', 'lintel-backup.service', 'lintel-backup.timer']) {
    const text = await readFile(join(root, 'ops', name), 'utf8')
    await writeFile(join(folder, name), text.replaceAll('/opt/lintel/', `${root}/`))
    const { status, stderr } = analyze('verify', '--recursive-errors=no', join(folder, name))
    assert.deepEqual({ name, status, stderr }, { name, status: 0, stderr: '' })
  }
  const exposure = analyze('security', '--offline=true', '--threshold=15', unit)
  assert.equal(exposure.status, 0, exposure.stdout)
})
