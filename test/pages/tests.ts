import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openBrowser } from '../support/browser/browser.ts'
import { measure } from '../support/pages/page-measure.ts'
import { reachAll } from './reach.ts'
import type { Pages } from './state.ts'
import { openWorld } from './world.ts'

/** One test for each state of each of these pages. */
export function measurePages(what: string, pages: Pages): void {
  describe(what, async () => {
    const scope = { after }
    const world = await openWorld(scope)
    const { page } = await openBrowser(scope, { width: 1280, height: 720, origin: world.lintel.origin })
    for (const reached of await reachAll(world, pages)) {
      test(`${reached.name} holds to the measure`, async () => {
        assert.ok(
          reached.html.includes('<h1'),
          `no page but ${reached.status}: ${reached.html.slice(0, 200)}`,
        )
        const found = [...new Set(await measure(page, reached, reached.isFirst))]
        assert.deepEqual(found, [], found.join('\n'))
      })
    }
  })
}
