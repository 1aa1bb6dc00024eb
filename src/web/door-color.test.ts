import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { contrast } from './contrast.ts'
import { doorFault, doorSheet, doorTokens } from './door-color.ts'
import { tokens } from './tokens.ts'

const color = fc.integer({ min: 0, max: 0xffffff }).map(value => `#${value.toString(16).padStart(6, '0')}`)

test('dark doors pass, and of those that do not the ratio found and the part are named', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    [tokens.light.door, undefined],
    ['#000000', undefined],
    ['#7a1f3d', undefined],
    ['#1a4480', undefined],
    ['#767676', 'light link 3.96'],
    ['#e9a23b', 'light link 1.89'],
    ['#ffff00', 'light link 1.02'],
    ['#ffffff', 'light button 1.00'],
  ]
  for (const [door, wanted] of cases) {
    const fault = doorFault(door)
    assert.equal(fault && `${fault.theme} ${fault.what} ${fault.found.toFixed(2)}`, wanted, door)
  }
})

test('white on an accepted door is always readable, and so is every link, in light and in dark', () => {
  fc.assert(
    fc.property(color, door => {
      const { light, dark } = doorTokens(door)
      const fault = doorFault(door)
      if (fault === undefined) {
        assert.ok(contrast(light.door, '#ffffff') >= 4.5)
        assert.ok(contrast(light.link, tokens.light.paper) >= 4.5)
      } else assert.ok(fault.found < fault.needed)
      assert.ok(contrast(dark.link, tokens.dark.paper) >= 4.5)
      assert.ok(contrast(dark['door-text'], dark.door) >= 4.5)
    }),
  )
})

test('a refusal never comes from the dark theme: there the color is made lighter until it is read', () => {
  fc.assert(fc.property(color, door => assert.notEqual(doorFault(door)?.theme, 'dark')))
})

test('the sheet holds nothing but colors, and leaves the themes of high contrast alone', () => {
  fc.assert(
    fc.property(color, door => {
      const sheet = doorSheet(door)
      assert.doesNotMatch(sheet, /data-theme="contrast"|url|@import|[<>\\]/)
      assert.equal(sheet.match(/--door:#[0-9a-f]{6}/g)?.length, 4)
    }),
    { numRuns: 20 },
  )
})
