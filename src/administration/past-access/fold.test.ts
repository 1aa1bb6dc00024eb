import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Facts } from '../../audit/evidence.ts'
import { createAccessFold } from './fold.ts'
import type { AccessRecord } from './grants.ts'

const harbor = { id: 'o1', name: 'Harbor House' }
const users = { id: 'w1', name: 'HMIS Users' }
const all = { active: 1, signIn: 1, edit: 1 } as const
const open = {
  ...{ deactivatedAt: null, suspendedUntil: null, leavingAt: null, dormantSince: null },
  ...{ lockedAt: null, trainingLapsed: false },
}
const amina = { username: 'amina', firstName: 'Amina', lastName: 'Warsame', role: 'user' }

const record = (at: number, event: string, args: Facts, subject: string | null = 'amina'): AccessRecord => ({
  ...{ at, event, subject, actor: 'desk', args: JSON.stringify(args) },
})
const begun = record(0, 'access_baseline', { of: 'everything', accounts: 0 }, null)
const made = record(10, 'user_created', {
  ...amina,
  organizations: [{ ...harbor, ...all }],
  workgroups: [users],
})

function fold(records: readonly AccessRecord[], until: number) {
  const folded = createAccessFold({ from: 0, before: until + 1 })
  for (const each of [begun, ...records]) folded.take(each)
  folded.finish(until)
  return {
    held: [...folded.held()].map(grant => [grant.kind, grant.name, grant.since, grant.by]),
    ended: folded
      .endings()
      .map(ending => [ending.kind, ending.name, ending.endedAt, ending.why, ending.endedBy]),
  }
}

const start = [
  ['account', '', 10, 'desk'],
  ['role', 'user', 10, 'desk'],
  ['organization', 'Harbor House', 10, 'desk'],
  ['workgroup', 'HMIS Users', 10, 'desk'],
]
const without = (kind: string) => start.filter(([held]) => held !== kind)
const standing = (at: number, args: Facts) => record(at, 'user_updated', args)
const place = (at: number, args: Facts) =>
  record(at, 'sensitive_update', { what: 'organization', ...args }, 'o1')
const access = (at: number, after: Facts | null) =>
  record(at, 'privilege_permissions_changed', {
    change: 'access',
    organizations: [{ ...harbor, before: all, after }],
    workgroups: [],
  })

const contact = (at: number, ...after: readonly (typeof harbor)[]) =>
  record(at, 'privilege_permissions_changed', { change: 'contact', before: [], after, ended: 0 })
const contactSince = (at: number) => ['contact', 'Harbor House', at, 'desk']

