import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newestSchema, sqliteScripts } from '../migrate.ts'
import { rightsOfRunning } from '../privileges.ts'
import { tablesInOrder } from './tables.ts'

const later = `
create table later (
  id text primary key,
  account_id text not null references account (id)
);
alter table account add column seen_by text`

test('every table is moved, one of a later migration too, each behind those that it refers to', () => {
  const tables = tablesInOrder()
  assert.deepEqual(tables.map(({ name }) => name).sort(), Object.keys(rightsOfRunning).sort())
  const grown = tablesInOrder([...sqliteScripts(newestSchema), later])
  const names = grown.map(({ name }) => name)
  assert.equal(names.length, tables.length + 1)
  assert.ok(names.indexOf('later') > names.indexOf('account'))
  assert.deepEqual(grown.find(({ name }) => name === 'later')?.columns, ['id', 'account_id'])
  assert.ok(grown.find(({ name }) => name === 'account')?.columns.includes('seen_by'))
})

test('tables that refer to each other are named', () => {
  const circle = 'create table a (b text references b (a)); create table b (a text references a (b))'
  assert.throws(() => tablesInOrder([circle]), /refer to each other: a, b/)
})
