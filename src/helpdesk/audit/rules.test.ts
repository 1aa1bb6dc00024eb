import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOf, readDays, readSearch } from './rules.ts'

const searchOf = (query: string) => {
  const params = new URLSearchParams(query)
  return readSearch(name => params.get(name) ?? undefined)
}

const id = '0192f0c1-0000-7000-8000-000000000001'

test('a search survives its address, cursor included', () => {
  const asked = searchOf(`person=ines&event=user_created&from=2026-03-01&older=1700000000000-${id}`)
  assert.deepEqual(asked.cursor, { at: 1_700_000_000_000, id, direction: 'older' })
  const address = addressOf('/helpdesk/audit', asked, asked.cursor)
  assert.deepEqual(searchOf(address.split('?')[1] ?? ''), asked)
})

test('what is no event, cursor or name of ours does not limit', () => {
  const asked = searchOf(`event=drop&older=1-x&newer=${'9'.repeat(40)}-${id}&person=${'x'.repeat(999)}`)
  assert.equal(asked.event, undefined)
  assert.equal(asked.cursor, undefined)
  assert.equal(asked.person.length, 256)
  assert.equal(addressOf('/helpdesk/audit', searchOf('')), '/helpdesk/audit')
})

test('days are those of the zone, both included, on a day of 23 hours too', () => {
  const hour = 3_600_000
  const {
    from = 0,
    before = 0,
    wrong,
  } = readDays({ from: '2026-03-08', to: '2026-03-08' }, 'America/Chicago')
  assert.equal(from, Date.UTC(2026, 2, 8, 6))
  assert.equal(before - from, 23 * hour)
  assert.deepEqual(wrong, [])
})

test('what is no day is named, not passed over', () => {
  assert.deepEqual(readDays({ from: '2026-02-30', to: 'tomorrow' }, 'UTC').wrong, ['from', 'to'])
  assert.deepEqual(readDays({ from: '', to: '' }, 'UTC'), { wrong: [] })
})
