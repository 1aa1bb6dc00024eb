import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { loadBlocklist } from './blocklist.ts'
import { packWords } from './word-set.ts'

const mebibyte = 1024 * 1024

test('the lists stay under 15 MiB', async () => {
  const before = process.memoryUsage()
  await loadBlocklist()
  const after = process.memoryUsage()
  assert.ok(after.arrayBuffers - before.arrayBuffers + after.heapUsed - before.heapUsed < 15 * mebibyte)
})

test('the lists are read once', async () => {
  assert.equal(await loadBlocklist(), await loadBlocklist())
})

test('common passwords, words, names, seasons, months, states and words of the field are listed', async () => {
  const isListed = await loadBlocklist()
  const words = ['password', '123456', 'qwerty', 'trustno1', 'trustno', 'evaporator', 'jennifer', 'johnson']
  const own = [
    'winter',
    'october',
    'minnesota',
    'newhampshire',
    'helpdesk',
    'homelessness',
    'welcome',
    'casemanager',
  ]
  for (const word of [...words, ...own]) assert.ok(isListed(word), word)
})

test('stretches of the keyboard, the alphabet and the digits are listed', async () => {
  const isListed = await loadBlocklist()
  for (const word of ['qwertyuiopas', 'defghijklmnop', '2wsx3edc4', '567890123'])
    assert.ok(isListed(word), word)
})

test('other letters are not listed', async () => {
  const isListed = await loadBlocklist()
  for (const word of [
    '',
    'a',
    'correcthorsebatterystaple',
    'vkqzwmp',
    'светлана',
    'password ',
    'passwor\n',
  ]) {
    assert.ok(!isListed(word), word)
  }
})

test('every word of a packed list is found, and nothing else', () => {
  const file = createRequire(import.meta.url).resolve('@zxcvbn-ts/language-common/src/passwords.json')
  const json = readFileSync(file)
  const words: readonly string[] = JSON.parse(json.toString())
  const packed = packWords(json, Number.POSITIVE_INFINITY)
  const expected = new Set(
    words.flatMap(word => [word.replace(/[^a-z0-9]/g, ''), word.replace(/[^a-z]/g, '')]),
  )
  for (const word of expected) assert.equal(packed.has(word), word.length > 2, word)
  for (const word of expected) assert.equal(packed.has(`${word}zq`), expected.has(`${word}zq`), word)
})

test('a packed list stops at the number of words asked for', () => {
  const packed = packWords(Buffer.from('["one", "t-2wo" ,\n"three"]'), 2)
  assert.deepEqual(['one', 't2wo', 'two', 'three'].map(packed.has), [true, true, true, false])
  assert.ok(!packWords(Buffer.from('[]'), 2).has('one'))
})
