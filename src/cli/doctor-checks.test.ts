import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lookAtDatabaseLine } from './doctor-checks.ts'

for (const [url, says] of [
  [undefined, undefined],
  ['postgres://lintel@localhost/lintel', undefined],
  ['postgres:///lintel?host=/run/postgresql', undefined],
  ['postgres://lintel@db.example/lintel?sslmode=verify-full', undefined],
  ['postgres://lintel@db.example/lintel', /db\.example can be read on the way: add sslmode=verify-full/],
  ['postgres://lintel@10.0.0.5/lintel?sslmode=prefer', /10\.0\.0\.5 can be read/],
] as const)
  test(`the doctor ${says === undefined ? 'has nothing to say of' : 'warns of'} the line of ${url}`, () => {
    const [finding] = lookAtDatabaseLine({ DATABASE_URL: url })
    if (says === undefined) assert.equal(finding, undefined)
    else assert.match(finding?.says ?? '', says)
  })
