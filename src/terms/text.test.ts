import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { termsToHtml } from './text.ts'

const shown = (text: string) => termsToHtml(text).toString()

test('headings, lists and paragraphs of plain text become those of the page', () => {
  assert.equal(
    shown('# Your duty\n\nKeep it safe.\nAlways.\n\n- one\n- two\n\nEnd.'),
    '<h2>Your duty</h2><p>Keep it safe. Always.</p><ul class="usa-list"><li>one</li><li>two</li></ul><p>End.</p>',
  )
})

test('line ends of every system and more blank lines make no difference', () => {
  const text = '# A\n\nB\n\n- c\n- d'
  assert.equal(shown(text.replaceAll('\n', '\r\n')), shown(text))
  assert.equal(shown(text.replaceAll('\n', '\r')), shown(text))
  assert.equal(shown(`\n\n${text.replaceAll('\n\n', '\n\n\n\n')}\n`), shown(text))
  assert.equal(shown(' \n\n '), '')
})

test('a dash among other lines stays a sentence, and a sign of marking in a line stays a sign', () => {
  assert.equal(shown('- a\nb'), '<p>- a b</p>')
  assert.equal(shown('C# and #1'), '<p>C# and #1</p>')
})

test('whatever the text holds, the page gets no mark-up of its own from it', () => {
  assert.equal(shown('# <b>&"'), '<h2>&lt;b&gt;&amp;&quot;</h2>')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (one, other) => {
      const tags = shown(`${one}\n\n- <script>${other}\n\n# <img>`).match(/<[^>]*>?/g) ?? []
      for (const tag of tags) assert.match(tag, /^<(\/?(h2|p|ul|li)|ul class="usa-list")>$/)
    }),
  )
})
