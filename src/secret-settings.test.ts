import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshFolder } from '../test/support/database/databases.ts'
import { secretSettings } from './secret-settings.ts'
import { readSettings, settingsTable } from './settings.ts'

const values: Readonly<Record<(typeof secretSettings)[number], string>> = {
  DATABASE_URL: 'postgres://lintel:pass%23word@localhost/lintel',
  SMTP_URL: 'smtp://lintel:word@localhost',
  MOODLE_TOKEN: 'a-token-of-moodle',
  LINTEL_METRICS_TOKEN: 'a-token-of-sixteen-or-more',
}
const moodle = { MOODLE_URL: 'https://moodle.example', MOODLE_COURSES: '3' }

test('every setting that holds a secret can stand in a file, and says so when it cannot be read', async t => {
  const { path, remove } = await freshFolder()
  t.after(remove)
  const named = Object.keys(settingsTable).filter(name => /TOKEN|SMTP|DATABASE/.test(name))
  assert.deepEqual(named.sort(), [...secretSettings].sort())
  for (const name of secretSettings) {
    const file = join(path, name)
    writeFileSync(file, `${values[name]}\n`)
    const around = name === 'MOODLE_TOKEN' ? moodle : {}
    const read = readSettings({ ...around, [name]: '', [`${name}_FILE`]: file })
    assert.ok(read.ok, JSON.stringify(read))
    assert.equal(read.settings[name], values[name])
    const says = (env: Record<string, string>, what: RegExp) => {
      const wrong = readSettings({ ...around, ...env })
      assert.match(wrong.ok ? 'nothing wrong' : wrong.problems.join('\n'), what)
    }
    says(
      { [name]: values[name], [`${name}_FILE`]: file },
      new RegExp(`^${name} and ${name}_FILE are both set`, 'm'),
    )
    says(
      { [`${name}_FILE`]: `${file}-gone` },
      new RegExp(`^${name}_FILE names a file that is not there`, 'm'),
    )
    writeFileSync(file, '\n')
    says({ [`${name}_FILE`]: file }, new RegExp(`^${name}_FILE names a file that is empty`, 'm'))
  }
})
