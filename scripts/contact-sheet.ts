/**
 * `npm run contact-sheet`: every page in every state, at a desk and on a phone, in light and in dark, into
 * `.contact-sheet/`, which git ignores: `index.html` shows all pictures side by side.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { consolePages } from '../test/pages/console.ts'
import { doorPages, errorPages } from '../test/pages/door.ts'
import { type Reached, reachAll } from '../test/pages/reach.ts'
import { openWorld } from '../test/pages/world.ts'
import { showAnswer } from '../test/support/pages/answered.ts'

const folder = join(import.meta.dirname, '../.contact-sheet')
const widths = [1280, 360] as const
const schemes = ['light', 'dark'] as const
/** A list of hundreds is cut off: its end looks like its middle. */
const tallest = 2400

const cleanups: (() => Promise<unknown>)[] = []
const given = process.argv.slice(2)

const fileOf = (page: Reached, width: number, scheme: string) =>
  `${page.name.replace(/[^\w]+/g, '-')}-${width}-${scheme}.jpg`

async function takePictures(browser: Browser, pages: readonly Reached[]): Promise<void> {
  for (const width of widths) {
    for (const colorScheme of schemes) {
      const viewport = { width, height: width === 360 ? 740 : 800 }
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
      const tab = await context.newPage()
      for (const page of pages) {
        await showAnswer(tab, page)
        const height = await tab.evaluate(() => document.documentElement.scrollHeight)
        const clip = { x: 0, y: 0, width, height: Math.min(height, tallest) }
        const path = join(folder, fileOf(page, width, colorScheme))
        await tab.screenshot({ path, type: 'jpeg', quality: 70, fullPage: true, clip })
      }
      await context.close()
    }
  }
}

function sheet(pages: readonly Reached[]): string {
  const shots = (page: Reached) =>
    widths.flatMap(width =>
      schemes.map(
        scheme => `<img loading="lazy" src="${fileOf(page, width, scheme)}" alt="" width="${width / 3}">`,
      ),
    )
  const rows = pages.map(page => `<h2>${page.name}</h2><p>${shots(page).join(' ')}</p>`)
  return `<!doctype html><meta charset="utf-8"><title>Contact sheet</title><style>body{font:14px sans-serif;background:#888}img{vertical-align:top}</style>${rows.join('\n')}`
}

try {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  const world = await openWorld({ after: cleanup => void cleanups.unshift(cleanup) })
  const all = Object.entries({ ...doorPages, ...consolePages, ...errorPages })
  const wanted = all.filter(([path]) => given.length === 0 || given.some(part => path.startsWith(part)))
  const pages = await reachAll(world, Object.fromEntries(wanted))
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', chromiumSandbox: false })
  cleanups.unshift(() => browser.close())
  await takePictures(browser, pages)
  await writeFile(join(folder, 'index.html'), sheet(pages))
  process.stdout.write(`${pages.length} pages, ${folder}/index.html\n`)
} finally {
  for (const cleanup of cleanups) await cleanup()
}
