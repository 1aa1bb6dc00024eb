import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkMoment, checkTerms, longestTerms, tidyTerms } from './rules.ts'

const codesOf = (list: readonly { readonly code: string }[]) => list.map(({ code }) => code)

test('a text must be there and not too long; line ends and blanks around it make no difference', () => {
  assert.deepEqual(codesOf(checkTerms(tidyTerms(' \r\n '))), ['publish.empty'])
  assert.deepEqual(codesOf(checkTerms('x'.repeat(longestTerms + 1))), ['publish.too-long'])
  assert.deepEqual(checkTerms('x'.repeat(longestTerms)), [])
  assert.equal(tidyTerms('\r\nA\r\nB\rC \n'), 'A\nB\nC')
})

test('a version takes effect in the future, and after every version before it', () => {
  assert.deepEqual(codesOf(checkMoment(99, { now: 100, last: undefined })), ['publish.past'])
  assert.deepEqual(codesOf(checkMoment(200, { now: 100, last: 200 })), ['publish.before-last'])
  assert.deepEqual(checkMoment(201, { now: 100, last: 200 }), [])
  assert.deepEqual(checkMoment(100, { now: 100, last: undefined }), [])
})

test('a text is tidied once: doing it again changes nothing, and every line ends alike', () =>
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\r', '\n', '\t') }), text => {
      const tidy = tidyTerms(text)
      assert.equal(tidyTerms(tidy), tidy)
      assert.doesNotMatch(tidy, /\r|^\s|\s$/)
      assert.equal(tidy.replace(/\s/g, ''), text.replace(/\s/g, ''))
    }),
  ))
