import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  afterMonths,
  backOff,
  type CourseStatus,
  cannotTell,
  courseKnowledge,
  type Knowledge,
  nextTraining,
  pauseAfter,
  stillHolds,
  type Training,
  together,
  trainingGateFor,
} from './rules.ts'

const day = 24 * 3_600_000
const hour = 3_600_000
const now = Date.UTC(2026, 5, 15, 12)

const row = (complete: boolean, timecompleted: number | null = null) => ({ complete, timecompleted })
const finished = (at?: number): Knowledge => ({ kind: 'finished', at })
const open: Knowledge = { kind: 'not-finished' }

const statuses: readonly (readonly [claim: string, status: CourseStatus, known: Knowledge])[] = [
  [
    'all criteria met: finished with the last of them',
    { completed: true, aggregation: 1, completions: [row(true, 100), row(true, 200)] },
    finished(200_000),
  ],
  [
    'any criterion counts: finished with the first of them',
    { completed: true, aggregation: 2, completions: [row(true, 200), row(true, 100), row(false)] },
    finished(100_000),
  ],
  [
    'finished, and Moodle does not say when',
    { completed: true, aggregation: 1, completions: [row(true), row(true, 0)] },
    finished(undefined),
  ],
  [
    'marked as finished by hand, with a criterion open: finished all the same',
    { completed: true, aggregation: 1, completions: [row(false), row(true, 100)] },
    finished(100_000),
  ],
  [
    'one criterion is open: not finished',
    { completed: false, aggregation: 1, completions: [row(true, 100), row(false)] },
    open,
  ],
  [
    'all is done and Moodle has not worked it out yet: cannot tell',
    { completed: false, aggregation: 1, completions: [row(true, 100)] },
    cannotTell('not-worked-out'),
  ],
  [
    'any is enough, one is done and Moodle has not worked it out yet: cannot tell',
    { completed: false, aggregation: 2, completions: [row(true, 100), row(false)] },
    cannotTell('not-worked-out'),
  ],
  ['nothing is listed: not finished', { completed: false, aggregation: 1, completions: [] }, open],
]

for (const [claim, status, known] of statuses)
  test(`one course: ${claim}`, () => assert.deepEqual(courseKnowledge(status), known))

test('several courses are finished with the last of them, and when one of them does not say, nobody knows', () => {
  assert.deepEqual(together([finished(5), finished(9)]), finished(9))
  assert.deepEqual(together([finished(5), finished()]), finished(undefined))
})

test('one open course is enough for "not finished", and one in doubt for "cannot tell"', () => {
  assert.deepEqual(together([finished(5), cannotTell('no-criteria'), open]), open)
  assert.deepEqual(together([finished(5), cannotTell('no-criteria')]), cannotTell('no-criteria'))
  assert.equal(together([]).kind, 'cannot-tell')
})

const training = (state: Training['state'], finishedAt: number | null = null): Training => ({
  state,
  finishedAt,
})
const old = now - 400 * day
const fresh = now - 10 * day

const moves: readonly (readonly [string, Training, Knowledge, number, Training])[] = [
  ['first heard of as finished', training('unknown'), finished(fresh), 12, training('finished', fresh)],
  ['first heard of as open', training('unknown'), open, 12, training('not-finished')],
  [
    'finished without a time counts from when it was heard',
    training('unknown'),
    finished(),
    12,
    training('finished', now),
  ],
  [
    'a time in the future counts as now',
    training('unknown'),
    finished(now + day),
    12,
    training('finished', now),
  ],
  ['too long ago: it lapses', training('finished', old), finished(old), 12, training('lapsed', old)],
  [
    'too long ago, and reset in Moodle: it lapses',
    training('finished', old),
    open,
    12,
    training('lapsed', old),
  ],
  [
    'done again: it is whole again',
    training('lapsed', old),
    finished(fresh),
    12,
    training('finished', fresh),
  ],
  ['begun again: still lapsed', training('lapsed', old), open, 12, training('lapsed', old)],
  [
    'reset in Moodle before the day: nothing is taken away',
    training('finished', fresh),
    open,
    12,
    training('finished', fresh),
  ],
  [
    'lapsed, and policy gives more months now: whole again',
    training('lapsed', old),
    open,
    24,
    training('finished', old),
  ],
  [
    'never to be repeated: Moodle is followed',
    training('finished', fresh),
    open,
    0,
    training('not-finished', fresh),
  ],
  [
    'never to be repeated: old is good',
    training('finished', old),
    finished(old),
    0,
    training('finished', old),
  ],
]

