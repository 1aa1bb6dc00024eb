import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { loadBlocklist } from './blocklist.ts'
import {
  checkNewPassword,
  normalizePassword,
  type PasswordContext,
  type PasswordPolicy,
  type PasswordProblem,
  rulesFor,
} from './rules.ts'

const ann: PasswordContext = {
  username: 'jdahlgren',
  firstName: 'Jolene',
  lastName: 'Dahlgren',
  email: 'jolene.d@cedarhaven.example.org',
  organizations: ['Cedar Haven Family Place', 'St. Brigid'],
}

let isListed: (word: string) => boolean
before(async () => {
  isListed = await loadBlocklist()
})

function check(password: string, policy: PasswordPolicy = 'composition', context = ann) {
  return checkNewPassword({ password, confirm: password, policy, context }, isListed)
}

function assertEach(
  passwords: readonly string[],
  problems: readonly PasswordProblem[],
  policy?: PasswordPolicy,
) {
  for (const password of passwords)
    assert.deepEqual(check(password, policy), problems, JSON.stringify(password))
}

test('strong passwords are accepted', () => {
  assertEach(['Tricky-Horse-Battery-7', 'vK9#mQ2!xWz', 'Nine purple 4 kettles!', 'T7$q+Zr2'], [])
  assertEach(['nine purple kettles sing', 'correct horse battery staple'], [], 'length')
})

test('every broken rule is said in one go', () => {
  assert.deepEqual(
    checkNewPassword({ password: 'pass', confirm: 'Pass', policy: 'composition', context: ann }, isListed),
    [
      'password.too-short',
      'password.no-capital',
      'password.no-number',
      'password.no-symbol',
      'password.common',
      'password.mismatch',
    ],
  )
})

test('composition asks for 8 code points, a capital, a number and a sign that is neither', () => {
  assertEach(['Vk9#mQ2'], ['password.too-short'])
  assertEach(['vk9#mq2xw'], ['password.no-capital'])
  assertEach(['Vk#mQ!xWz'], ['password.no-number'])
  assertEach(['Vk9mQ2xWz'], ['password.no-symbol'])
})

test('capitals, numbers and signs of every script count', () => {
  assertEach(['Жук٣ветра ', 'ǅrk९—melt'], [])
  assertEach(['Vk²mQ½xWz!'], ['password.no-number'])
  assertEach(['Vk9mQ2xWzé'.normalize('NFD')], ['password.no-symbol'])
})

test('length asks for 15 code points and nothing else', () => {
  assertEach(['ninepurplekett'], ['password.too-short'], 'length')
  assertEach(['ninepurplekettl'], [], 'length')
})

test('an empty field has one problem', () => {
  assert.deepEqual(
    checkNewPassword({ password: '', confirm: 'x', policy: 'composition', context: ann }, isListed),
    ['password.empty'],
  )
})

test('composed and decomposed forms are one password', () => {
  const composed = 'Vk9#mQ2xé'
  const typed = { policy: 'composition' as const, context: ann }
  assert.equal(normalizePassword(composed.normalize('NFD')), composed)
  assert.deepEqual(
    checkNewPassword({ ...typed, password: composed, confirm: composed.normalize('NFD') }, isListed),
    [],
  )
})

test('NUL and controls are kept and count', () => {
  assertEach(['Vk9\u0000mQ2xW', 'Vk9#mQ\u0007\u001b'], [])
  assert.equal(normalizePassword('Abc1!xyz\u0000AAA'), 'Abc1!xyz\u0000AAA')
})

test('ten megabytes are too long and no guess is tried', () => {
  const context = { username: '', firstName: '', lastName: '', email: '', organizations: [] }
  const password = 'aB3!'.repeat(2_500_000)
  const refuse = () => assert.fail('the blocklist was asked')
  assert.deepEqual(
    checkNewPassword({ password, confirm: password, policy: 'composition', context }, refuse),
    ['password.too-long'],
  )
})

test('64, 128 and 256 code points are accepted, emoji and CJK too, 257 are too long', () => {
  for (const filling of ['vkq', '🐢🌲', '漢字語', 'é'.normalize('NFD')]) {
    for (const length of [64, 128, 256]) {
      const long = [...`Bx7#zm${filling.repeat(256)}`.normalize('NFC')].slice(0, length).join('')
      assert.deepEqual(check(long), [], `${length} of ${filling}`)
    }
  }
  assertEach([[...`Bx7#${'🐢🌲x'.repeat(90)}`].slice(0, 257).join('')], ['password.too-long'])
})

test('length counts code points: 7 emoji are 7, a family joined by ZWJ is 7', () => {
  const shape: readonly PasswordProblem[] = ['password.no-capital', 'password.no-number']
  assertEach(['🐢🌲🚲🎈🍋🧦🪁'], ['password.too-short', ...shape])
  assertEach(['👨‍👩‍👧‍👦'], ['password.too-short', ...shape])
  assertEach(['🐢🌲🚲🎈🍋🧦🪁🥁'], shape)
  assertEach(['X7🐢🌲🚲🎈🍋'], ['password.too-short'])
  assertEach(['X7🐢🌲🚲🎈🍋🧦'], [])
})

