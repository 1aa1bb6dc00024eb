import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { defaultPolicy } from '../../policy/policy.ts'
import { type PolicyName, policyTable } from '../../policy/table.ts'
import { html } from '../../web/html.ts'
import { emptyForm, parseForm } from '../../web/request.ts'
import { valueField } from './edit-pages.ts'
import { valueInWords } from './pages.ts'
import { controlOf, fromField, policyNames, readEntry, toField, unitOf, zonesWith } from './rules.ts'
import { wordsFor } from './words.ts'

const words = wordsFor('en')

/** Values that a row's schema accepts, of every kind. */
function accepted(name: PolicyName): fc.Arbitrary<unknown> {
  const control = controlOf(name)
  const color = fc.integer({ min: 0, max: 0xffffff }).map(value => `#${value.toString(16).padStart(6, '0')}`)
  if (control.kind === 'number') return fc.integer({ min: control.least, max: control.most })
  if (control.kind === 'switch') return fc.boolean()
  if (control.kind === 'choice') return fc.constantFrom(...control.values)
  if (control.kind === 'zone') return fc.constantFrom(...zonesWith('US/Central'))
  if (control.kind === 'picture') return fc.oneof(fc.constant(''), fc.stringMatching(/^[0-9a-f]{64}$/))
  return fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.string({ unit: 'binary', maxLength: 10 }),
      color,
    )
    .map(text => (name === 'helpdeskEmail' ? 'help@example.org' : text.trim()))
    .filter(text => policyTable[name].schema.safeParse(text).success)
}

/** What a browser would send of a control: the chosen, ticked or typed value. */
function posted(markup: string): string | undefined {
  const found =
    markup.match(/<option value="([^"]*)" selected/) ??
    markup.match(/ value="([^"]*)" checked/) ??
    markup.match(/<input class="usa-input[^>]* value="([^"]*)"/)
  return found?.[1]
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

for (const name of policyNames) {
  test(`whatever ${name} may be is shown, and comes back from its form as it was`, () => {
    const values = name === 'doorColor' ? fc.constantFrom('#0f4c5c', '#7a1f3d', '#000000') : accepted(name)
    fc.assert(
      fc.property(values, value => {
        const typed = toField(value as (typeof defaultPolicy)[PolicyName])
        if (controlOf(name).kind !== 'picture') {
          const sent = posted(html`${valueField(name, typed, undefined, words)}`.toString())
          assert.equal(sent, typed)
          const body = new URLSearchParams({ value: typed, reason: 'Asked.', version: '3' }).toString()
          const form = parseForm(new TextEncoder().encode(body))
          assert.ok(form !== undefined, `${JSON.stringify(typed)} makes no form`)
          const { entry, refusals } = readEntry(defaultPolicy, name, form)
          assert.deepEqual([entry.value, refusals], [value, []])
        }
        assert.notEqual(valueInWords(name, value, words), '')
      }),
      { numRuns: 60 },
    )
  })
}

test('a number that is none, and a switch that is neither on nor off, are left to the schema to refuse', () => {
  for (const [name, text] of [
    ['idleMinutes', '1e1'],
    ['idleMinutes', '15.5'],
    ['idleMinutes', ''],
    ['idleMinutes', '0x0f'],
    ['securityQuestion', 'yes'],
    ['twoStep', 'sometimes'],
    ['timeZone', 'Mars/Olympus'],
  ] as const)
    assert.ok(!policyTable[name].schema.safeParse(fromField(name, text)).success, `${name} ${text}`)
  assert.equal(fromField('idleMinutes', ' 15 '), 15)
  assert.equal(fromField('doorColor', '#7A1F3D'), '#7a1f3d')
})

test('a dangerous change asks for a reason, another one takes it', () => {
  assert.deepEqual(
    readEntry(defaultPolicy, 'twoStep', emptyForm).refusals.map(({ code }) => code),
    ['policy.no-reason'],
  )
  assert.deepEqual(readEntry(defaultPolicy, 'siteName', emptyForm).refusals, [])
  const codes = (value: string) =>
    readEntry(
      defaultPolicy,
      'idleMinutes',
      parseForm(new TextEncoder().encode(`value=${value}`)) ?? emptyForm,
    ).refusals.map(({ code }) => code)
  assert.deepEqual([codes('20'), codes('40')], [[], ['policy.no-reason']])
  const long = parseForm(new TextEncoder().encode(`reason=${'x'.repeat(501)}`)) ?? emptyForm
  assert.deepEqual(
    readEntry(defaultPolicy, 'siteName', long).refusals.map(({ code }) => code),
    ['policy.reason-too-long'],
  )
})

test('the range of a number names its unit and its ends as the schema has them', () => {
  for (const name of policyNames) {
    const control = controlOf(name)
    if (control.kind !== 'number') continue
    assert.ok(policyTable[name].range.startsWith(`${control.least} to ${control.most}`), name)
  }
  assert.equal(unitOf('idleMinutes'), 'minutes')
  assert.equal(unitOf('passwordHistory'), undefined)
})

test('every value has a name of its own and can be said', () => {
  const names = policyNames.map(name => words.labels[name])
  assert.equal(new Set(names).size, names.length)
  for (const name of policyNames) assert.notEqual(valueInWords(name, defaultPolicy[name], words), '')
})
