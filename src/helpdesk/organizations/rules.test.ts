import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseForm } from '../../web/request.ts'
import { readVersion } from '../shared/version.ts'
import { checkPlaceEntry, readPlaceEntry } from './rules.ts'

const formOf = (fields: Record<string, string>) => {
  const form = parseForm(new TextEncoder().encode(new URLSearchParams(fields).toString()))
  assert.ok(form)
  return form
}

const entries: readonly (readonly [name: string, allows: string, fields: string[]])[] = [
  ['Harbor House Duluth', '', []],
  ['  Harbor \r\n House ', ' Beds. ', []],
  ['', '', ['name']],
  [' \t ', '', ['name']],
  ['ä'.repeat(120), 'b'.repeat(600), []],
  ['ä'.repeat(121), 'b'.repeat(601), ['name', 'allows']],
  ['Harbor\u202e House', 'Be\u0007ds', []],
  ['\u200b', '', ['name']],
]
for (const [name, allows, fields] of entries) {
  test(`an entry ${JSON.stringify(name.slice(0, 24))} of ${name.length} signs has ${fields.length === 0 ? 'no fault' : `faults in ${fields.join(' and ')}`}`, () => {
    const entry = readPlaceEntry('organization', formOf({ name, allows }))
    assert.deepEqual(
      checkPlaceEntry(entry).map(({ field }) => field),
      fields,
    )
  })
}

test('what is copied along with a name and nobody sees is not kept', () => {
  const copied = { name: 'Harbor\u00a0 House\u200b\u202e', allows: 'Be\u00adds' }
  assert.deepEqual(readPlaceEntry('organization', formOf(copied)), {
    name: 'Harbor House',
    allows: 'Beds',
    key: '',
    giving: undefined,
  })
})

test('whatever is typed, what is accepted is tidy and stays the same when it is sent again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), name => {
      const entry = readPlaceEntry(
        'organization',
        formOf({ name: name.replaceAll(/[\0\ufffd]/g, ''), allows: name.replaceAll(/[\0\ufffd]/g, '') }),
      )
      const { name: tidy, allows, key } = entry
      assert.deepEqual(readPlaceEntry('organization', formOf({ name: tidy, allows, key })), entry)
    }),
  )
})

for (const [typed, key] of [
  ['', ''],
  [' Harbor-House ', 'harbor-house'],
  ['a', 'a'],
  ['7'.repeat(32), '7'.repeat(32)],
] as const)
  test(`"${typed}" is the key "${key}"`, () => {
    const entry = readPlaceEntry('workgroup', formOf({ name: 'Harbor House', key: typed }))
    assert.deepEqual([entry.key, checkPlaceEntry(entry)], [key, []])
  })

for (const key of ['-a', 'a-', 'a b', 'a:b', 'ä', '7'.repeat(33)])
  test(`"${key}" is no key`, () => {
    const entry = readPlaceEntry('workgroup', formOf({ name: 'Harbor House', key }))
    assert.deepEqual(checkPlaceEntry(entry), [{ code: 'place.key-shape', field: 'key' }])
  })

test('a workgroup is left to administrators unless its form says the helpdesk', () => {
  const giverOf = (fields: Record<string, string>) =>
    readPlaceEntry('workgroup', formOf(fields)).giving?.givenBy
  assert.equal(giverOf({ givenBy: 'helpdesk' }), 'helpdesk')
  for (const fields of [{}, { givenBy: 'administrators' }, { givenBy: 'everyone' }])
    assert.equal(giverOf(fields), 'administrators')
})

test('a version is a number or it is not there', () => {
  assert.equal(readVersion(formOf({ version: '12' })), 12)
  for (const version of ['', '-1', '1e3', '1.5', '99999999999'])
    assert.equal(readVersion(formOf({ version })), undefined)
})
