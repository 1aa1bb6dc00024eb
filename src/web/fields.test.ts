import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fields } from './fields.ts'

test('fields are named as they were declared, and read as text, empty when they are missing', () => {
  const form = fields('username', 'password')
  assert.deepEqual(form.name, { username: 'username', password: 'password' })
  const sent: Readonly<Record<string, string>> = { username: 'amina', more: 'unasked' }
  assert.deepEqual(form.read({ get: name => sent[name] ?? '' }), { username: 'amina', password: '' })
})
