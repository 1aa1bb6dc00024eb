import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lookAtDatabaseLine } from './doctor-database.ts'

const password = 'heron-lamp-42'

const lines: readonly (readonly [url: string | undefined, states: string, says: RegExp])[] = [
  [undefined, '', /^$/],
  ['postgres://postgres:postgres@localhost/lintel', '', /^$/],
  ['postgres:///lintel?host=/run/postgresql', '', /^$/],
  [`postgres://lintel:${password}@db.example/lintel`, 'good', /to db\.example, encrypted/],
  [`postgres://lintel:${password}@db.example/lintel?sslmode=require`, 'good', /certificate is checked/],
  [
    `postgres://lintel:${password}@10.0.0.5/lintel?sslmode=no-verify`,
    'warn',
    /nobody checks who answers as 10\.0\.0\.5/,
  ],
  [
    `postgres://lintel:${password}@10.0.0.5/lintel?sslmode=disable`,
    'warn',
    /10\.0\.0\.5 can be read on the way/,
  ],
  ['postgres://lintel@db.example/lintel', 'good warn', /holds none.* on db\.example asks for a password/],
  ['postgres://postgres:postgres@db.example/lintel', 'good warn', /among the first that anybody tries/],
  ['postgres://hmis:hmis@db.example/lintel', 'good warn', /among the first that anybody tries/],
]

for (const [url, states, says] of lines)
  test(`the doctor says of the line to the database at ${url}: ${states || 'nothing'}`, () => {
    const findings = lookAtDatabaseLine({ DATABASE_URL: url })
    assert.equal(findings.map(({ state }) => state).join(' '), states)
    const said = findings.map(finding => finding.says).join(' ')
    assert.match(said, says)
    assert.ok(!said.includes(password))
  })
