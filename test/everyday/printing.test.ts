/** As many pages as sheets, one person and the banner on each, on Letter and A4. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { sheetBody } from '../../src/helpdesk/shared/sheet.ts'
import { assets } from '../../src/web/assets.ts'
import type { Frame } from '../../src/web/frame.ts'
import { html } from '../../src/web/html.ts'
import { page as layout } from '../../src/web/layout.ts'
import { printSheet, printSheets } from '../../src/web/parts.ts'
import { openBrowser } from '../support/browser/browser.ts'
import { needProgram } from '../support/process/program.ts'

const banner = 'Training site'
const frame: Frame = {
  site: {
    name: 'Minnesota HMIS',
    helpdeskName: 'HMIS Helpdesk',
    helpdeskEmail: 'help@hmis.example',
    helpdeskPhone: '555-0100',
    banner,
  },
  language: 'en',
  theme: 'dark',
  csrf: 'x',
}

const sheet = (number: number) =>
  sheetBody(frame, {
    name: `Person Number ${number}`,
    username: `person-${number}`,
    temporaryPassword: 'k7wd-29xm-fhq4',
    expiresAt: Date.UTC(2026, 0, 15),
    origin: 'https://hmis.example.org',
    timeZone: 'America/Chicago',
  })

const pageOf = (count: number): string => {
  const sheets = Array.from({ length: count }, (_, index) => sheet(index + 1))
  const body = count === 1 ? printSheet(sheets[0]) : printSheets(sheets)
  return layout(frame, { title: 'Sheets', kind: 'console' }, html`<h1>Sheets</h1>${body}`).toString()
}

const server = createServer((request, response) => {
  const path = request.url ?? '/'
  const count = Number(path.slice(1))
  if (count > 0) {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(pageOf(count))
    return
  }
  const asset = assets.serve(path, undefined)
  response.setHeader('content-type', asset?.headers.get('content-type') ?? 'text/plain')
  void (asset?.bytes() ?? Promise.resolve(new Uint8Array())).then(bytes => response.end(bytes))
})
let origin = ''

before(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => server.close())

/** The text of each page on paper, as Debian's `pdftotext` reads it. */
const pagesOf = (pdf: Buffer): readonly string[] =>
  execFileSync(needProgram('/usr/bin/pdftotext', 'poppler-utils'), ['-', '-'], {
    input: pdf,
    encoding: 'utf8',
  })
    .split('\f')
    .slice(0, -1)

/** Prints so many sheets and looks who is on each page. */
async function checkPaper(page: Page, format: string, count: number): Promise<void> {
  await page.goto(`${origin}/${count}`)
  const pages = pagesOf(await page.pdf({ format, margin: { top: '0.5in', bottom: '0.5in' } }))
  assert.deepEqual(
    pages.map(text => [text.match(/Person Number \d+/g), text.includes(banner)]),
    Array.from({ length: count }, (_, index) => [[`Person Number ${index + 1}`], true]),
  )
}

/** What is seen on paper: sheets whose banner shows, and banners of the page that show beside them. */
const seenOn = (page: Page) =>
  page.evaluate(() => {
    const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true })
    const all = (selector: string) => [...document.querySelectorAll(selector)].filter(isSeen)
    return { onSheets: all('.print-sheet .sheet-banner').length, beside: all('.site-banner').length }
  })

for (const format of ['Letter', 'A4'])
  for (const count of [1, 3, 50])
    test(`${count} ${count === 1 ? 'sheet' : 'sheets'} on ${format}: as many pages, one person and the banner on each`, async t => {
      const { page } = await openBrowser(t, { width: 1280, height: 800, origin })
      await checkPaper(page, format, count)
      assert.deepEqual(await seenOn(page), { onSheets: 0, beside: 1 })
      await page.emulateMedia({ media: 'print' })
      assert.deepEqual(await seenOn(page), { onSheets: count, beside: 0 })
    })
