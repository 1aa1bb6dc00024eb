import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offersOf } from './offers.ts'
import type { Verdict } from './rules.ts'
import { verbNames } from './verb-rules.ts'

const remedies: readonly (readonly [say: Verdict['say'], remedy: string | undefined])[] = [
  ['deactivated', 'reactivate'],
  ['closed', 'reactivate'],
  ['suspended', 'reactivate'],
  ['inactive', 'reactivate'],
  ['locked-down', 'temporary-password'],
  ['temporary-over', 'temporary-password'],
  ['link-over', 'mail-link'],
  ['locked-out', 'unlock'],
  ['waits', 'unlock'],
  ['training-expired', undefined],
  ['yes', undefined],
  ['first-sign-in', undefined],
]
for (const [say, remedy] of remedies)
  test(`what helps when the verdict is "${say}": ${remedy ?? 'nothing here'}`, () => {
    const offers = offersOf(say, verbNames)
    assert.equal(offers.remedy, remedy)
    const all = [offers.remedy, ...Object.values(offers.groups).flat()].filter(Boolean)
    assert.deepEqual(all.toSorted(), verbNames.toSorted(), 'every verb is offered once')
  })

test('a remedy that the agent may not use is not offered', () => {
  assert.deepEqual(offersOf('waits', ['details', 'lock-down']), {
    remedy: undefined,
    groups: { 'sign-in': [], account: ['details'], block: ['lock-down'] },
  })
})
