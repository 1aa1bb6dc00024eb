import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IncidentKind } from '../../store/schema.ts'
import { parseForm } from '../../web/request.ts'
import { noWait } from './rules.ts'
import { readEntry, verbsFor } from './verb-rules.ts'

const zone = 'America/Chicago'
const known = { email: 'a@example.org', workPhone: '', workExtension: '', supervisor: '', organizations: [] }

const formOf = (fields: Record<string, string>) => {
  const form = parseForm(new TextEncoder().encode(new URLSearchParams(fields).toString()))
  assert.ok(form)
  return form
}
const codes = (...given: Parameters<typeof readEntry>) => readEntry(...given).refusals.map(({ code }) => code)

test('every verb asks for a reason and for the version that its page showed', () => {
  assert.deepEqual(codes('deactivate', formOf({}), zone, known), [
    'helpdesk.no-reason',
    'helpdesk.no-version',
  ])
  assert.deepEqual(codes('deactivate', formOf({ reason: 'x'.repeat(501), version: '1' }), zone, known), [
    'helpdesk.reason-too-long',
  ])
  assert.deepEqual(codes('deactivate', formOf({ reason: 'Left.', version: '1' }), zone, known), [])
})

test('a credential verb also asks how the caller was identified, and takes no other way than the listed', () => {
  const form = { reason: 'Lost.', version: '1' }
  for (const action of ['temporary-password', 'reset-two-step', 'reset-question'] as const) {
    assert.deepEqual(codes(action, formOf(form), zone, known), ['helpdesk.not-identified'])
    assert.deepEqual(codes(action, formOf({ ...form, identified: 'sure' }), zone, known), [
      'helpdesk.not-identified',
    ])
    assert.deepEqual(codes(action, formOf({ ...form, identified: 'in-person' }), zone, known), [])
  }
})

test('a time that the clocks show twice is asked for once more, and both can be chosen', () => {
  const form = { reason: 'Away.', version: '1', date: '2026-11-01', time: '01:30' }
  assert.deepEqual(codes('suspend', formOf(form), zone, known), ['helpdesk.two-moments'])
  const chosen = (clock: string) => readEntry('suspend', formOf({ ...form, clock }), zone, known).entry.moment
  assert.equal(chosen('first'), Date.UTC(2026, 10, 1, 6, 30))
  assert.equal(chosen('second'), Date.UTC(2026, 10, 1, 7, 30))
  assert.deepEqual(codes('suspend', formOf({ ...form, clock: 'second' }), zone, known), [])
})

const state = {
  deactivatedAt: null,
  suspendedUntil: null,
  leavingAt: null,
  dormantSince: null,
  passwordBlockedAt: null,
  trainingLapsed: false,
}
const person = {
  email: 'a@example.org',
  role: 'user' as const,
  state,
  signIn: {
    state,
    password: 'own' as const,
    temporaryUntil: null,
    stranger: noWait,
    known: noWait,
    code: noWait,
  },
  secondStepSince: null,
  ways: [],
  questionSetAt: null,
  sessions: 0,
  incidents: [],
  contactOf: undefined,
  isWhole: true,
  organizations: [
    {
      id: 'o',
      name: 'O',
      is_active: 1 as const,
      may_sign_in: 1 as const,
      may_edit: 1 as const,
      is_primary: 1 as const,
    },
  ],
  leaves: [],
}

test('only verbs that make sense now are offered', () => {
  assert.deepEqual(verbsFor(person, 'helpdesk', 10), [
    'temporary-password',
    'code-card',
    'lock-down',
    'deactivate',
    'suspend',
    'schedule-leaving',
    'details',
    'access',
    'left',
    'moved',
  ])
  const busy = { ...person, secondStepSince: 1, questionSetAt: 1, sessions: 1 }
  assert.ok(verbsFor(busy, 'helpdesk', 10).includes('reset-two-step'))
  assert.ok(verbsFor(busy, 'helpdesk', 10).includes('reset-question'))
  assert.ok(verbsFor(busy, 'helpdesk', 10).includes('end-sessions'))
  const way = { id: 'a', kind: 'app' as const, name: null, addedAt: 1, lastUsedAt: 1 }
  assert.ok(!verbsFor({ ...busy, ways: [way] }, 'helpdesk', 10).includes('remove-way'), 'the last one')
  const two = { ...busy, ways: [way, { ...way, id: 'b' }] }
  assert.ok(verbsFor(two, 'helpdesk', 10).includes('remove-way'))
  const gone = { ...person, state: { ...state, deactivatedAt: 5 } }
  assert.deepEqual(verbsFor(gone, 'administrator', 10), [
    'lock-down',
    'reactivate',
    'details',
    'access',
    'left',
    'moved',
    'role',
  ])
  const planned = { ...person, leaves: [{ name: 'O', last_day: '2027-03-01', moved_to: null }] }
  assert.ok(verbsFor(planned, 'helpdesk', 10).includes('stays'))
  assert.ok(!verbsFor({ ...person, organizations: [] }, 'helpdesk', 10).includes('left'))
})

test('who works elsewhere too is stopped, freed of waits and given places, and nothing that opens or closes the account', () => {
  const busy = { ...person, isWhole: false, secondStepSince: 1, questionSetAt: 1, sessions: 1 }
  const waiting = { ...busy, signIn: { ...person.signIn, known: { failures: 3, until: 0 } } }
  assert.deepEqual(verbsFor(waiting, 'helpdesk', 10), [
    'unlock',
    'end-sessions',
    'lock-down',
    'access',
    'left',
    'moved',
  ])
})

test('an incident that could be an agent’s own theft is for administrators to close', () => {
  const offered = (kind: IncidentKind, agent: 'helpdesk' | 'administrator') =>
    verbsFor({ ...person, incidents: [{ kind, opened_at: 1 }] }, agent, 10).includes('close-incident')
  assert.ok(offered('not-me', 'helpdesk'))
  assert.ok(!offered('password-and-two-step-reset', 'helpdesk'))
  assert.ok(offered('password-and-two-step-reset', 'administrator'))
})

test('nothing is offered for an equal or higher role, save to an administrator', () => {
  assert.deepEqual(verbsFor({ ...person, role: 'helpdesk' }, 'helpdesk', 10), [])
  assert.deepEqual(verbsFor({ ...person, role: 'administrator' }, 'helpdesk', 10), [])
  assert.ok(verbsFor({ ...person, role: 'administrator' }, 'administrator', 10).includes('role'))
})
