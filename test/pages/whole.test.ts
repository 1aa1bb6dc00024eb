import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { createApp } from '../../src/app.ts'
import { openHasher } from '../../src/services.ts'
import { openBrowser } from '../support/browser/browser.ts'
import { decode } from '../support/http/forms.ts'
import { showAnswer } from '../support/pages/answered.ts'
import { reflowFindings } from '../support/pages/page-measure.ts'
import { agencyConsolePages, agencyPages } from './agency.ts'
import { consolePages } from './console.ts'
import { doorPages, errorPages, notPages } from './door.ts'
import { type Reached, reachAll } from './reach.ts'
import { openWorld } from './world.ts'

const listed = { ...doorPages, ...consolePages, ...agencyPages, ...agencyConsolePages }
const scope = { after }

/** Each page avoids the failures that a large public sign-in service has told of itself, by WCAG's number. */
describe('every page', async () => {
  const world = await openWorld(scope)
  const { services } = world.data
  const { routes } = createApp({ services, hasher: openHasher(services.keyring) })
  const pages = await reachAll(world, { ...listed, ...errorPages })
  const each = (claim: string, holds: (page: Reached) => void) =>
    test(claim, () => {
      for (const page of pages) holds(page)
    })

  test('is listed with its states, or with the reason why it is no page', () => {
    const gets = routes.filter(({ method }) => method === 'GET').map(({ path }) => path)
    const known = [...Object.keys(listed), ...Object.keys(notPages)]
    assert.deepEqual(
      gets.filter(path => !known.includes(path)),
      [],
      'add it to test/pages',
    )
    assert.deepEqual(
      known.filter(path => !gets.includes(path)),
      [],
      'no route has it',
    )
  })

  test('WCAG 2.2.1: a session says when it ends, and one press puts the end off', async () => {
    const client = await world.as('sven')
    const left = async () => JSON.parse((await client.get('/session/status')).text).seconds as number
    const home = (await client.get('/')).text
    assert.match(home, /you will be signed out at/i)
    await world.clock.advance(26 * 60_000)
    assert.ok((await left()) <= 5 * 60, 'the end is near')
    await client.submit({}, 'Stay signed in')
    assert.ok((await left()) > 25 * 60, 'the end is far again')
  })

  each('WCAG 1.3.5: fields about the person say what they are for', ({ name, html }) => {
    for (const [input, wanted] of purposes(html)) assert.match(input, wanted, name)
  })

  test('WCAG 1.4.10: no page scrolls sideways at 320 px', async () => {
    const { page } = await openBrowser(scope, { width: 320, height: 640 })
    for (const reached of pages) {
      await showAnswer(page, reached)
      assert.deepEqual(await reflowFindings(page), [], reached.name)
    }
  })

  each(
    'WCAG 2.2.2: nothing moves, blinks or plays by itself, and a page that leads on does so at once',
    ({ name, html, headers }) => {
      assert.match(headers['refresh'] ?? '0;', /^0;/, name)
      assert.doesNotMatch(
        html,
        /<(?:marquee|blink|video|audio|animate)\b|\sautoplay|http-equiv="refresh"/i,
        name,
      )
    },
  )

  test('WCAG 2.2.2: no style repeats a movement for ever', async () => {
    const [, sheet = ''] = /rel="stylesheet" href="([^"]+)"/.exec(pages[0]?.html ?? '') ?? []
    const { text } = await world.stranger().get(sheet)
    assert.ok(text.length > 1000)
    assert.doesNotMatch(text, /\binfinite\b/)
  })

  each('WCAG 2.4.2: the title says what the heading says, and that a form was refused', page => {
    const heading = wordsOf(/<h1[^>]*>(.*?)<\/h1>/s.exec(page.html)?.[1] ?? '')
    const title = wordsOf(/<title>(.*?)<\/title>/s.exec(page.html)?.[1] ?? '')
    const isHome = new URL(page.address).pathname === '/'
    const isRefused = title.startsWith('Error: ')
    assert.equal(title, `${isRefused ? 'Error: ' : ''}${isHome ? 'Home' : heading} – Lintel`, page.name)
    if (page.status === 422) assert.ok(isRefused, page.name)
  })

  each('WCAG 3.1.1: the page names its language', ({ name, html }) => {
    assert.match(html, /<html lang="(?:en|es)" /, name)
  })

  test('WCAG 3.2.3: what leads about stands in the same order on every page', () => {
    const orders = new Map<string, string>()
    for (const { name, html } of pages) {
      const side = /<ul class="usa-sidenav">(.*?)<\/ul>/s.exec(html)?.[1]
      if (side === undefined) continue
      const order = [...side.matchAll(/href="([^"]+)"/g)].map(([, href]) => href).join(' ')
      orders.set(order, name)
    }
    const [longest = '', ...others] = [...orders.keys()].sort((a, b) => b.length - a.length)
    const position = (order: string) => order.split(' ').map(href => longest.split(' ').indexOf(href))
    for (const order of others) {
      assert.deepEqual(
        position(order),
        position(order).toSorted((a, b) => a - b),
        orders.get(order),
      )
    }
  })

  each('WCAG 3.2.6: the helpdesk stands at the same place, at the end of the page', ({ name, html }) => {
    const foot = /<footer class="foot">(.*?)<\/footer>\s*<\/body>/s.exec(html)?.[1] ?? ''
    assert.match(wordsOf(foot), /^(?:Need help\?|¿)/, name)
    assert.match(foot, /href="mailto:/, name)
  })

  test('ASVS 7.4.4: whoever is inside can sign out on every page', () => {
    const inside = pages.filter(
      ({ name, html }) => html.includes('data-session="') || /^\/(?:helpdesk|security)\b/.test(name),
    )
    assert.ok(inside.length > Object.keys(consolePages).length)
    for (const { name, html } of inside) assert.match(html, /<form\b[^>]* action="\/sign-out"/, name)
  })

  each(
    'WCAG 3.3.1: what was refused is named in words, at its field and on top',
    ({ name, status, html }) => {
      const wrongFields = [...html.matchAll(/<(?:input|select|textarea)\b[^>]*aria-invalid="true"[^>]*>/g)]
      const hasForm = html.includes('<form class="usa-form"')
      if (status === 422 && hasForm) assert.match(html, /data-error-summary/, name)
      for (const [tag] of wrongFields) {
        const [, described = ''] = /aria-describedby="([^"]+)"/.exec(tag) ?? []
        const id = described.split(' ').find(part => part.endsWith('-error')) ?? ''
        const [, said = ''] = new RegExp(`id="${id}">(.*?)</p>`, 's').exec(html) ?? []
        assert.ok(wordsOf(said).length > 10, `${name}: ${tag}`)
        const [, own = ''] = /\sid="([^"]+)"/.exec(tag) ?? []
        assert.ok(html.includes(`<a href="#${own}">`), `${name}: the summary does not lead to ${own}`)
      }
    },
  )
})

const wordsOf = (markup: string) =>
  decode(markup.replace(/<[^>]*>/g, ''))
    .replace(/\s+/g, ' ')
    .trim()

/** Inputs whose label is one of those that WCAG lists, with the `autocomplete` that they need. */
function purposes(html: string): readonly (readonly [input: string, wanted: RegExp])[] {
  const wanted: Readonly<Record<string, RegExp>> = {
    'New password': /autocomplete="new-password"/,
    'Confirm new password': /autocomplete="new-password"/,
    Password: /autocomplete="current-password"/,
    'Verification code': /autocomplete="one-time-code"/,
  }
  const own: Readonly<Record<string, RegExp>> = { Username: /autocomplete="username"/ }
  const isDoor = /<body class="door">/.test(html)
  return [...html.matchAll(/<label[^>]* for="([^"]+)">([^<]+)<\/label>/g)].flatMap(
    ([, id = '', label = '']) => {
      const rule = wanted[label.trim()] ?? (isDoor ? own[label.trim()] : undefined)
      const input = new RegExp(`<input[^>]* id="${id}"[^>]*>`).exec(html)?.[0]
      return rule && input !== undefined ? [[input, rule] as const] : []
    },
  )
}