for (const [claim, before, known, months, after] of moves)
  test(`training: ${claim}`, () => assert.deepEqual(nextTraining(before, known, months, now), after))

const states = fc.constantFrom<Training['state']>('unknown', 'finished', 'not-finished', 'lapsed')
const times = fc.option(fc.integer({ min: 0, max: now }))
const doubts = fc.constantFrom('no-moodle', 'unreachable', 'several', 'no-criteria', 'other' as const)

test('"cannot tell" changes nothing, whatever is stored and whatever policy says', () => {
  fc.assert(
    fc.property(states, times, doubts, fc.integer({ min: 0, max: 60 }), (state, at, why, months) => {
      const before = training(state, at)
      assert.deepEqual(nextTraining(before, cannotTell(why), months, now), before)
    }),
  )
})

test('training that is too old does not open the gate', () => {
  assert.deepEqual(stillHolds(finished(old), 12, now), open)
  assert.deepEqual(stillHolds(finished(old), 0, now), finished(old))
  assert.deepEqual(stillHolds(finished(fresh), 12, now), finished(fresh))
  assert.deepEqual(stillHolds(finished(), 12, now), finished())
})

test('training that need not be repeated never lapses', () => {
  fc.assert(
    fc.property(states, times, fc.option(fc.integer({ min: 0, max: now })), (state, at, heard) => {
      const after = nextTraining(training(state, at), finished(heard ?? undefined), 0, now)
      assert.equal(after.state, 'finished')
    }),
  )
})

test('months end on the same day, or on the last of a shorter month', () => {
  assert.equal(afterMonths(Date.UTC(2026, 0, 31, 9), 1), Date.UTC(2026, 1, 28, 9))
  assert.equal(afterMonths(Date.UTC(2024, 1, 29), 12), Date.UTC(2025, 1, 28))
  assert.equal(afterMonths(Date.UTC(2026, 10, 15), 14), Date.UTC(2028, 0, 15))
})

test('who is kept out is looked up soonest, and each failed run waits longer, within bounds', () => {
  assert.equal(pauseAfter('lapsed', open, 0.5), hour / 4)
  assert.equal(pauseAfter('not-finished', open, 0.5), hour)
  assert.equal(pauseAfter('finished', finished(1), 0.5), 24 * hour)
  assert.deepEqual(
    [1, 2, 3, 50].map(failures => backOff(failures, 0.5)),
    [hour / 4, hour / 2, hour, 6 * hour],
  )
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failures, jitter) => {
        const pause = backOff(failures, jitter)
        assert.ok(pause >= 12 * 60_000 && pause <= 7.2 * hour)
      },
    ),
  )
})

const gates: readonly (readonly [Parameters<typeof trainingGateFor>, ReturnType<typeof trainingGateFor>])[] =
  [
    [['off', open, ''], 'open'],
    [['off', cannotTell('unreachable'), ''], 'open'],
    [['warn', finished(1), ''], 'open'],
    [['required', cannotTell('none-asked'), ''], 'open'],
    [['warn', open, ''], 'warn'],
    [['warn', cannotTell('no-moodle'), ''], 'warn'],
    [['required', finished(1), ''], 'open'],
    [['required', open, ''], 'closed'],
    [['required', open, '   '], 'closed'],
    [['required', cannotTell('unreachable'), ''], 'closed'],
    [['required', cannotTell('unreachable'), 'Certificate seen.'], 'warn'],
  ]

for (const [[gate, known, override], answer] of gates)
  test(`gate ${gate}, ${known.kind}, ${override.trim() === '' ? 'no' : 'a'} reason: ${answer}`, () =>
    assert.equal(trainingGateFor(gate, known, override), answer))
