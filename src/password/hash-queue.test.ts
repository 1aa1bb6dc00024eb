import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { createHashQueue, type HashPriority, type HashQueueOptions } from './hash-queue.ts'

/** A queue on a clock and jobs that end when the test says so. */
function createBench(options: HashQueueOptions) {
  let time = 0
  const queue = createHashQueue({ now: () => time, ...options })
  const started: string[] = []
  const gates = new Map<string, PromiseWithResolvers<string>>()
  return {
    queue,
    started,
    pass: (milliseconds: number) => {
      time += milliseconds
    },
    add: (name: string, priority: HashPriority = 'person') =>
      queue.run(priority, () => {
        started.push(name)
        const gate = Promise.withResolvers<string>()
        gates.set(name, gate)
        return gate.promise
      }),
    end: async (name: string) => {
      gates.get(name)?.resolve(name)
      await nextTurn()
    },
    fail: async (name: string) => {
      gates.get(name)?.reject(new Error(name))
      await nextTurn()
    },
  }
}

const busy = { busy: true, retryAfterSeconds: 10 }

test('no more jobs run at once than there are lanes, and nobody is lost', async () => {
  const job = fc.record({
    priority: fc.constantFrom<HashPriority>('person', 'import'),
    turns: fc.nat(4),
    fails: fc.boolean(),
  })
  const limits = { lanes: fc.integer({ min: 1, max: 4 }), maxWaiting: fc.nat(12) }
  await fc.assert(
    fc.asyncProperty(fc.record(limits), fc.array(job, { maxLength: 40 }), async (options, jobs) => {
      const queue = createHashQueue(options)
      let running = 0
      let most = 0
      let begun = 0
      const results = await Promise.allSettled(
        jobs.map(({ priority, turns, fails }, at) =>
          queue.run(priority, async () => {
            begun += 1
            running += 1
            most = Math.max(most, running)
            for (let turn = 0; turn < turns; turn += 1) await nextTurn()
            running -= 1
            if (fails) throw new Error('job')
            return at
          }),
        ),
      )
      assert.ok(most <= options.lanes)
      const turnedAway = results.filter(result => result.status === 'fulfilled' && result.value.busy)
      assert.equal(begun + turnedAway.length, jobs.length)
      for (const [at, result] of results.entries()) {
        if (result.status === 'rejected') assert.equal(jobs[at]?.fails, true)
        else if (!result.value.busy) assert.equal(result.value.value, at)
      }
      assert.deepEqual(queue.load(), { running: 0, waiting: 0 })
    }),
  )
})

test('people come before imports, each in the order of arrival', async () => {
  const bench = createBench({ lanes: 1 })
  const all = [bench.add('first', 'import')]
  all.push(bench.add('import-1', 'import'), bench.add('import-2', 'import'))
  all.push(bench.add('ann'), bench.add('ben'))
  for (const name of ['first', 'ann', 'ben', 'import-1', 'import-2']) await bench.end(name)
  assert.deepEqual(bench.started, ['first', 'ann', 'ben', 'import-1', 'import-2'])
  assert.deepEqual(
    (await Promise.all(all)).map(result => !result.busy && result.value),
    ['first', 'import-1', 'import-2', 'ann', 'ben'],
  )
})

test('when a line is full the next is told so at once and never starts', async () => {
  const bench = createBench({ lanes: 1, maxWaiting: 2 })
  const kept = [bench.add('running'), bench.add('second'), bench.add('third')]
  assert.deepEqual(await bench.add('fourth'), busy)
  assert.deepEqual(bench.queue.load(), { running: 1, waiting: 2 })
  for (const name of ['running', 'second', 'third']) await bench.end(name)
  await Promise.all(kept)
  assert.deepEqual(bench.started, ['running', 'second', 'third'])
})

test('a line full of imports leaves the line of people free', async () => {
  const bench = createBench({ lanes: 1, maxWaiting: 1 })
  const kept = [bench.add('running', 'import'), bench.add('waiting', 'import')]
  assert.deepEqual(await bench.add('too many', 'import'), busy)
  kept.push(bench.add('ann'))
  for (const name of ['running', 'ann', 'waiting']) await bench.end(name)
  assert.deepEqual(bench.started, ['running', 'ann', 'waiting'])
  await Promise.all(kept)
})

test('a job whose deadline passed while it waited is told so and never starts', async () => {
  const bench = createBench({ lanes: 1, deadlineMs: 10_000 })
  const running = bench.add('running')
  const late = bench.add('late')
  bench.pass(6_000)
  const inTime = bench.add('in time')
  bench.pass(4_001)
  await bench.end('running')
  assert.deepEqual(await late, busy)
  await bench.end('in time')
  assert.deepEqual(
    [await running, await inTime].map(result => result.busy),
    [false, false],
  )
  assert.deepEqual(bench.started, ['running', 'in time'])
})

test('a running job is not cut short by the deadline, and an arrival drops those who are late', async () => {
  const bench = createBench({ lanes: 1, maxWaiting: 1 })
  const running = bench.add('running')
  const late = bench.add('late')
  bench.pass(10_001)
  const next = bench.add('next')
  assert.deepEqual(await late, busy)
  await bench.end('running')
  assert.deepEqual(await running, { busy: false, value: 'running' })
  await bench.end('next')
  assert.deepEqual(await next, { busy: false, value: 'next' })
})

test('a failed job gives its error to its caller and its lane to the next', async () => {
  const bench = createBench({ lanes: 1 })
  const broken = bench.add('broken')
  const next = bench.add('next')
  const refused = assert.rejects(broken, /broken/)
  await bench.fail('broken')
  await refused
  await bench.end('next')
  assert.deepEqual(await next, { busy: false, value: 'next' })
  await assert.rejects(
    bench.queue.run('person', () => {
      throw new Error('before its promise')
    }),
    /before its promise/,
  )
  assert.deepEqual(bench.queue.load(), { running: 0, waiting: 0 })
})

test('as many lanes as cores when nothing is said', async () => {
  const bench = createBench({})
  const jobs = Array.from({ length: availableParallelism() + 1 }, (_, at) => bench.add(String(at)))
  assert.deepEqual(bench.queue.load(), { running: availableParallelism(), waiting: 1 })
  for (const at of jobs.keys()) await bench.end(String(at))
  await Promise.all(jobs)
})
