import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countAnswers, findAnswerFaults } from './asvs.ts'
import { findLongFiles, findMarks } from './check-marks.ts'
import { refresh, table } from './docs.ts'
import { findFloorFaults, readImports } from './floors.ts'
import { findThawed } from './frozen-migrations.ts'
import { findPartFaults } from './licences.ts'
import { isNamed, missingLinks, missingTests } from './named-tests.ts'
import { findRiskyUses } from './risky-uses.ts'
import { findSlowExpressions } from './slow-expressions.ts'
import { glossary, gradeOf, highestGrade, textsOf, unusedKeys } from './words.ts'

test('an import that goes down or stays in its room is no fault', () => {
  const sources = {
    'src/main.ts': `import { app } from './app.ts'\nimport 'node:fs'\nimport { Hono } from 'hono'`,
    'src/sign-in/routes.ts': `import {\n  rule,\n} from './rules.ts'\nimport type { Tx } from '../store/store.ts'`,
    'src/sign-in/routes.test.ts': `import { app } from '../app.ts'\nimport { engines } from '../test/support/database/databases.ts'`,
  }
  assert.deepEqual(findFloorFaults(sources), [])
})

for (const [what, file, line, expected] of [
  [
    'upward import',
    'src/store/store.ts',
    `import { f } from '../account/store.ts'`,
    /store\.ts:1 .*goes up from store to account/,
  ],
  [
    'upward type',
    'src/mail/queue.ts',
    `\nimport type { P } from '../policy/policy.ts'`,
    /queue\.ts:2 .*goes up from mail/,
  ],
  ['upward re-export', 'src/web/a.ts', `export * from '../session/guard.ts'`, /goes up from web to session/],
  [
    'upward import at run time',
    'src/web/a.ts',
    `const x = await import('../app.ts')`,
    /goes up from web to app/,
  ],
  [
    'import on one floor',
    'src/terms/a.ts',
    `import { x } from '../workspace/b.ts'`,
    /terms to workspace on the same floor/,
  ],
  ['import of a test', 'src/terms/a.ts', `import { x } from './a.test.ts'`, /uses a test/],
  [
    'import from outside src',
    'src/terms/a.ts',
    `import { x } from '../../test/support/http/client.ts'`,
    /leaves src/,
  ],
  [
    'room that no floor knows',
    'src/attic/a.ts',
    `import { x } from '../web/html.ts'`,
    /"attic" has no floor/,
  ],
] as const) {
  test(`a planted ${what} is found`, () => {
    const faults = findFloorFaults({ [file]: line })
    assert.equal(faults.length, 1)
    assert.match(faults[0] ?? '', expected)
  })
}

test('circles of rooms, of files and of types are found, in every folder', () => {
  const rooms = findFloorFaults({
    'src/recovery/a.ts': `import { b } from '../password/b.ts'`,
    'src/password/b.ts': `import type { a } from '../recovery/c.ts'`,
  })
  assert.ok(rooms.includes('src: in a circle: recovery → password → recovery'))
  const files = findFloorFaults({
    'src/web/a.ts': `import { b } from './b.ts'`,
    'src/web/b.ts': `import type { a } from './a.ts'`,
  })
  assert.deepEqual(files, ['src/web: in a circle: a → b → a'])
  const deep = findFloorFaults({
    'src/web/deep/one/a.ts': `import { b } from '../two/b.ts'`,
    'src/web/deep/two/b.ts': `import { c } from '../one/c.ts'`,
  })
  assert.deepEqual(deep, ['src/web/deep: in a circle: one → two → one'])
})

test('a page of the console that imports a page above it is found', () => {
  const faults = findFloorFaults({ 'src/helpdesk/people/a.ts': `import { b } from '../create/b.ts'` })
  assert.match(faults[0] ?? '', /goes up from people to create/)
})

test('an import is told by its line', () => {
  assert.deepEqual(readImports('src/web/a.ts', `\n\nimport { b } from './parts/b.ts'\n`), [
    { from: 'src/web/a.ts', to: 'src/web/parts/b.ts', line: 3 },
  ])
})

