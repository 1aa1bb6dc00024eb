import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  digestOf,
  type Facts,
  type ManyEntry,
  type ManyVerb,
  type Plan,
  planOf,
  type Sight,
} from './rules.ts'

const all = { is_active: 1, may_sign_in: 1, may_edit: 1 } as const
const facts: Facts = {
  id: 'p',
  username: 'ines',
  name: 'Lee, Ines',
  version: 1,
  role: 'user',
  isWhole: true,
  isDeactivated: false,
  memberships: [{ id: 'a', flags: all, isOpen: true }],
  workgroupIds: ['w'],
  failures: 0,
}
const no = { organizationIds: [], workgroupIds: [] }
const leaving = { organizationId: 'a', lastDay: '2027-03-01', movedTo: undefined }
const entry: ManyEntry = { reason: 'Closed.', leaving, give: no, take: no }
const everyone: Sight = { role: 'administrator', reach: undefined, giveable: undefined }
const limited: Sight = { role: 'helpdesk', reach: ['a'], giveable: ['w'] }
const change = (gives: string[], takes: string[], endsAccount = false): Plan => ({
  ...{ does: 'change', gives, takes, endsAccount },
})
const refused = (why: Extract<Plan, { does: 'refused' }>['why']): Plan => ({ does: 'refused', why })
const nothing: Plan = { does: 'nothing' }
const off = { id: 'a', flags: { ...all, is_active: 0 as const }, isOpen: true }
const second = { id: 'b', flags: all, isOpen: true }
const move = { ...entry, leaving: { ...leaving, movedTo: { organizationId: 'b', workgroupIds: ['w', 'x'] } } }
const give = (organizationIds: string[], workgroupIds: string[] = []) => ({ organizationIds, workgroupIds })

const table: readonly (readonly [ManyVerb, ManyEntry, Partial<Facts>, Sight, Plan])[] = [
  ['unlock', entry, {}, everyone, nothing],
  ['unlock', entry, { failures: 3, isWhole: false }, limited, change([], [])],
  ['deactivate', entry, {}, limited, change([], [])],
  ['deactivate', entry, { isWhole: false }, limited, refused('account.works-elsewhere')],
  ['deactivate', entry, { isDeactivated: true }, everyone, nothing],
  ['deactivate', entry, { role: 'helpdesk' }, limited, refused('account.not-yours')],
  ['left', entry, {}, everyone, change([], ['a'], true)],
  ['left', entry, { memberships: [...facts.memberships, second] }, everyone, change([], ['a'])],
  [
    'left',
    entry,
    { memberships: [...facts.memberships, { ...second, isOpen: false }] },
    everyone,
    change([], ['a'], true),
  ],
  ['left', entry, { isWhole: false }, limited, change([], ['a'])],
  ['left', entry, { memberships: [off] }, everyone, nothing],
  ['moved', move, {}, everyone, change(['b', 'x'], ['a'])],
  ['moved', move, { memberships: [second] }, everyone, nothing],
  ['access', { ...entry, give: give(['b'], ['w', 'x']) }, {}, everyone, change(['b', 'x'], [])],
  ['access', { ...entry, give: give(['a'], ['w']) }, {}, everyone, nothing],
  ['access', { ...entry, give: give(['a']) }, { memberships: [off] }, everyone, change(['a'], [])],
  ['access', { ...entry, take: give(['a'], ['x']) }, {}, everyone, change([], ['a'])],
  ['access', { ...entry, take: give(['a']) }, {}, limited, refused('account.organization-outside')],
  ['access', { ...entry, give: give(['b']), take: give(['a']) }, {}, limited, change(['b'], ['a'])],
]

test('what a verb will do to each person, or why not', () => {
  for (const [verb, given, changes, sight, plan] of table)
    assert.deepEqual(
      planOf(verb, given, { ...facts, ...changes }, sight),
      plan,
      JSON.stringify([verb, given, changes]),
    )
})

test('a digest stands for what was shown: who, as they were, what will happen, when and why', () => {
  const left = { verb: 'left', entry } as const
  const one = digestOf(left, [[facts, change([], ['a'])]])
  assert.equal(one, digestOf(left, [[{ ...facts, name: 'Lee, I.' }, change([], ['a'])]]))
  const later = { ...entry, leaving: { ...entry.leaving, lastDay: '2026-12-31' } }
  for (const other of [
    digestOf({ verb: 'moved', entry }, [[facts, change([], ['a'])]]),
    digestOf({ verb: 'left', entry: later }, [[facts, change([], ['a'])]]),
    digestOf({ verb: 'left', entry: { ...entry, reason: 'Other.' } }, [[facts, change([], ['a'])]]),
    digestOf(left, [[{ ...facts, version: 2 }, change([], ['a'])]]),
    digestOf(left, [[facts, nothing]]),
    digestOf(left, []),
  ])
    assert.notEqual(one, other)
})
