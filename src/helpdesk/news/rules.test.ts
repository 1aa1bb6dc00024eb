import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { emptyForm, parseForm } from '../../web/request.ts'
import { checkNews, clockOf, type NewsEntry, phaseOf, readNewsEntry } from './rules.ts'

const zone = 'America/Chicago'
const now = Date.parse('2026-01-15T12:00:00Z')
const plain: NewsEntry = {
  title: 'Open house',
  text: 'Come in.',
  fromDate: '',
  fromTime: '',
  untilDate: '',
  untilTime: '',
  fromClock: '',
  untilClock: '',
}

const faults: readonly (readonly [given: Partial<NewsEntry>, codes: string[]])[] = [
  [{}, []],
  [{ title: '' }, ['news.title-shape']],
  [{ title: 'x'.repeat(121), text: '' }, ['news.title-shape', 'news.text-empty']],
  [{ text: 'x'.repeat(4_001) }, ['news.text-too-long']],
  [{ fromDate: '2026-02-30' }, ['news.no-start']],
  [{ fromTime: '17:00' }, ['news.no-start']],
  [{ untilTime: '17:00' }, ['news.no-end']],
  [{ untilDate: '2026-01-14' }, ['news.end-too-early']],
  [{ fromDate: '2026-02-01', untilDate: '2026-02-01' }, []],
  [{ fromDate: '2026-11-01', fromTime: '01:30' }, ['news.two-moments']],
  [{ untilDate: '2026-11-01', untilTime: '01:30', untilClock: 'third' }, ['news.two-moments']],
  [{ untilDate: '2026-11-01', untilTime: '01:30', untilClock: 'second' }, []],
  [
    { fromDate: '2026-02-01', fromTime: '09:00', untilDate: '2026-02-01', untilTime: '09:00' },
    ['news.end-too-early'],
  ],
]
for (const [given, codes] of faults) {
  test(`news with ${JSON.stringify(given).slice(0, 80)} have ${codes.join(' and ') || 'no fault'}`, () => {
    assert.deepEqual(
      checkNews({ ...plain, ...given }, zone, now).refusals.map(({ code }) => code),
      codes,
    )
  })
}

test('no beginning is now, no end is never, and a day ends with its last minute', () => {
  assert.deepEqual(checkNews(plain, zone, now).content, {
    title: 'Open house',
    text: 'Come in.',
    shownFrom: now,
    shownUntil: null,
  })
  const { content } = checkNews({ ...plain, untilDate: '2026-01-20' }, zone, now)
  assert.equal(content.shownUntil, Date.parse('2026-01-21T05:59:00Z'))
})

test('every minute is shown in a form as it is read from it', () => {
  const minute = fc.integer({ min: 0, max: 3_000_000_000 / 60 }).map(count => count * 60_000)
  fc.assert(
    fc.property(minute, fc.constantFrom('America/Chicago', 'Asia/Kolkata', 'UTC'), (at, timeZone) => {
      const { date, time, clock } = clockOf(at, timeZone)
      const entry = { ...plain, fromDate: date, fromTime: time, fromClock: clock }
      assert.equal(checkNews(entry, timeZone, now).content.shownFrom, at)
    }),
  )
})

test('news are planned, shown and over, each up to the very moment', () => {
  const item = { shownFrom: 10, shownUntil: 20 }
  assert.deepEqual(
    [9, 10, 19, 20].map(at => phaseOf(item, at)),
    ['planned', 'shown', 'shown', 'over'],
  )
  assert.equal(phaseOf({ shownFrom: 10, shownUntil: null }, 1e12), 'shown')
})

test('blanks at the ends of lines are left out, however many there are', () => {
  const blanks = ' \t'.repeat(30_000)
  const form = parseForm(
    Buffer.from(new URLSearchParams({ text: `a${blanks}\r\n${blanks}\rb${blanks}c` }).toString()),
  )
  assert.equal(readNewsEntry(form ?? emptyForm).text, `a\n\nb${blanks}c`)
})
