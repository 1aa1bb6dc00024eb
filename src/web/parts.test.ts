import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Html, html } from './html.ts'
import * as parts from './parts.ts'

const every = (markup: string, pattern: RegExp) => [...markup.matchAll(pattern)].map(match => match[1] ?? '')

/** Every label, description and suggestion points at an id that exists once; the ids that were checked. */
function assertTied(part: Html): readonly string[] {
  const markup = part.toString()
  const ids = every(markup, /\sid="([^"]*)"/g)
  assert.equal(new Set(ids).size, ids.length, `an id stands twice: ${ids.join(' ')}`)
  for (const reference of every(markup, /\s(?:for|aria-describedby|aria-controls|list)="([^"]*)"/g)) {
    for (const id of reference.split(' ')) assert.ok(ids.includes(id), `${id} is not there`)
  }
  return ids
}

const text = fc.string({ unit: 'grapheme', minLength: 1 })

test('nothing that a person typed becomes markup, in any part', () => {
  const hostile = text.map(words => `${words}"><script>'&`)
  fc.assert(
    fc.property(hostile, words => {
      const base = { name: 'field', label: words, hint: words, problem: words }
      const choices = [{ value: words, label: words, hint: words }]
      const made = html`${[
        parts.textField({ ...base, value: words, list: [words] }),
        parts.passwordField({ ...base, autocomplete: 'off' }),
        parts.textArea({ ...base, value: words }),
        parts.selectField({ ...base, choices, value: words, empty: words }),
        parts.radioGroup({ ...base, choices, value: words }),
        parts.checkboxGroup({ ...base, choices, values: [words] }),
        parts.checkbox({ ...base, value: words }),
        parts.errorSummary([{ field: words, text: words }, { text: words }]),
        parts.form({ action: words, csrf: words, id: words }, words),
        parts.button(words, { name: words, value: words }),
        parts.alert('info', words, words),
        parts.tag(words),
        parts.details(words, words),
        parts.ruleList({ id: 'rules', field: words, heading: words }, [{ text: words, pattern: words }]),
        parts.copyable({ id: 'key', text: words }),
        parts.summaryList([{ key: words, value: words, action: { href: words, text: words, about: words } }]),
        parts.table({ caption: words, columns: [{ text: words }], rows: [[words]] }),
        parts.processList([{ heading: words, body: words }]),
        parts.pagination({ previous: words, next: words }),
        parts.newTabLink(words, words),
        parts.sideNav([{ href: words, text: words }]),
        parts.userMenuShell(words, words, words),
      ]}`
      const markup = made.toString()
      assert.doesNotMatch(markup, /<script/)
      assert.doesNotMatch(markup, /\sstyle=|\son[a-z]+=/)
    }),
    { numRuns: 50 },
  )
})

test('each field is tied to its label, hint and problem, whatever it has of them', () => {
  const option = fc.option(fc.constant('said'), { nil: undefined })
  fc.assert(
    fc.property(option, option, (hint, problem) => {
      const base = { name: 'it', label: 'It', hint, problem }
      const choices = [
        { value: 'a', label: 'A', hint: 'why' },
        { value: 'b', label: 'B' },
      ]
      const fields = [
        parts.textField({ ...base, list: ['one'] }),
        parts.passwordField({ ...base, autocomplete: 'current-password' }),
        parts.textArea(base),
        parts.selectField({ ...base, choices }),
        parts.checkbox(base),
      ]
      for (const field of fields) {
        assert.ok(assertTied(field).includes('it'))
        assert.equal(field.toString().includes('aria-invalid="true"'), problem !== undefined)
        assert.equal(field.toString().includes('it-error'), problem !== undefined)
      }
    }),
  )
})

test('a group of choices has ids of its own and leads an error summary to its first choice', () => {
  const choices = [
    { value: 'a', label: 'A' },
    { value: 'b', label: 'B' },
  ]
  for (const group of [
    parts.radioGroup({ name: 'it', label: 'It', choices, value: 'b', problem: 'Choose one.' }),
    parts.checkboxGroup({ name: 'it', label: 'It', choices, values: ['b'], problem: 'Choose one.' }),
  ]) {
    const ids = assertTied(group)
    assert.ok(ids.includes('it'))
    assert.match(group.toString(), /value="b" checked/)
    assert.doesNotMatch(group.toString(), /value="a" checked/)
  }
})

test('a hint that belongs to a choice does not take the id of the hint of its group', () => {
  const choices = [{ value: 'a', label: 'A', hint: 'of the choice' }]
  assertTied(parts.radioGroup({ name: 'it', label: 'It', hint: 'of the group', choices }))
})

test('the error summary links to each field and is absent without a problem', () => {
  assert.equal(parts.errorSummary([]).toString(), '')
  const summary = parts
    .errorSummary([{ field: 'name', text: 'Enter a name.' }, { text: 'Try later.' }])
    .toString()
  assert.match(summary, /There is a problem/)
  assert.match(summary, /tabindex="-1"/)
  assert.match(summary, /<a href="#name">Enter a name\.<\/a>/)
  assert.match(summary, /<li>Try later\.<\/li>/)
})

test('a form posts, leaves the checks to the server and carries its token', () => {
  const form = parts.form({ action: '/sign-in', csrf: 'token' }, parts.button('Sign In')).toString()
  assert.match(form, /method="post" action="\/sign-in" novalidate/)
  assert.match(form, /<input type="hidden" name="csrf" value="token">/)
})

test('what only works with the script is hidden until the script runs', () => {
  const scripted = [
    parts.passwordField({ name: 'p', label: 'Password', autocomplete: 'off' }),
    parts.copyable({ id: 'key', text: 'abcd' }),
    parts.printSheet(html`<p>sheet</p>`),
  ]
  for (const part of scripted) assert.match(part.toString(), /<button[^>]* hidden>/)
})

test('a password field never carries a value and blocks neither paste nor managers', () => {
  const field = parts
    .passwordField({ name: 'p', label: 'Password', autocomplete: 'current-password' })
    .toString()
  assert.doesNotMatch(field, /\svalue=|onpaste|readonly/)
  assert.match(field, /autocomplete="current-password"/)
})

test('a text area gives back a first empty line', () => {
  assert.match(parts.textArea({ name: 't', label: 'T', value: '\nx' }).toString(), />\n\nx<\/textarea>/)
})

test('a table says that it is empty instead of showing no rows', () => {
  const none = parts.table({
    caption: 'People',
    columns: [{ text: 'Name' }],
    rows: [],
    empty: 'Nobody found.',
  })
  assert.match(none.toString(), /Nobody found\./)
  assert.doesNotMatch(none.toString(), /<table/)
})

test('a link to a new tab says so and gives its opener to nobody', () => {
  assert.match(
    parts.newTabLink('/security', 'Security Settings').toString(),
    /target="_blank" rel="noopener">Security Settings <span class="new-tab">\(opens in a new tab\)/,
  )
})
