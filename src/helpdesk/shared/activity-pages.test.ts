import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ActivityRow } from './activity.ts'
import { collapse } from './activity-pages.ts'

const row = (at: number, event: string, more: Partial<ActivityRow> = {}): ActivityRow => ({
  at,
  event,
  args: '{}',
  by: 'anonymous',
  agent: null,
  isWhole: true,
  address: '203.0.113.9',
  ...more,
})

test('the same try many times over is one line, the newest, with how many there were', () => {
  const tries = Array.from({ length: 12 }, (_, index) => row(100 - index, 'authn_login_fail'))
  assert.deepEqual(collapse([row(200, 'authn_login_success'), ...tries, row(1, 'authn_login_success')]), [
    { row: row(200, 'authn_login_success'), times: 1 },
    { row: row(100, 'authn_login_fail'), times: 12 },
    { row: row(1, 'authn_login_success'), times: 1 },
  ])
})

test('tries from two places, and what agents did, stand line by line', () => {
  const rows = [
    row(3, 'authn_login_fail'),
    row(2, 'authn_login_fail', { address: '198.51.100.7' }),
    row(1, 'user_updated', { by: 'agent', agent: 'Noor' }),
    row(0, 'user_updated', { by: 'agent', agent: 'Noor' }),
  ]
  assert.equal(collapse(rows).length, rows.length)
})
