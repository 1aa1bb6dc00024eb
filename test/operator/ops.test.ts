/** What an operator finds ready-made in ops/: it names what is there. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { events } from '../../src/audit/events.ts'
import { jobs } from '../../src/jobs/jobs.ts'
import { createMetrics } from '../../src/metrics.ts'
import { secretSettings } from '../../src/secret-settings.ts'
import { openServices } from '../../src/services.ts'
import { settingsTable } from '../../src/settings.ts'
import { freshFolder } from '../support/database/databases.ts'
import { openFresh, settingsFor } from '../support/database/store.ts'
import { makeCertificate } from '../support/outside/certificate.ts'

const ops = join(import.meta.dirname, '../../ops')
const read = (name: string): string => readFileSync(join(ops, name), 'utf8')
/** YAML as Python's own parser reads it. */
const readYaml = (name: string) =>
  JSON.parse(
    execFileSync('/usr/bin/python3', [
      '-c',
      'import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))',
      join(ops, name),
    ]).toString(),
  )

interface Panel {
  readonly title: string
  readonly targets: readonly { readonly expr: string }[]
}
interface Alert {
  readonly alert: string
  readonly expr: string
  readonly annotations: { readonly summary: string; readonly what: string }
}

test('the dashboard and the alerts name figures, labels and events that there are, and leave none of ours out', async t => {
  const { folder, services } = await openFresh(t, 'sqlite')
  const { cert, key } = await makeCertificate(folder, 'own', 'DNS:hmis.example')
  const settings = settingsFor(folder, {
    LINTEL_ORIGIN: 'https://hmis.example',
    LINTEL_TLS_CERT: cert,
    LINTEL_TLS_KEY: key,
  })
  const metrics = createMetrics({ ...services, settings }, { load: () => ({ running: 0, waiting: 0 }) })
  const there = new Set(['up'])
  for (const [, name = '', kind] of (await metrics.text()).matchAll(/^# TYPE (\w+) (\w+)$/gm))
    for (const end of kind === 'histogram' ? ['_bucket', '_count', '_sum'] : ['']) there.add(name + end)

  const dashboard: { readonly panels: readonly Panel[] } = JSON.parse(read('grafana-dashboard.json'))
  const rules: readonly Alert[] = readYaml('prometheus-alerts.yml').groups[0].rules
  const expressions = [
    ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...rules.map(({ expr }) => expr),
  ]
  const named = new Set(expressions.flatMap(expr => expr.match(/\w+(?=\{)/g) ?? []))
  assert.deepEqual(
    [...named].filter(name => !there.has(name)),
    [],
  )
  const ours = [...there].filter(name => name.startsWith('lintel_') && !/_(?:sum|bucket)$/.test(name))
  assert.deepEqual(
    ours.filter(name => !named.has(name)),
    [],
  )
  const all = expressions.join('\n')
  for (const [, event = ''] of all.matchAll(/event="(\w+)"/g))
    assert.ok((Object.values(events).flat() as readonly string[]).includes(event), event)
  for (const [, job = ''] of all.matchAll(/exported_job!?="([^"]+)"/g))
    assert.ok(
      jobs.some(({ name }) => name === job),
      job,
    )
  for (const { alert, annotations } of rules)
    assert.ok(annotations.summary.length > 20 && annotations.what.length > 10, alert)
})

test('compose names settings and secrets that there are, and trusts its own proxy alone', () => {
  const { services, secrets } = readYaml('compose.yaml')
  const { environment, secrets: given } = services.lintel
  for (const name of Object.keys(environment)) {
    const setting = name.replace(/_FILE$/, '')
    assert.ok(setting in settingsTable, name)
    if (setting === name) continue
    assert.ok((secretSettings as readonly string[]).includes(setting), name)
    assert.ok(given.includes(environment[name].replace('/run/secrets/', '')), name)
  }
  assert.equal(environment.LINTEL_TRUSTED_PROXIES, services.proxy.networks.inside.ipv4_address)
  const made = [...read('compose.yaml').matchAll(/> (secrets\/[\w-]+)$/gm)].map(([, file]) => file)
  assert.deepEqual(
    Object.values<{ file: string }>(secrets)
      .map(({ file }) => file)
      .sort(),
    made.sort(),
  )
})

test('the backup of the night leaves a whole one, and those of the last days', async t => {
  const { path: data, remove } = await freshFolder()
  const backups = await freshFolder()
  t.after(async () => {
    await remove()
    await backups.remove()
  })
  await openServices(settingsFor(data)).then(({ store }) => store.close())
  const old = join(backups.path, 'lintel-2026-01-01T02-30-00Z')
  const other = join(backups.path, 'note')
  for (const file of [old, other]) {
    writeFileSync(file, '')
    utimesSync(file, 0, 0)
  }
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, LINTEL_DATA: data, LINTEL_SECRET_FILE: join(data, 'secret.json') }
  execFileSync(join(ops, 'backup'), [backups.path], { env, stdio: 'pipe' })
  const left = readdirSync(backups.path).sort()
  assert.equal(left.length, 2, left.join())
  assert.match(left[0] ?? '', /^lintel-20\d\d-\d\d-\d\dT[\d-]+Z$/)
  assert.equal(left[1], 'note')
})
