import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkQuestionAndAnswer, foldAnswer, passwordCandidates } from './answer.ts'

const unicode = fc.string({ unit: 'grapheme', maxLength: 40 })

function problems(question: string, answer: string, username = 'jsmith') {
  return checkQuestionAndAnswer({ question, answer, username })
}

test('case, blanks, punctuation, width and composition fold to one answer', () => {
  const same = [
    'St. Paul',
    ' st paul ',
    'ST\u00a0\u2003PAUL!',
    'St-Paul',
    'ｓｔ ｐａｕｌ',
    '“st_paul”',
    'st\tpaul\r\n',
    'St\u200b Paul',
  ]
  assert.deepEqual([...new Set(same.map(foldAnswer))], ['st paul'])
  assert.equal(foldAnswer('O’Brien'), foldAnswer("o'brien"))
  assert.equal(foldAnswer('O´Brien'), foldAnswer('O`BRIEN'))
  assert.deepEqual(['Straße', 'STRAẞE'].map(foldAnswer), ['strasse', 'strasse'])
  assert.equal(foldAnswer('José'.normalize('NFD')), foldAnswer('JOSÉ'))
})

test('accents count: they are not folded away', () => {
  assert.notEqual(foldAnswer('José'), foldAnswer('Jose'))
})

test('an empty answer and one of blanks or punctuation alone are too short', () => {
  for (const answer of ['', '   ', '\u200b\u200b\u200b', '...', '?!-_/', 'ab', 'a.b', '\u0000\u0001\u0002']) {
    assert.deepEqual(problems('Where did you first work?', answer), ['recovery.answer-too-short'], answer)
  }
})

test('an answer in any script keeps its letters, digits and symbols', () => {
  const answers = [
    '東京都',
    'Москва',
    'مكة المكرمة',
    'नमस्ते',
    'ราชบุรี',
    '서울시',
    'ირაკლი',
    '🐶🐱🐭',
    '１２３',
    '₹₹₹',
    'ᏣᎳᎩ',
  ]
  for (const answer of answers) {
    assert.notEqual(foldAnswer(answer), '')
    assert.deepEqual(problems('Where did you first work?', answer), [], answer)
  }
  fc.assert(
    fc.property(unicode, text => {
      fc.pre(/[\p{L}\p{N}]/u.test(text))
      assert.notEqual(foldAnswer(text), '')
    }),
  )
})

test('composed and decomposed text fold alike, and folded text keeps its form', () => {
  fc.assert(
    fc.property(unicode, text => {
      const folded = foldAnswer(text)
      assert.equal(foldAnswer(text.normalize('NFD')), foldAnswer(text.normalize('NFC')))
      assert.equal(foldAnswer(`  ${text}\n`), folded)
      assert.equal(foldAnswer(folded), folded)
    }),
  )
})

test('broken text never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (question, answer) => {
      problems(`${question}\ud800`, `\udc00${answer}`)
      passwordCandidates(`${question}\ud800`, `\udc00${answer}`)
    }),
  )
})

test('a question must say something and stay within 200 code points', () => {
  assert.deepEqual(problems(' ?! ', 'maple street'), ['recovery.question-empty'])
  assert.deepEqual(problems('🐶'.repeat(200), 'maple street'), [])
  assert.deepEqual(problems('🐶'.repeat(201), 'maple street'), ['recovery.question-too-long'])
})

test('an answer stays within 200 code points, and a megabyte is only too long', () => {
  assert.deepEqual(problems('Where did you first work?', 'é'.normalize('NFD').repeat(200)), [])
  assert.deepEqual(problems('Where did you first work?', 'z'.repeat(201)), ['recovery.answer-too-long'])
  assert.deepEqual(problems('Where did you first work?', 'z'.repeat(1_000_000)), ['recovery.answer-too-long'])
})

test('a question may not hold its answer', () => {
  assert.deepEqual(problems('What color was my GREEN-car?', 'green car'), ['recovery.answer-in-question'])
  assert.deepEqual(problems('maple', 'Maple!'), ['recovery.answer-in-question'])
})

test('neither question nor answer may be the username or have it as a word', () => {
  assert.deepEqual(problems('Is it JSmith?', 'maple street'), ['recovery.gives-username'])
  assert.deepEqual(problems('Which street?', '“jsmith”'), ['recovery.gives-username'])
  assert.deepEqual(problems('Which street?', 'on ann.lee street', 'Ann.Lee'), ['recovery.gives-username'])
  assert.deepEqual(problems('Which street?', 'smithson'), [])
})

test('every problem is named in one go', () => {
  assert.deepEqual(problems('jsmith '.repeat(40), 'js'), [
    'recovery.question-too-long',
    'recovery.answer-too-short',
    'recovery.answer-in-question',
    'recovery.gives-username',
  ])
})

test('the password is found as the whole text, as a word, and before a question mark or in quotes', () => {
  const password = 'Tricky-Horse-7!'
  for (const text of [
    password,
    ` ${password} `,
    `is it ${password}?`,
    `“${password}” maybe`,
    `say ${password} now`,
  ]) {
    assert.ok(passwordCandidates(text, 'maple').includes(password), text)
    assert.ok(passwordCandidates('Which street?', text).includes(password), text)
  }
  assert.ok(passwordCandidates('correct horse battery staple?', 'x').includes('correct horse battery staple'))
  assert.ok(passwordCandidates(' edge blanks 1A ', 'x').includes(' edge blanks 1A '))
})

test('at most 24 candidates, none shorter than a password may be', () => {
  const long = Array.from({ length: 20 }, (_, at) => `(secret-${at})`).join(' ')
  assert.equal(passwordCandidates(long, long).length, 24)
  assert.deepEqual(passwordCandidates('What?', 'my dog'), [])
  fc.assert(
    fc.property(unicode, unicode, (question, answer) => {
      const found = passwordCandidates(question, answer)
      assert.ok(found.length <= 24)
      assert.ok(found.every(text => [...text.normalize('NFC')].length >= 8))
    }),
  )
})
