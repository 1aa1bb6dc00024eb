/**
 * `npm run lighthouse`: Lighthouse's four scores for a page of each kind, on a phone and at a desk, in Debian's Chromium.
 * Lighthouse has a package of its own: `npm ci --prefix bench/lighthouse`. Reports go to `.lighthouse/`, which git ignores.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { openWorld, type World } from '../test/pages/world.ts'
import { freePort } from '../test/support/database/postgres.ts'
import { needProgram, startProgram } from '../test/support/process/program.ts'

const folder = join(import.meta.dirname, '../.lighthouse')
const library = join(import.meta.dirname, '../bench/lighthouse/node_modules/lighthouse/core/index.js')
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
const visits = [
  { name: 'sign-in', path: '/sign-in', who: undefined },
  { name: 'home', path: '/', who: 'amina' },
  { name: 'console', path: '/helpdesk/people', who: 'jamal' },
] as const

interface Audit {
  readonly score: number | null
  readonly title: string
}

interface Report {
  readonly report: string
  readonly lhr: {
    readonly categories: Readonly<Record<string, { readonly score: number | null }>>
    readonly audits: Readonly<Record<string, Audit>>
  }
}

type Lighthouse = (url: string, flags: object, config?: object) => Promise<Report | undefined>
interface Library {
  readonly default: Lighthouse
  readonly desktopConfig: object
}

async function openChromium(scope: { after(cleanup: () => Promise<unknown>): void }): Promise<number> {
  const port = await freePort()
  const profile = await mkdtemp(join(tmpdir(), 'lintel-lighthouse-'))
  const words = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', 'about:blank']
  const program = startProgram(
    needProgram('/usr/bin/chromium', 'chromium'),
    [`--remote-debugging-port=${port}`, `--user-data-dir=${profile}`, ...words],
    process.env,
  )
  scope.after(async () => {
    await program.stop()
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  })
  await program.printed(/DevTools listening on/)
  return port
}

/** Lets the browser go on as this person; a stranger comes first, while there is nothing to forget. */
async function goOnAs(port: number, world: World, who: string): Promise<void> {
  const { cookies } = await world.as(who)
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const [context] = browser.contexts()
  await context?.clearCookies()
  await context?.addCookies([...cookies].map(([name, value]) => ({ name, value, url: world.lintel.origin })))
  await browser.close()
}

const cleanups: (() => Promise<unknown>)[] = []
const scope = { after: (cleanup: () => Promise<unknown>) => void cleanups.unshift(cleanup) }
try {
  needProgram(library, 'lighthouse', 'Run: npm ci --prefix bench/lighthouse')
  const { default: lighthouse, desktopConfig } = (await import(pathToFileURL(library).href)) as Library
  await mkdir(folder, { recursive: true })
  const world = await openWorld(scope)
  const port = await openChromium(scope)
  for (const { name, path, who } of visits) {
    if (who !== undefined) await goOnAs(port, world, who)
    for (const device of ['phone', 'desktop'] as const) {
      const flags = {
        port,
        output: 'html',
        logLevel: 'error',
        onlyCategories: categories,
        disableStorageReset: true,
      }
      const result = await lighthouse(
        world.lintel.origin + path,
        flags,
        device === 'desktop' ? desktopConfig : undefined,
      )
      if (result === undefined) throw new Error(`Lighthouse said nothing of ${path}.`)
      await writeFile(join(folder, `${name}-${device}.html`), result.report)
      const scores = categories.map(one => `${one} ${(result.lhr.categories[one]?.score ?? 0) * 100}`)
      const short = Object.entries(result.lhr.audits)
        .filter(([, { score }]) => score !== null && score < 0.9)
        .map(([id]) => id)
      process.stdout.write(
        `${name}, ${device}: ${scores.join(', ')}${short.length > 0 ? ` (${short.join(', ')})` : ''}\n`,
      )
    }
  }
} finally {
  for (const cleanup of cleanups) await cleanup()
}
