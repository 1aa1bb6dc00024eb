import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldName, nameKey, readingsOf, searchWords, soundOf, wordsOf } from './names.ts'
import { usernameShape } from './rules.ts'

const unicode = fc.string({ unit: 'grapheme', maxLength: 40 })
const unseen = ['\u200b', '\u200e', '\u00ad', '\u2060', '\ufeff', '\u202a']

test('a name is found however its case, width, composition and blanks around it were typed', () => {
  const same = ['José.Díaz', ' josé.díaz\t', 'JOSÉ.DÍAZ', 'José.Díaz'.normalize('NFD'), 'ｊｏｓé.díaz']
  assert.deepEqual([...new Set(same.map(foldName))], ['josé.díaz'])
  assert.notEqual(foldName('josé'), foldName('jose'))
  fc.assert(
    fc.property(unicode, text => {
      assert.equal(foldName(` ${text}\n`), foldName(text))
      assert.equal(foldName(text.normalize('NFD')), foldName(text.normalize('NFC')))
      assert.equal(foldName(foldName(text)), foldName(text))
    }),
  )
})

test('a username is found as a phone types it: with blanks, points, quotation marks and signs that nobody sees', () => {
  const typed = [
    'ann. lee',
    'ann.lee.',
    'Ann.Lee. ',
    'ann.lee\u00a0',
    '“ann.lee”',
    '<ann.lee>',
    'ann。lee',
    'ＡＮＮ．ＬＥＥ',
  ]
  for (const text of typed) assert.equal(foldName(text), 'ann.lee', text)
  for (const sign of unseen)
    for (const text of [`${sign}ann.lee`, `ann${sign}.lee`, `ann.lee${sign}`])
      assert.equal(foldName(text), 'ann.lee', text)
  for (const dash of ['\u2010', '\u2011', '\u2013', '\u2014', '\u2212', '\uff0d'])
    assert.equal(foldName(`ann${dash}lee`), 'ann-lee')
  assert.equal(foldName('İsmail'), 'ismail', 'a Turkish keyboard writes its own capital I')
  assert.equal(foldName(' Ann@Example.org. '), 'ann@example.org')
  assert.equal(foldName('_ann@example.org'), '_ann@example.org')
})

test('a folded username folds to itself', () => {
  fc.assert(fc.property(fc.stringMatching(usernameShape), name => assert.equal(foldName(name), name)))
})

test('a name reads the same with and without accents, apostrophes, extra blanks and signs that nobody sees', () => {
  const table: readonly (readonly [read: string, ...same: string[]])[] = [
    [
      'sunrise house',
      'Sunrise House',
      'Sunrise  House',
      'Sunrise\u00a0House',
      'Sunrise\u200b House',
      ' SUNRISE\tHOUSE',
    ],
    ['st marys place', "St. Mary's Place", 'St Mary’s Place', 'St. Marys Place'],
    ['lukasz', 'Łukasz', 'łukasz', 'LUKASZ'],
    ['sorensen', 'Sørensen', 'SORENSEN'],
    ['dang', 'Đặng', 'dang'],
    ['obrien', "O'Brien", 'O’Brien', 'O`Brien', 'OBRIEN', 'OʼBrien'],
    ['strasse', 'Straße', 'STRASSE'],
    ['οδοσ', 'ΟΔΟΣ', 'οδος'],
    ['احمد', 'أحمد', 'احمد', 'أَحمد'],
    ['!!!', '!!!'],
  ]
  for (const [read, ...same] of table) for (const text of same) assert.equal(nameKey(text), read, text)
  assert.notEqual(nameKey('कि'), nameKey('का'), 'a vowel sign is no accent')
  assert.notEqual(nameKey('かき'), nameKey('がき'.normalize('NFD')), 'nor is the mark of a voiced kana')
  fc.assert(fc.property(unicode, text => assert.equal(nameKey(nameKey(text)), nameKey(text))))
})

test('people are found by every part of their names, and by each of their names as one word', () => {
  assert.deepEqual(searchWords(['María-José', "O'Brien"], ['MJ.Obrien@Example.org']).toSorted(), [
    'brien',
    'example',
    'jose',
    'maria',
    'mariajose',
    'mj',
    'o',
    'obrien',
    'org',
  ])
  assert.deepEqual(searchWords(['Lee', 'LEE'], ['ｌｅｅ']), ['lee'])
  assert.deepEqual(searchWords(['', ' -- ']), [])
  fc.assert(
    fc.property(unicode, text => {
      const words = searchWords([text])
      assert.equal(new Set(words).size, words.length)
      assert.ok(words.every(word => word !== '' && !/[\s\p{P}]/u.test(word)))
    }),
  )
})

test('whoever looks for a person finds them with the words that they type', () => {
  const table: readonly (readonly [name: string, ...typed: string[]])[] = [
    ["O'Brien", 'OBrien', "o'brien", 'o’brien', 'brien', 'O Brien'],
    ['al-Sayed', 'alsayed', 'al-sayed', 'Al Sayed', 'sayed'],
    ['Łukasz', 'lukasz', 'Łuk'],
    ['de la Cruz', 'delacruz', 'cruz', 'De La'],
    ['محمد\u200cرضا', 'محمدرضا', 'محمد رضا', 'محمد\u200cرضا'],
    ['ශ්\u200dරී', 'ශ්\u200dරී', 'ශ්රී'],
  ]
  for (const [name, ...typed] of table)
    for (const text of typed) {
      const found = wordsOf(text).every(prefix => searchWords([name]).some(word => word.startsWith(prefix)))
      assert.ok(found, `${name} by ${text}`)
    }
  assert.equal(soundOf('Omar', 'al-Sayed'), soundOf('omar', 'Al Sayed'))
  assert.equal(soundOf('Omar', 'al-Sayed'), soundOf('Omar', 'Alsayed'))
})

test('words that stand side by side may be one word, up to three of them', () => {
  assert.deepEqual(readingsOf('', 8), [])
  assert.deepEqual(readingsOf('Lee', 8), [['lee']])
  assert.deepEqual(readingsOf('Ana de la Cruz', 3), [
    ['ana', 'de', 'la'],
    ['anade', 'la'],
    ['anadela'],
    ['ana', 'dela'],
  ])
})
