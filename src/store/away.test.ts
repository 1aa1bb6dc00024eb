import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StandbyError, whyAway } from './away.ts'

const withCode = (code: string, message = 'what it says') => Object.assign(new Error(message), { code })

test('a store that is away is told from a fault of the program, and the log is told why', () => {
  const silent = 'the database does not answer'
  const readOnly = 'the database takes no writes: DATABASE_URL leads to a standby'
  const full = 'the disk of the store is full'
  const cases: readonly (readonly [unknown, string | undefined])[] = [
    [withCode('ECONNREFUSED'), silent],
    [withCode('ECONNRESET'), silent],
    [withCode('ENOTFOUND'), silent],
    [withCode('57P01', 'terminating connection due to administrator command'), silent],
    [withCode('57P03', 'the database system is starting up'), silent],
    [withCode('08006'), silent],
    [withCode('53300', 'too many clients already'), silent],
    [withCode('25P03', 'terminating connection due to idle-in-transaction timeout'), silent],
    [new Error('Query read timeout'), silent],
    [new Error('Connection terminated unexpectedly'), silent],
    [new Error('Connection terminated due to connection timeout'), silent],
    [new Error('timeout exceeded when trying to connect'), silent],
    [new Error('Client has encountered a connection error and is not queryable'), silent],
    [withCode('25006', 'cannot execute UPDATE in a read-only transaction'), readOnly],
    [new StandbyError(), readOnly],
    [withCode('57014', 'canceling statement due to statement timeout'), 'the database took too long'],
    [Object.assign(withCode('ERR_SQLITE_ERROR', 'database or disk is full'), { errcode: 13 }), full],
    [withCode('53100', 'could not extend file'), full],
    [withCode('ENOSPC', 'no space left on device'), full],
    [withCode('EDQUOT', 'quota exceeded'), full],
    [Object.assign(withCode('ERR_SQLITE_ERROR', 'constraint failed'), { errcode: 19 }), undefined],
    [withCode('23505', 'duplicate key value'), undefined],
    [withCode('42P01', 'Connection terminated is no table'), undefined],
    [new TypeError('undefined is not a function'), undefined],
    ['Query read timeout', undefined],
  ]
  for (const [error, why] of cases) assert.equal(whyAway(error), why, String(error))
})
