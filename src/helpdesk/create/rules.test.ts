import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseForm } from '../../web/request.ts'
import { checkPlaces, readNewEntry } from './rules.ts'

const places = { organizations: [{ id: 'own' }, { id: 'second' }], workgroups: [{ id: 'group' }] }
const choices: readonly (readonly [
  organizations: string[],
  workgroups: string[],
  limited: boolean,
  fields: string[],
])[] = [
  [[], [], false, []],
  [['own'], ['group'], false, []],
  [['own', 'second'], [], false, []],
  [['own', 'other'], ['group', 'other'], false, ['organization', 'workgroup']],
  [['other'], ['other'], false, ['organization', 'workgroup']],
  [[], [], true, ['organization']],
  [['own', 'second'], [], true, []],
  [['own', 'other'], [], true, ['organization']],
]
for (const [organizations, workgroups, limited, fields] of choices) {
  test(`places "${organizations}" and "${workgroups}" for ${limited ? 'a limited' : 'an'} agent: ${fields.join(', ') || 'fine'}`, () => {
    assert.deepEqual(
      checkPlaces({ organizations, workgroups }, places, limited).map(({ field }) => field),
      fields,
    )
  })
}

test('the list and the boxes below it are one field: what is chosen twice counts once, and none is none', () => {
  const typed = 'organization=&organization=b&organization=a&organization=b&workgroup='
  const form = parseForm(new TextEncoder().encode(typed))
  assert.ok(form)
  const { organizations, workgroups } = readNewEntry(form)
  assert.deepEqual([organizations, workgroups], [['b', 'a'], []])
})