test('a generated part is made anew, and only that', () => {
  const make = { people: () => table(['Name'], [['Amina | A']]) }
  const text = 'Before\n<!-- generated:people -->\nold\n<!-- end -->\nAfter\n'
  const fresh = refresh(text, make)
  assert.equal(
    fresh,
    'Before\n<!-- generated:people -->\n\n| Name |\n| --- |\n| Amina \\| A |\n\n<!-- end -->\nAfter\n',
  )
  assert.equal(refresh(fresh, make), fresh)
  assert.throws(() => refresh('<!-- generated:ghosts -->\n<!-- end -->', make), /nothing generates "ghosts"/)
  assert.throws(() => refresh('<!-- generated:people -->\n', make), /lacks its/)
})

test('work put off and tests switched off are found, and long files told', () => {
  const planted = [
    `// ${'TO'}DO later`,
    `test.${'only'}('x', () => {})`,
    `test('x', { ${'skip'}: true }, () => {})`,
  ]
  assert.equal(findMarks({ 'a.ts': planted.join('\n') }).length, 3)
  assert.deepEqual(findMarks({ 'a.ts': 'const todos = input.only\n' }), [])
  assert.deepEqual(findLongFiles({ 'a.ts': '\n'.repeat(301), 'b.ts': '\n'.repeat(300) }), [
    'a.ts has 301 lines',
  ])
})

test('a part with another licence, with an install script, or one too many is a fault', () => {
  const root = { dependencies: { a: '1', b: '1' } }
  const good = { 'node_modules/a': { license: 'MIT' }, 'node_modules/b': { license: 'MPL-2.0', dev: true } }
  assert.deepEqual(findPartFaults({ packages: { '': root, ...good } }), [])
  assert.deepEqual(
    findPartFaults({
      packages: {
        '': root,
        'node_modules/a': { license: 'GPL-3.0-only' },
        'node_modules/a/node_modules/@x/b': { hasInstallScript: true },
      },
    }),
    ['a: licence GPL-3.0-only', '@x/b: licence not named', '@x/b wants to run a script when installed'],
  )
  const many = Object.fromEntries(Array.from({ length: 18 }, (_, index) => [`part${index}`, '1']))
  assert.deepEqual(findPartFaults({ packages: { '': { dependencies: many } } }), [
    '18 direct parts at run time; 17 were decided',
  ])
})

test('every text of a vocabulary is found, also those that are made from values', () => {
  const words = {
    title: 'Sign in',
    list: ['One', 'Two'],
    refusals: {
      waiting: ({ when }: { when: string }) => `Wait until ${when}.`,
      left: (n: number) => `${n + 1} left`,
    },
  }
  assert.deepEqual(
    textsOf(words).map(({ key, text }) => `${key}: ${text}`),
    [
      'title: Sign in',
      'list.0: One',
      'list.1: Two',
      'refusals.waiting: Wait until 10.',
      'refusals.left: 101 left',
    ],
  )
})

test('a text that no code names is not used', () => {
  const code = "words.title; const { lead } = words; words['two-step']"
  assert.deepEqual(unusedKeys(['title', 'lead', 'two-step', 'titl', 'gone'], code), ['titl', 'gone'])
})

test('plain sentences can be read at twelve, and those of an office cannot', () => {
  const plain = Array.from(
    { length: 8 },
    () => 'Your account is not open yet. Call the helpdesk, and they will open it for you.',
  )
  const office = Array.from(
    { length: 8 },
    () =>
      'Authorization of the aforementioned account necessitates supplementary verification by administrative personnel prior to reactivation.',
  )
  assert.ok((gradeOf(plain) ?? 99) < 4)
  assert.ok((gradeOf(office) ?? 0) > highestGrade)
  assert.equal(gradeOf(['Sign in']), undefined)
})

test('a test that a document names is there word for word, with … for what the test puts in', () => {
  const source = ['test("a door shuts", f)', 'test(`a door of $', '{wood} shuts`, f)'].join('')
  for (const name of ['a door shuts', 'a door of … shuts']) assert.equal(isNamed(source, name), true, name)
  for (const name of ['a door', 'a door shuts.', 'a … shuts', 'a door of shuts'])
    assert.equal(isNamed(source, name), false, name)
})

