import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { choose } from './rules.ts'
import type { Choice, Choices } from './store.ts'

const choice = (id: string): Choice => ({ id, name: id, allows: '' })
const choices = (organizations: string[], workgroups: string[]): Choices => ({
  organizations: organizations.map(choice),
  workgroups: workgroups.map(choice),
})

test('the only one there is needs no choosing, and none is none', () => {
  const nothing = { organization: '', workgroup: '' }
  assert.deepEqual(choose(choices(['a'], ['x']), nothing), {
    chosen: { organizationId: 'a', workgroupId: 'x' },
    refusals: [],
  })
  assert.deepEqual(choose(choices([], []), { organization: 'a', workgroup: 'x' }), {
    chosen: { organizationId: null, workgroupId: null },
    refusals: [],
  })
  assert.equal(choose(choices(['a'], ['x']), { organization: 'b', workgroup: '' }).chosen.organizationId, 'a')
})

test('both missing choices are said in one go, each at its field', () => {
  assert.deepEqual(choose(choices(['a', 'b'], ['x', 'y']), { organization: '', workgroup: '' }).refusals, [
    { code: 'workspace.organization-missing', field: 'organization' },
    { code: 'workspace.workgroup-missing', field: 'workgroup' },
  ])
})

test('a workgroup that is tied to organizations goes with these only', () => {
  const tied: Choices = {
    organizations: ['a', 'b'].map(choice),
    workgroups: [choice('x'), { ...choice('y'), onlyIn: ['b'] }, { ...choice('z'), onlyIn: ['b'] }],
  }
  const pick = (organization: string, workgroup: string) => choose(tied, { organization, workgroup })
  assert.deepEqual(pick('b', 'y').chosen, { organizationId: 'b', workgroupId: 'y' })
  assert.deepEqual(pick('a', 'x').chosen, { organizationId: 'a', workgroupId: 'x' })
  assert.deepEqual(pick('a', '').chosen, { organizationId: 'a', workgroupId: 'x' }, 'the only one that fits')
  assert.deepEqual(pick('a', 'y').refusals, [{ code: 'workspace.workgroup-elsewhere', field: 'workgroup' }])
  assert.deepEqual(pick('c', 'y').refusals, [
    { code: 'workspace.organization-missing', field: 'organization' },
  ])
})

test('a right choice is taken, someone else’s is refused', () => {
  const own = choices(['a', 'b'], ['x', 'y'])
  assert.deepEqual(choose(own, { organization: 'b', workgroup: 'x' }), {
    chosen: { organizationId: 'b', workgroupId: 'x' },
    refusals: [],
  })
  assert.deepEqual(choose(own, { organization: 'c', workgroup: 'x' }).refusals, [
    { code: 'workspace.organization-missing', field: 'organization' },
  ])
})

test('whatever is sent, nobody works where they do not belong', () => {
  const ids = fc.uniqueArray(fc.string({ maxLength: 3 }), { maxLength: 4 })
  fc.assert(
    fc.property(
      ids,
      ids,
      fc.string({ maxLength: 3 }),
      fc.string({ maxLength: 3 }),
      (organizations, workgroups, organization, workgroup) => {
        const { chosen, refusals } = choose(choices(organizations, workgroups), { organization, workgroup })
        assert.ok(chosen.organizationId === null || organizations.includes(chosen.organizationId))
        assert.ok(chosen.workgroupId === null || workgroups.includes(chosen.workgroupId))
        if (refusals.length === 0) {
          assert.equal(chosen.organizationId === null, organizations.length === 0)
          assert.equal(chosen.workgroupId === null, workgroups.length === 0)
        }
      },
    ),
  )
})
