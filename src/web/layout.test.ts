import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ErrorStatus, errorPage } from './error-pages.ts'
import type { Frame } from './frame.ts'
import { html } from './html.ts'
import { page } from './layout.ts'

const frame: Frame = {
  site: {
    name: 'Minnesota HMIS',
    helpdeskName: 'the helpdesk',
    helpdeskEmail: 'help@example.org',
    helpdeskPhone: '(612) 555-0140',
    banner: '',
  },
  language: 'en',
  theme: 'dark',
  clock: { now: 0, timeZone: 'America/Chicago' },
  csrf: 'token',
}
const render = (options: Partial<Frame> = {}, refused = false) =>
  page(
    { ...frame, ...options },
    { title: 'Sign in', kind: 'door', refused },
    html`<h1>Sign in</h1>`,
  ).toString()

test('the title names the page and the product, and says first when a form was refused', () => {
  assert.match(render(), /<title>Sign in – Lintel<\/title>/)
  assert.match(render({}, true), /<title>Error: Sign in – Lintel<\/title>/)
})

test('language and theme stand on the root, so that nothing flashes', () => {
  assert.match(render(), /<html lang="en" data-theme="dark">/)
  assert.match(render(), /<meta name="color-scheme" content="dark">/)
  assert.match(render({ theme: 'system' }), /<meta name="color-scheme" content="light dark">/)
})

test('the helpdesk is on every page, without what an agency has not set', () => {
  assert.match(render(), /href="mailto:help@example.org"/)
  assert.match(render(), /href="tel:6125550140"/)
  assert.doesNotMatch(render({ site: { ...frame.site, helpdeskPhone: '' } }), /tel:/)
})

test('a training site says so on every page, others say nothing', () => {
  assert.doesNotMatch(render(), /site-banner/)
  assert.match(
    render({ site: { ...frame.site, banner: 'Training site' } }),
    /site-banner[^>]*>Training site</,
  )
})

test('menu, place and side list appear where they are given', () => {
  const markup = page(
    { ...frame, menu: html`<b>menu</b>`, place: 'A · B', side: html`<ul><li>People</li></ul>` },
    { title: 'People', kind: 'console' },
    html`<h1>People</h1>`,
  ).toString()
  assert.match(markup, /<b>menu<\/b>/)
  assert.match(markup, /class="place">A · B</)
  assert.match(markup, /<nav class="side"[^>]*><details[^>]*><summary>Menu<\/summary><ul>/)
})

test('nothing is inline and nothing that was typed becomes markup', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), words => {
      const hostile = `${words}"><img onerror=x>`
      const markup = page(
        {
          ...frame,
          place: hostile,
          site: {
            name: hostile,
            helpdeskName: hostile,
            helpdeskEmail: hostile,
            helpdeskPhone: hostile,
            banner: hostile,
          },
        },
        { title: hostile },
        html`${hostile}`,
      ).toString()
      assert.doesNotMatch(markup, /<img/)
      assert.doesNotMatch(markup, /<style|\sstyle=|<script(?![^>]* src=)/)
    }),
    { numRuns: 50 },
  )
})

test('an error page gives the reference and a way on, and no internals', () => {
  const statuses = [400, 403, 404, 405, 408, 413, 429, 500, 503] as const satisfies readonly ErrorStatus[]
  for (const what of [...statuses, 'away', 'away-form', 'full'] as const) {
    const markup = errorPage(frame, what, 'K7QX-3M2P').toString()
    assert.match(markup, /Reference number: <code>K7QX-3M2P<\/code>/)
    assert.match(markup, /href="\/"/)
    assert.equal(markup.match(/<h1>/g)?.length, 1)
    assert.doesNotMatch(markup, /\b(invalid|please|sorry)\b|Error:|stack|node_modules/i)
  }
})

test('who must wait is told how long', () => {
  assert.match(errorPage(frame, 503, 'r', { retryAfterSeconds: 30 }).toString(), /Try again in 30 seconds\./)
  assert.match(errorPage(frame, 429, 'r', { retryAfterSeconds: 240 }).toString(), /Try again in 4 minutes\./)
})
