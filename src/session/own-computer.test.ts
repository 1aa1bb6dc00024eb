import assert from 'node:assert/strict'
import { test } from 'node:test'
import { computerDays } from './own-computer.ts'

const policy = { ownComputerDays: 14 }

test('a computer is remembered for plain users alone: never for staff, nor for an agency’s contact', () => {
  const days = (role: 'user' | 'helpdesk' | 'administrator', contact_since: number | null) =>
    computerDays({ role, contact_since }, policy)
  assert.equal(days('user', null), 14)
  assert.equal(days('user', 1), 0)
  assert.equal(days('helpdesk', null), 0)
  assert.equal(days('administrator', null), 0)
})

test('policy alone turns it on', () => {
  assert.equal(computerDays({ role: 'user', contact_since: null }, { ownComputerDays: 0 }), 0)
})
