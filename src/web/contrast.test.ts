import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contrast } from './contrast.ts'
import { type TokenName, type Tokens, tokens } from './tokens.ts'

/** Text on its ground: 4.5:1 (WCAG 1.4.3). */
const text: readonly (readonly [TokenName, TokenName])[] = [
  ...(['paper', 'raise', 'wash'] as const).flatMap(ground =>
    (['ink', 'quiet', 'link', 'door-deep', 'error', 'success'] as const).map(sign => [sign, ground] as const),
  ),
  ...(['paper', 'raise'] as const).map(ground => ['warning', ground] as const),
  ...(['info', 'success', 'warning', 'error'] as const).flatMap(state =>
    ([state, 'ink', 'link', 'door-deep'] as const).map(sign => [sign, `${state}-wash`] as const),
  ),
  ['door-text', 'door'],
  ['door-text', 'door-deep'],
  ['danger-text', 'danger'],
  ['banner-text', 'banner'],
]

/** Controls, signs and the line around the focus ring: 3:1 (WCAG 1.4.11). */
const shapes: readonly (readonly [TokenName, TokenName])[] = [
  ['edge', 'paper'],
  ['edge', 'raise'],
  ['edge', 'wash'],
  ['door', 'paper'],
  ['door', 'raise'],
  ['danger', 'paper'],
  ['light', 'tile'],
  ['ink', 'paper'],
  ['ink', 'raise'],
  ['beam', 'paper'],
]

const failing = (theme: Tokens, pairs: readonly (readonly [TokenName, TokenName])[], least: number) =>
  pairs
    .map(([sign, ground]) => ({ sign, ground, ratio: contrast(theme[sign], theme[ground]) }))
    .filter(pair => pair.ratio < least)

for (const [name, theme] of Object.entries(tokens)) {
  const enhanced = name.startsWith('contrast')
  test(`every pair of the theme ${name} meets ${enhanced ? 'AAA' : 'AA'}`, () => {
    assert.deepEqual(failing(theme, text, enhanced ? 7 : 4.5), [])
    assert.deepEqual(failing(theme, shapes, 3), [])
  })
  test(`around a control, the ring or its line stands out on every ground of the theme ${name}`, () => {
    for (const ground of [
      'paper',
      'raise',
      'wash',
      'info-wash',
      'success-wash',
      'warning-wash',
      'error-wash',
    ] as const) {
      const best = Math.max(contrast(theme.light, theme[ground]), contrast(theme.ink, theme[ground]))
      assert.ok(best >= 3, `${ground}: ${best}`)
    }
  })
}

test('the contrast of black and white is 21, of equal colors 1', () => {
  assert.equal(Math.round(contrast('#000000', '#ffffff')), 21)
  assert.equal(contrast('#0f4c5c', '#0f4c5c'), 1)
})
