import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainStore } from './trouble.ts'

const fromServer = (code: string, message: string) =>
  Object.assign(new Error(message), { code, severity: 'FATAL' })
const fromSystem = (code: string) => Object.assign(new Error(`${code} at db.example`), { code })

/** An error as it comes out of the driver, and what an operator reads. */
const troubles: readonly (readonly [claim: string, error: Error, says: RegExp])[] = [
  [
    'a pooler that refuses a parameter',
    fromServer('08P01', 'unsupported startup parameter: statement_timeout'),
    /pooler that refuses Lintel: unsupported startup parameter: statement_timeout\. .*ignore_startup_parameters/,
  ],
  [
    'a pooler that knows no such database',
    fromServer('08P01', 'no such database: lintel'),
    /refuses Lintel: no such database: lintel\.$/,
  ],
  [
    'a server that starts',
    fromServer('57P03', 'the database system is starting up'),
    /does not answer \(the database system is starting up\)/,
  ],
  [
    'a server without room',
    fromServer('53300', 'sorry, too many clients already'),
    /too many clients already/,
  ],
  ['a server that is not there', fromSystem('ECONNREFUSED'), /does not answer \(ECONNREFUSED\)/],
  ['a name that leads nowhere', fromSystem('ENOTFOUND'), /does not answer \(ENOTFOUND\)/],
  [
    'a wrong password',
    fromServer('28P01', 'password authentication failed'),
    /did not let Lintel in: password/,
  ],
  ['no such database', fromServer('3D000', 'database "x" does not exist'), /database "x" does not exist/],
  [
    'no password where one is asked for',
    new Error('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'),
    /asks for a password, and DATABASE_URL holds none/,
  ],
]
for (const [claim, error, says] of troubles)
  test(`${claim} is told in a sentence, with the server's own words where it had some`, () => {
    assert.match(explainStore(error) ?? '', says)
  })

test('an error that is not the store’s is none', () => {
  assert.equal(explainStore(new Error('x')), undefined)
  assert.equal(explainStore('x'), undefined)
})
