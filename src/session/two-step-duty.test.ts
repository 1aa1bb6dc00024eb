import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachEngine } from '../../test/support/database/store.ts'
import { addPerson } from '../../test/support/people/people.ts'
import { defaultPolicy } from '../policy/policy.ts'
import type { Policy } from '../policy/table.ts'
import type { Role } from '../store/schema.ts'
import { twoStepDueAt, twoStepDueColumn } from './two-step-duty.ts'

const day = 24 * 3_600_000
/** Midnight in Chicago. */
const january15 = Date.parse('2027-01-15T06:00:00Z')
const roleSince = Date.parse('2027-01-01T00:00:00Z')

const cases: readonly (readonly [
  who: string,
  person: { readonly role: Role; readonly dutyFrom: number | null },
  policy: Partial<Policy>,
  due: number | undefined,
])[] = [
  ['a user of a site where it is optional', { role: 'user', dutyFrom: null }, {}, undefined],
  ['a user where it is required', { role: 'user', dutyFrom: null }, { twoStep: 'required' }, 0],
  [
    'a user where it is required from a day',
    { role: 'user', dutyFrom: null },
    { twoStep: 'required', twoStepFrom: '2027-01-15' },
    january15,
  ],
  [
    'a user where only the day is set',
    { role: 'user', dutyFrom: null },
    { twoStepFrom: '2027-01-15' },
    undefined,
  ],
  ['a user of a workgroup with a duty', { role: 'user', dutyFrom: 5 * day }, {}, 5 * day],
  [
    'a user with a duty that begins before everyone’s',
    { role: 'user', dutyFrom: january15 - day },
    { twoStep: 'required', twoStepFrom: '2027-01-15' },
    january15 - day,
  ],
  ['an agent in the grace', { role: 'helpdesk', dutyFrom: null }, {}, roleSince + 7 * day],
  [
    'an agent whose duty begins in the grace',
    { role: 'helpdesk', dutyFrom: roleSince + day },
    {},
    roleSince + day,
  ],
  ['anyone where it is off', { role: 'administrator', dutyFrom: 1 }, { twoStep: 'off' }, undefined],
]

for (const [who, person, policy, due] of cases)
  test(`${who} must have a second step ${due === undefined ? 'never' : `from ${due} on`}`, () => {
    assert.equal(twoStepDueAt({ ...person, roleSince }, { ...defaultPolicy, ...policy }), due)
  })

eachEngine('the store tells the same moment for each of them', async open => {
  const opened = await open()
  const { store } = opened
  for (const [who, { role, dutyFrom }, changes, due] of cases) {
    const id = await addPerson(opened, {
      role,
      username: `person${cases.findIndex(([name]) => name === who)}`,
    })
    await store.writeOne(db => db.updateTable('account').set({ role_since: roleSince }).execute())
    await store.writeOne(db => db.deleteFrom('two_step_duty').execute())
    if (dutyFrom !== null)
      await store.writeOne(db =>
        db.insertInto('two_step_duty').values({ kind: 'role', target: role, from_at: dutyFrom }).execute(),
      )
    const row = await store.read
      .selectFrom('account')
      .select(twoStepDueColumn({ ...defaultPolicy, ...changes }).as('due'))
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    assert.equal(row.due, due ?? null, who)
  }
})