test('a document that names a test, step, file or heading that is not there is found', () => {
  const here = '`test/operator/busy.test.ts`'
  const good = `| x | ${here} › a server whose hash queue is full says 503 and when to come again, and counts no failure · \`npm run check\` › types |`
  assert.deepEqual(missingTests(good), [])
  assert.deepEqual(missingTests(good.replace('503', '504').replace('types', 'tipes')), [
    'test/operator/busy.test.ts has no "a server whose hash queue is full says 504 and when to come again, and counts no failure"',
    'scripts/check.ts has no "tipes"',
  ])
  assert.deepEqual(missingTests('| x | `src/gone.test.ts` › any |'), ['src/gone.test.ts does not exist'])
  assert.deepEqual(
    missingLinks('docs/asvs.md', '[a](operator.md#a-new-key) [b](https://example.org/x#y)'),
    [],
  )
  assert.deepEqual(missingLinks('docs/asvs.md', '[a](operator.md#an-old-key) [b](gone.md)'), [
    'docs/operator.md has no heading #an-old-key',
    'docs/gone.md does not exist',
  ])
})

test('a requirement that is missing, doubled, without evidence or without its sentence is found', () => {
  const row = (id: string, shown: string) => `| ${id} | 1 | asks | ${shown} |`
  const proof = '`a.test.ts` › b'
  const good = [
    row('V1.1.1', proof),
    row('V1.1.2', `${proof} · **partly**: one part.`),
    row('V1.2.1', '**open**: nothing.'),
    '## Not here',
    '| V2.1.1, V2.1.2 | There is none. |',
  ]
  assert.deepEqual(findAnswerFaults(good.join('\n'), [3, 2]), [])
  assert.deepEqual(countAnswers(good.join('\n'))[0], ['V1', 1, 1, 1, 0, 0, 3])
  assert.deepEqual(countAnswers(good.join('\n')).at(-1), ['all', 1, 1, 1, 0, 2, 5])
  const faulty = [
    row('V1.1.1', 'trust us'),
    row('V1.1.3', '**open**: nothing'),
    row('V1.1.3', proof),
    '| V1.9 | 1 | asks |',
  ]
  assert.deepEqual(findAnswerFaults(faulty.join('\n'), [2]), [
    'cannot be read: | V1.9 | 1 | asks |',
    'V1.1.3 stands twice',
    'before V1.1.3 one is missing',
    'V1 has 3 of 2',
    'V1.1.1 names nothing that shows it',
    'V1.1.3 lacks its sentence',
  ])
})

test('a risky use outside its named files is found, and a name that is used no more', () => {
  const uses = [{ what: 'Fire', pattern: /\bfire\b/, allowed: { 'src/stove.ts': 'cooks' } }]
  assert.deepEqual(findRiskyUses({ 'src/stove.ts': 'fire', 'src/roof.ts': 'firewood' }, uses), [])
  assert.deepEqual(findRiskyUses({ 'src/stove.ts': 'cold', 'src/roof.ts': 'fire' }, uses), [
    'src/roof.ts: Fire, not among the named files',
    'src/stove.ts: Fire is allowed there and not used',
  ])
})

test('an expression whose search can take longer than its text is long is found', () => {
  const slow = ['/(a+)+b/', String.raw`/\s+$/`, String.raw`/^(?:\w+|\d+)*-$/u`, '/(?:.*,){5}x/']
  for (const expression of slow)
    assert.equal(
      findSlowExpressions({ 'a.ts': `if (${expression}.test(text)) return` }).length,
      1,
      expression,
    )
  const quick = [String.raw`/^\d+(,\d+)*$/`, '/a+/g', String.raw`/\p{L}{1,40}/v`]
  for (const expression of quick)
    assert.deepEqual(findSlowExpressions({ 'a.ts': `if (${expression}.test(text)) return` }), [], expression)
})

test('the glossary knows other names of a thing, and lets the right ones pass', () => {
  const found = (text: string) => glossary.some(([never]) => never.test(text))
  for (const wrong of [
    'Log in again',
    'your login',
    'You were logged out',
    'Click here',
    'Invalid code',
    '2FA',
  ])
    assert.equal(found(wrong), true, wrong)
  for (const right of ['Sign in', 'Catalog in Moodle', 'The process log', 'backup code', 'Press the button'])
    assert.equal(found(right), false, right)
})

test('a migration that stores have run cannot be edited or taken away', () => {
  const name = 'src/store/migrations/001-a.ts'
  const frozen = { '001-a.ts': '2c26b46b68ffc68f' }
  assert.deepEqual(findThawed({ [name]: 'foo' }, frozen), [])
  assert.deepEqual(findThawed({ [name]: 'foo', 'src/store/migrations/002-b.ts': 'new' }, frozen), [])
  for (const sources of [{ [name]: 'bar' }, {}]) assert.match(findThawed(sources, frozen)[0] ?? '', /001-a/)
})
