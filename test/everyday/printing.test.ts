/** As many pages as sheets, one person and the banner on each, on Letter and A4. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { sheetBody, sheetPage } from '../../src/helpdesk/shared/sheet.ts'
import { assets } from '../../src/web/assets.ts'
import type { Frame } from '../../src/web/frame.ts'
import { html } from '../../src/web/html.ts'
import { page as layout } from '../../src/web/layout.ts'
import { printSheets } from '../../src/web/parts.ts'
import { openChromium, openFirefox } from '../support/browser/engines.ts'
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
  clock: { now: 0, timeZone: 'America/Chicago' },
  csrf: 'x',
}

const sheet = (number: number) => ({
  name: `Person Number ${number}`,
  username: `person-${number}`,
  temporaryPassword: 'k7wd-29xm-fhq4',
  expiresAt: Date.UTC(2026, 0, 15),
  origin: 'https://hmis.example.org',
  timeZone: 'America/Chicago',
})

const pageOf = (count: number): string => {
  if (count === 1)
    return sheetPage(frame, {
      ...sheet(1),
      personId: '1',
      kind: 'issued',
      warning: 'They are suspended.',
    }).toString()
  const sheets = Array.from({ length: count }, (_, index) => sheetBody(frame, sheet(index + 1)))
  const body = html`<h1>Sheets</h1>${printSheets(sheets)}`
  return layout(frame, { title: 'Sheets', kind: 'console' }, body).toString()
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

/** Inches; half an inch is left white above and below. */
const papers = { Letter: { width: 8.5, height: 11 }, A4: { width: 8.27, height: 11.69 } } as const

/** Prints so many sheets and looks who is on each page. `unit` is an inch, in what the browser takes for one. */
async function checkPaper(page: Page, paper: keyof typeof papers, count: number, unit = 1): Promise<void> {
  const inches = (length: number) => `${length * unit}in`
  const { width, height } = papers[paper]
  await page.goto(`${origin}/${count}`)
  const pdf = await page.pdf({
    width: inches(width),
    height: inches(height),
    margin: { top: inches(0.5), bottom: inches(0.5) },
  })
  assert.deepEqual(
    pagesOf(pdf).map(text => [text.match(/Person Number \d+/g), text.includes(banner)]),
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

const cases = (['Letter', 'A4'] as const).flatMap(paper => [1, 3, 50].map(count => ({ paper, count })))
const claimOf = ({ paper, count }: (typeof cases)[number]) =>
  `${count} ${count === 1 ? 'sheet' : 'sheets'} on ${paper}: as many pages, one person and the banner on each`

test('Chromium prints a page for each sheet', async t => {
  const page = await (await openChromium(t)).newPage()
  for (const each of cases)
    await t.test(claimOf(each), async () => {
      await checkPaper(page, each.paper, each.count)
      assert.deepEqual(await seenOn(page), { onSheets: 0, beside: 1 })
      await page.emulateMedia({ media: 'print' })
      assert.deepEqual(await seenOn(page), { onSheets: each.count, beside: 0 })
      await page.emulateMedia({ media: null })
    })
})

/** WebDriver BiDi measures paper in centimeters, and playwright-core hands it inches. */
const centimeters = 2.54

test('Firefox prints what Chromium prints', async t => {
  const page = await (await openFirefox(t)).newPage()
  for (const each of cases)
    await t.test(claimOf(each), () => checkPaper(page, each.paper, each.count, centimeters))
})
