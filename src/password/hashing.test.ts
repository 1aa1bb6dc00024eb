import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { hashSync } from '@node-rs/argon2'
import { createHashQueue, type Queued } from './hash-queue.ts'
import { createHasher, type StoredHash } from './hashing.ts'

const light = { memoryKib: 64, passes: 1, lanes: 1 }
const keys = new Map([
  ['one', randomBytes(32)],
  ['two', randomBytes(32)],
])

function hasher(
  change: { currentId?: string; parameters?: typeof light; keys?: ReadonlyMap<string, Buffer> } = {},
) {
  const pepper = { currentId: change.currentId ?? 'one', keys: change.keys ?? keys }
  return createHasher({ pepper, parameters: change.parameters ?? light, queue: createHashQueue() })
}

function done<T>(result: Queued<T>): T {
  assert.ok(!result.busy)
  return result.value
}

async function matches(set: string, typed: string): Promise<boolean> {
  const { hash, verify } = hasher()
  return done(await verify(typed, done(await hash(set))))
}

test('a password matches its own hash and no other', async () => {
  assert.equal(await matches('vK9#mQ2!xWz', 'vK9#mQ2!xWz'), true)
  assert.equal(await matches('vK9#mQ2!xWz', 'vK9#mQ2!xWZ'), false)
  assert.equal(await matches('vK9#mQ2!xWz', ''), false)
})

test('a hash is an Argon2id PHC string with the current parameters, a fresh salt and the pepper id', async () => {
  const { hash } = createHasher({ pepper: { currentId: 'two', keys }, queue: createHashQueue() })
  const first = done(await hash('vK9#mQ2!xWz'))
  assert.match(first.encoded, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  assert.equal(first.pepperId, 'two')
  assert.notEqual(done(await hash('vK9#mQ2!xWz')).encoded, first.encoded)
})

test('a password set composed is known when typed decomposed', async () => {
  assert.equal(await matches('vK9#mQ2é', 'vK9#mQ2é'.normalize('NFD')), true)
})

test('NUL does not cut a password', async () => {
  assert.equal(await matches('Abc1!xyz\u0000AAA', 'Abc1!xyz'), false)
  assert.equal(await matches('Abc1!xyz\u0000AAA', 'Abc1!xyz\u0000AAA'), true)
})

test('the last of 256 code points counts', async () => {
  const long = '🐢'.repeat(255)
  assert.equal(await matches(`${long}🌲`, `${long}🌲`), true)
  assert.equal(await matches(`${long}🌲`, `${long}🚲`), false)
})

test('two passwords alike in their first 72 bytes differ', async () => {
  assert.equal(await matches(`${'x'.repeat(72)}a`, `${'x'.repeat(72)}b`), false)
})

test('text that is not well-formed never matches, not even its replacement sign', async () => {
  assert.equal(await matches('vK9#mQ2\ufffd', 'vK9#mQ2\ud83d'), false)
})

test('blanks at the edges and line ends count when checked, as when set', async () => {
  assert.equal(await matches(' vK9#mQ2! ', ' vK9#mQ2! '), true)
  assert.equal(await matches(' vK9#mQ2! ', 'vK9#mQ2!'), false)
  assert.equal(await matches('vK9#mQ2!\n', 'vK9#mQ2!'), false)
})

test('the same password under another pepper key does not match', async () => {
  const stored = done(await hasher().hash('vK9#mQ2!xWz'))
  const other = hasher({ keys: new Map([['one', randomBytes(32)]]) })
  assert.equal(done(await other.verify('vK9#mQ2!xWz', stored)), false)
})

test('a hash under an older pepper still matches and asks to be made again', async () => {
  const stored = done(await hasher().hash('vK9#mQ2!xWz'))
  const rotated = hasher({ currentId: 'two' })
  assert.equal(done(await rotated.verify('vK9#mQ2!xWz', stored)), true)
  assert.equal(rotated.needsRehash(stored), true)
  assert.equal(rotated.needsRehash(done(await rotated.hash('vK9#mQ2!xWz'))), false)
})

test('a hash with weaker parameters still matches and asks to be made again; a stronger one is left', async () => {
  const stored = done(await hasher().hash('vK9#mQ2!xWz'))
  for (const raised of [{ memoryKib: 128 }, { passes: 2 }, { lanes: 2 }]) {
    const stronger = hasher({ parameters: { ...light, ...raised } })
    assert.equal(done(await stronger.verify('vK9#mQ2!xWz', stored)), true)
    assert.equal(stronger.needsRehash(stored), true)
    assert.equal(hasher().needsRehash(done(await stronger.hash('vK9#mQ2!xWz'))), false)
  }
  assert.equal(hasher().needsRehash(stored), false)
})

test('no account, an unknown pepper and an unreadable hash are false, never an error', async () => {
  const { verify, hash, needsRehash } = hasher()
  const stored = done(await hash('vK9#mQ2!xWz'))
  const broken: readonly (StoredHash | undefined)[] = [
    undefined,
    { ...stored, pepperId: 'gone' },
    { ...stored, encoded: '' },
    { ...stored, encoded: 'scrypt$1$2' },
    { ...stored, encoded: stored.encoded.slice(0, 30) },
    { ...stored, encoded: hashSync('vK9#mQ2!xWz', { algorithm: 1, memoryCost: 64 }) },
  ]
  for (const hashed of broken) {
    assert.equal(done(await verify('vK9#mQ2!xWz', hashed)), false, JSON.stringify(hashed))
    assert.equal(hashed === undefined || needsRehash(hashed), true)
  }
})

test('a stored hash cut off anywhere is false, never an error', async () => {
  const { verify, hash } = hasher()
  const stored = done(await hash('vK9#mQ2!xWz'))
  for (let length = 0; length < stored.encoded.length; length += 1) {
    const cut = { ...stored, encoded: stored.encoded.slice(0, length) }
    assert.equal(done(await verify('vK9#mQ2!xWz', cut)), false, cut.encoded)
  }
})

test('each of these takes a lane like a wrong password does', async () => {
  const queue = createHashQueue()
  const { hash, verify } = createHasher({ pepper: { currentId: 'one', keys }, parameters: light, queue })
  const stored = done(await hash('vK9#mQ2!xWz'))
  for (const hashed of [stored, undefined, { ...stored, pepperId: 'gone' }, { ...stored, encoded: 'x' }]) {
    const checked = verify('wrong', hashed)
    assert.equal(queue.load().running, 1)
    assert.equal(done(await checked), false)
  }
})

test('nothing is hashed when the queue is full', async () => {
  const queue = createHashQueue({ lanes: 1, maxWaiting: 0, deadlineMs: 5_000 })
  const { hash, verify } = createHasher({ pepper: { currentId: 'one', keys }, parameters: light, queue })
  const first = hash('vK9#mQ2!xWz')
  assert.deepEqual(await hash('vK9#mQ2!xWz'), { busy: true, retryAfterSeconds: 5 })
  assert.deepEqual(await verify('vK9#mQ2!xWz', undefined), { busy: true, retryAfterSeconds: 5 })
  done(await first)
})

test('a hasher without its pepper key does not come to be', () => {
  assert.throws(() => hasher({ currentId: 'gone' }), /"gone" is missing/)
})