const table: readonly (readonly [
  string,
  readonly AccessRecord[],
  number,
  readonly unknown[],
  readonly unknown[],
])[] = [
  ['a new account has what it was given', [], 20, start, []],
  [
    'a deactivated account has nothing',
    [record(20, 'user_archived', { ended: 0 })],
    30,
    [],
    [['account', '', 20, 'deactivated', 'desk']],
  ],
  [
    'a reactivated account has everything again, the account since then',
    [
      record(20, 'user_archived', { ended: 0 }),
      standing(30, { change: 'reactivated', ended: 'deactivated' }),
    ],
    40,
    [['account', '', 30, 'desk'], ...start.slice(1)],
    [['account', '', 20, 'deactivated', 'desk']],
  ],
  [
    'a suspension ends by itself',
    [standing(20, { change: 'suspended', until: 30, ended: 0 })],
    40,
    [['account', '', 30, 'system'], ...start.slice(1)],
    [['account', '', 20, 'suspended', 'desk']],
  ],
  [
    'a suspension that lasts',
    [standing(20, { change: 'suspended', until: 50, ended: 0 })],
    40,
    [],
    [['account', '', 20, 'suspended', 'desk']],
  ],
  [
    'a planned end takes nothing before its moment',
    [standing(20, { change: 'leaving', before: null, after: 50 })],
    49,
    start,
    [],
  ],
  [
    'a planned end comes true without another record, by whoever planned it',
    [standing(20, { change: 'leaving', before: null, after: 50 })],
    50,
    [],
    [['account', '', 50, 'closed', 'desk']],
  ],
  [
    'who leaves stays closed when an earlier suspension would have ended',
    [
      standing(20, { change: 'suspended', until: 30, ended: 0 }),
      standing(25, { change: 'leaving', before: null, after: 50 }),
      standing(60, { change: 'left', planned: 50, ended: 0 }),
    ],
    70,
    [],
    [
      ['account', '', 20, 'suspended', 'desk'],
      ['account', '', 50, 'closed', 'desk'],
    ],
  ],
  [
    'an inactive account has nothing',
    [standing(20, { change: 'dormant', unusedSince: 0 })],
    30,
    [],
    [['account', '', 20, 'inactive', 'desk']],
  ],
  [
    'expired training takes access',
    [standing(20, { change: 'training', before: 'finished', after: 'lapsed' })],
    30,
    [],
    [['account', '', 20, 'training-expired', 'desk']],
  ],
  [
    'a lock-down takes the password, not access',
    [record(20, 'authn_login_lock', { why: 'lock-down' })],
    30,
    start,
    [],
  ],
  [
    'a membership that is taken is gone',
    [access(20, null)],
    30,
    without('organization'),
    [['organization', 'Harbor House', 20, 'taken', 'desk']],
  ],
  [
    'a membership that is switched off is gone',
    [access(20, { active: 0, signIn: 1, edit: 1 })],
    30,
    without('organization'),
    [['organization', 'Harbor House', 20, 'taken', 'desk']],
  ],
  [
    'somebody is a contact since they were made one',
    [contact(20, harbor), contact(25, harbor)],
    30,
    [...start, contactSince(20)],
    [],
  ],
  [
    'a contact is one until that is taken',
    [contact(20, harbor), contact(25)],
    30,
    start,
    [[...contactSince(20).slice(0, 2), 25, 'taken', 'desk']],
  ],
  [
    'a contact whose membership is taken is none',
    [contact(20, harbor), access(25, null)],
    30,
    without('organization'),
    ['organization', 'contact'].map(kind => [kind, 'Harbor House', 25, 'taken', 'desk']),
  ],
  [
    'a contact whose membership is switched off is none, and one again since it is switched on',
    [contact(20, harbor), access(25, { ...all, active: 0 }), access(28, all)],
    30,
    [...without('organization'), ['organization', 'Harbor House', 28, 'desk'], contactSince(28)],
    ['organization', 'contact'].map(kind => [kind, 'Harbor House', 25, 'taken', 'desk']),
  ],
  [
    'a retired organization is nobody’s, and is told once',
    [place(20, { change: 'retired', name: 'Harbor House' })],
    30,
    without('organization'),
    [['organization', 'Harbor House', 20, 'retired', 'desk']],
  ],
  [
    'an organization that was brought back is held since then',
    [
      place(20, { change: 'retired', name: 'Harbor House' }),
      place(25, { change: 'brought-back', name: 'Harbor House' }),
    ],
    30,
    start.map(row => (row[0] === 'organization' ? ['organization', 'Harbor House', 25, 'desk'] : row)),
    [['organization', 'Harbor House', 20, 'retired', 'desk']],
  ],
  [
    'an organization has the name of the day',
    [place(20, { change: 'edited', name: 'Harbor Home', nameBefore: 'Harbor House', allowsChanged: false })],
    30,
    start.map(row => (row[0] === 'organization' ? ['organization', 'Harbor Home', 10, 'desk'] : row)),
    [],
  ],
  [
    'a role is replaced, with whom the agent looks after',
    [
      record(20, 'privilege_permissions_changed', {
        ...{ change: 'role', before: 'user', after: 'helpdesk', limit: [harbor], ended: 0 },
      }),
    ],
    30,
    [...without('role'), ['role', 'helpdesk', 20, 'desk'], ['limited-to', 'Harbor House', 20, 'desk']],
    [['role', 'user', 20, 'taken', 'desk']],
  ],
]

for (const [title, records, until, held, ended] of table)
  test(title, () => assert.deepEqual(fold([made, ...records], until), { held, ended }))

test('what was so when the log began is since a time that was not recorded', () => {
  const before = record(-1, 'access_baseline', {
    ...{ of: 'account', ...amina, ...open },
    ...{ organizations: [{ ...harbor, ...all, active: 0 }], workgroups: [users] },
  })
  assert.deepEqual(fold([before], 20).held, [
    ['account', '', null, null],
    ['role', 'user', null, null],
    ['workgroup', 'HMIS Users', null, null],
  ])
})
