/** The first page of the operator's manual, step by step: its commands are run, and what it says one sees is what they say. */
import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshFolder } from '../support/database/databases.ts'
import { freePort } from '../support/database/postgres.ts'
import { makeCertificate } from '../support/outside/certificate.ts'
import { openMailbox } from '../support/outside/mailbox.ts'
import { runShell } from '../support/process/command.ts'
import { startProgram } from '../support/process/program.ts'

const root = join(import.meta.dirname, '../..')
const page =
  readFileSync(join(root, 'docs/operator.md'), 'utf8')
    .split('## A site in an hour\n')[1]
    ?.split('\n## ')[0] ?? ''

/** The blocks of one kind, in order, as lines without their indent. */
const blocks = (kind: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^( *)\`\`\`${kind}\\n([^]*?)^ *\`\`\``, 'gm'))].map(
    ([, indent = '', lines = '']) => lines.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  )

test('who follows the first page has a site, mail, a second administrator, a backup and a restore that was tried', async t => {
  const { path: machine, remove } = await freshFolder()
  t.after(remove)
  for (const folder of ['etc/lintel', 'etc/nginx/sites-enabled', 'var/lib', 'var/backups', 'root', 'bin'])
    mkdirSync(join(machine, folder), { recursive: true })
  const [port, clear, secure] = [await freePort(), await freePort(), await freePort()]
  const mailbox = await openMailbox(t)
  const { cert, key } = await makeCertificate(machine, 'own', 'DNS:hmis.example.org')
  /** The manual's own paths, on a machine that lies in a folder. */
  const here = (text: string) => text.replaceAll(/(?<=^|[ ='])\/(etc|var|root)\//gm, `${machine}/$1/`)

  const [settings = '', ...otherSettings] = blocks('ini')
  assert.deepEqual(otherSettings, [])
  const env = join(machine, 'etc/lintel/lintel.env')
  const smtp = settings.match(/^SMTP_URL=.*$/m)?.[0] ?? assert.fail('no mail server')
  writeFileSync(env, `${settings.replace(smtp, `SMTP_URL=${mailbox.url}`)}PORT=${port}\n`)
  const service = join(machine, 'bin/lintel-service')
  const script = readFileSync(join(root, 'bin/lintel-service'), 'utf8')
  writeFileSync(service, here(script).replace(/exec .*\/lintel"/, `exec ${root}/bin/lintel`))
  chmodSync(service, 0o755)
  const nginx = join(machine, 'etc/nginx/nginx.conf')
  writeFileSync(
    nginx,
    `pid ${machine}/pid; error_log stderr; events {} http { access_log off; include ${machine}/etc/nginx/sites-enabled/*; }`,
  )
  const sample = readFileSync(join(root, 'ops/nginx.conf'), 'utf8')
    .replaceAll(/^ {2}listen \[::\].*\n/gm, '')
    .replace('listen 80;', `listen 127.0.0.1:${clear};`)
    .replace('listen 443 ', `listen 127.0.0.1:${secure} `)
    .replace('/etc/ssl/lintel/fullchain.pem', cert)
    .replace('/etc/ssl/lintel/privkey.pem', key)
  mkdirSync(join(machine, 'ops'))
  writeFileSync(join(machine, 'ops/nginx.conf'), sample)

  const [proxy = '', doctor = '', second = '', secret = '', backup = '', drill = '', ...more] = blocks('sh')
  const [tested, started, found, made, copied, restored, ...unseen] = blocks('text')
  assert.deepEqual([more, unseen], [[], []], 'a step that this test does not know')
  const run = async (lines: string, sees = '') => {
    const line = here(lines.trim().replaceAll('\n', ' && '))
      .replaceAll('bin/lintel-service', service)
      .replace(' -o lintel -g lintel', '')
      .replace('cp ops/', `cp ${machine}/ops/`)
      .replace('nginx -t', `/usr/sbin/nginx -t -c ${nginx}`)
    const { code, out, err } = await runShell({}, line)
    assert.equal(code, 0, `${line}\n${out}${err}`)
    for (const seen of here(sees).trim().split('\n'))
      assert.ok(`${out}${err}`.includes(seen), `${seen}\n${out}${err}`)
  }
  await run(proxy, tested)

  const lintel = startProgram(join(root, 'bin/run'), ['main.ts'], {
    PATH: process.env['PATH'],
    LINTEL_DATA: join(machine, 'var/lib/lintel'),
    LINTEL_SECRET_FILE: join(machine, 'var/lib/lintel-keys/secret.json'),
    ...Object.fromEntries(
      readFileSync(env, 'utf8')
        .trim()
        .split('\n')
        .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    ),
  })
  t.after(lintel.stop)
  await lintel.printed(/^Lintel is listening/m)
  for (const line of (started ?? assert.fail()).trim().split('\n'))
    assert.ok(lintel.output().includes(line), line)

  await run(doctor, found)
  await run(second, made)
  await run(secret)
  await run(backup, copied)
  await lintel.stop()
  await run(drill, restored)
})