test('text that is not well-formed is refused', () => {
  assertEach(['Vk9#mQ2xW\ud83d', '\udc00Vk9#mQ2xW'], ['password.not-text'])
})

test('weak though conforming: common words with numbers and signs', () => {
  assertEach(
    [
      'Password1!',
      'Minnesota2026!',
      'Summer-2026',
      'January#01',
      'Welcome123!',
      'Shelter2026!',
      'Qwerty123!',
      'Dragon!99',
    ],
    ['password.common'],
  )
})

test('weak though conforming: words with accents, wide letters or signs for letters', () => {
  assertEach(
    [
      'P@ssw0rd1!',
      'Pa$$w0rd!',
      'Pässwörd1!',
      'Ｐassword1!',
      '$ummeR2026!',
      '@Dm1n1strat0r',
      'M1nnes0ta!!',
      '1Loveyou!!',
    ],
    ['password.common'],
  )
})

test('weak though conforming: repeated, reversed, stretched and counted', () => {
  assertEach(
    [
      'Dragon1!Dragon',
      'Drowssap1!',
      'Aaaaaaaa1!',
      'ABabABab1!',
      'Abcdefghij1!',
      'A1234567!',
      'Password1!Pass',
      '1Qaz2wsx!',
    ],
    ['password.common'],
  )
  assertEach(
    [
      'passwordpassword',
      '123456789012345',
      '111111111111111',
      'aaaaaaaaaaaaaaaa',
      'drowssapdrowssap',
      '!!!!!!!!!!!!!!!',
    ],
    ['password.common'],
    'length',
  )
})

test('weak though conforming: the username and a suffix, and the username reversed', () => {
  assertEach(
    ['Jdahlgren+1!', 'Nerglhadj1!', 'JDAHLGREN#2026', 'Jdahlgren1!jdahlgren', 'Jd@hlgr3n1!'],
    ['password.personal'],
  )
})

test('weak though conforming: names, e-mail parts, organization words and this system', () => {
  const names = [
    'Jolene2026!',
    'JoleneDahlgren1!',
    'Dahlgren.Jolene-1',
    'Cedarhaven#1',
    'Brigid#2026!',
    'CedarHaven1!',
  ]
  for (const password of [...names, 'HMIS2026!', 'ClientTrack#1', 'L1ntel-2026', 'Simh2026!!']) {
    assert.ok(check(password).includes('password.personal'), password)
  }
})

test('a name too short to be found inside still counts as the whole', () => {
  const lee = { ...ann, username: 'bao', firstName: 'Bao', lastName: 'Xio' }
  assert.ok(check('Bao!2026#55', 'composition', lee).includes('password.personal'))
  assert.ok(check('BaoXio!2026', 'composition', lee).includes('password.personal'))
  assert.deepEqual(check('Baokettvrumz!2026', 'composition', lee), [])
})

test('a context word counts from half of the letters on', () => {
  assertEach(['Jolene9!vkqzwm'], ['password.personal'])
  assertEach(['Jolene9!vkqzwmp'], [])
})

test('names of other scripts are found', () => {
  const anna = { ...ann, firstName: 'Светлана', lastName: 'Åström' }
  assert.deepEqual(check('Светлана-1', 'composition', anna), ['password.personal'])
  assert.deepEqual(check('Astrom#2026', 'composition', anna), ['password.personal'])
})

test('an empty context refuses nothing', () => {
  const nobody = { username: '', firstName: '', lastName: '', email: '', organizations: [] }
  assert.deepEqual(check('vK9#mQ2!xWz', 'composition', nobody), [])
})

test('blanks at the edges and line ends are kept and count', () => {
  assert.equal(normalizePassword(' Vk9#mQ2\r\n'), ' Vk9#mQ2\r\n')
  assertEach([' Vk9mQ2x', 'Vk9mQ2x\n'], [])
})

test('two fields that differ are refused with their own problem', () => {
  const typed = { policy: 'composition' as const, context: ann, password: 'vK9#mQ2!xWz' }
  for (const confirm of ['', 'vK9#mQ2!xWZ', 'vK9#mQ2!xWz ']) {
    assert.deepEqual(checkNewPassword({ ...typed, confirm }, isListed), ['password.mismatch'])
  }
})

test('the page lists the rules of its policy', () => {
  assert.deepEqual(rulesFor('composition').slice(0, 4), ['at-least-8', 'a-capital', 'a-number', 'a-symbol'])
  assert.equal(rulesFor('length')[0], 'at-least-15')
  assert.ok(!rulesFor('length').includes('a-symbol'))
})

test('no text makes the check throw, and a long random one is never called common', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), password => {
      check(password)
      check(`\ud800${password}`, 'length')
    }),
  )
  const letters = fc.string({ unit: fc.constantFrom(...'bcdfghjkmnpqrtvwxz'), minLength: 18, maxLength: 40 })
  fc.assert(
    fc.property(letters, text => {
      fc.pre(new Set(text).size > 6)
      assert.deepEqual(check(text, 'length'), [])
    }),
  )
})
