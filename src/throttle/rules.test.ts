import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Counted, countShare, sourceWaitAfter, steps, waitAfter } from './rules.ts'

const seconds = (wait: (failures: number) => number, ...failures: number[]) =>
  failures.map(count => wait(count) / 1_000)

test('the first four failures cost nothing; from the 5th the wait doubles from 30 s to an hour', () => {
  assert.deepEqual(
    seconds(waitAfter, 0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 50, 1_000_000),
    [0, 0, 0, 30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600, 3_600],
  )
})

test('an address may fail 29 times; from the 30th it waits, at most five minutes', () => {
  assert.deepEqual(
    seconds(sourceWaitAfter, 0, 29, 30, 31, 32, 33, 34, 35, 10_000),
    [0, 0, 30, 60, 120, 240, 300, 300, 300],
  )
})

test('one failure more never means a shorter wait', () => {
  fc.assert(
    fc.property(fc.nat(5_000), failures => {
      assert.ok(waitAfter(failures + 1) >= waitAfter(failures))
      assert.ok(sourceWaitAfter(failures + 1) >= sourceWaitAfter(failures))
    }),
  )
})

test('the list of steps says the same as the rule for every number of failures', () => {
  for (const rule of [waitAfter, sourceWaitAfter]) {
    const list = steps(rule)
    for (let failures = 0; failures <= 2_000; failures++)
      assert.equal(list.find(({ from }) => failures >= from)?.wait ?? 0, rule(failures), `${failures}`)
  }
})

test('a share lets through as many as it has in its window, and begins anew when the window is over', () => {
  const share = { most: 3, window: 100 }
  let counted: Counted | undefined
  const take = (now: number): boolean => {
    const taken = countShare(counted, share, now)
    counted = taken.counted
    return taken.within
  }
  assert.deepEqual([0, 10, 99, 99, 99].map(take), [true, true, true, false, false])
  assert.deepEqual(counted, { count: 4, from: 0 }, 'of what is refused the first is counted')
  assert.deepEqual([100, 101, 102, 103].map(take), [true, true, true, false])
})

test('a clock that went back far never makes anybody wait for it to come forward again', () => {
  const share = { most: 1, window: 100 }
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(10_000), (from, now) => {
      const taken = countShare({ count: 5, from }, share, now)
      assert.equal(taken.within, now >= from + share.window || now < from - share.window)
    }),
  )
})
