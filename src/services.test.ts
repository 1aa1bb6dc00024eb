import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorForLog } from './services.ts'

test('of an error its name, message, stack and code are logged, and nothing that a driver hangs on it', () => {
  const error = Object.assign(new TypeError('no answer'), {
    code: '57P01',
    client: { queue: [{ values: ['a secret'] }] },
    detail: 'Key (email)=(someone@example.org) already exists.',
  })
  const { stack, ...rest } = errorForLog(error)
  assert.deepEqual(rest, { type: 'TypeError', message: 'no answer', code: '57P01' })
  assert.match(String(stack), /^TypeError: no answer\n/)
  assert.deepEqual(errorForLog('text'), { message: 'text' })
})
