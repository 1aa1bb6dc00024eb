import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Browser,
  type BrowserContext,
  chromium,
  firefox,
  type LaunchOptions,
  type Page,
} from 'playwright-core'
import type { Scope } from '../process/process.ts'
import { needProgram } from '../process/program.ts'
import { quiet, visitor } from './browser.ts'
import type { Driver, EngineName, Liking, WindowSize } from './driver.ts'
import { openWebkit } from './webkit.ts'

/** Opens Debian's build of an engine for one person; closed when the scope ends. */
export const openEngine: Readonly<
  Record<EngineName, (t: Scope, size: WindowSize, origin: string, liking?: Liking) => Promise<Driver>>
> = {
  async chromium(t, size, origin, { scripts: javaScriptEnabled = true } = {}) {
    const browser = await openChromium(t)
    const context = await browser.newContext({ viewport: size, baseURL: origin, javaScriptEnabled })
    return driverOf(await context.newPage())
  },
  async firefox(t, size, origin, { scripts = true } = {}) {
    const browser = await openFirefox(t)
    const context = await browser.newContext({ viewport: size, baseURL: origin })
    t.after(() => context.close())
    if (!scripts) await refuseScripts(context)
    return driverOf(await context.newPage())
  },
  webkit: openWebkit,
}

/** Playwright cannot switch the scripts of a stock Firefox off; ours are all files, and none of them comes. */
const refuseScripts = (context: BrowserContext) =>
  context.route('**/*', route =>
    route.request().resourceType() === 'script' ? route.abort() : route.continue(),
  )

/** The whole of Debian's Chromium, as people have it; what needs none of its windows or paper shares a lighter one. */
export async function openChromium(t: Scope): Promise<Browser> {
  const executablePath = needProgram('/usr/bin/chromium', 'chromium')
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false, args: quiet })
  t.after(() => browser.close())
  return browser
}

/** Stock Firefox, spoken to by WebDriver BiDi. It wants a home that it may write to. `more`: further values of the launch. */
export async function openFirefox(
  t: Scope,
  more: Pick<LaunchOptions, 'args' | 'firefoxUserPrefs'> = {},
): Promise<Browser> {
  const home = await mkdtemp(join(tmpdir(), 'lintel-firefox-'))
  const browser = await firefox.launch({
    channel: 'moz-firefox',
    executablePath: needProgram('/usr/bin/firefox-esr', 'firefox-esr'),
    headless: true,
    env: { ...process.env, HOME: home },
    ...more,
  })
  t.after(async () => {
    await browser.close()
    await rm(home, { recursive: true, force: true })
  })
  return browser
}

function driverOf(first: Page): Driver {
  let page = first
  const on = () => visitor(page)
  return {
    open: path => on().open(path),
    fill: (label, text) => on().fill(label, text),
    choose: (label, option) => on().choose(label, option),
    isTicked: label => page.getByLabel(label, { exact: true }).isChecked(),
    press: name => on().press(name),
    follow: name => on().follow(name),
    async followToNewTab(name) {
      const opening = page.context().waitForEvent('page')
      await page.getByRole('link', { name, exact: true }).click()
      page = await opening
      await page.waitForLoadState()
    },
    toggle: name => page.getByLabel(name, { exact: true }).click(),
    heading: () => on().heading(),
    text: () => on().text(),
    textOf: selector => page.locator(selector).innerText(),
    path: async () => new URL(page.url()).pathname,
    arrive: address => page.waitForURL(({ href }) => href.startsWith(address)),
    widths: () =>
      page.evaluate(() => ({ window: innerWidth, content: document.documentElement.scrollWidth })),
    screenshot: () => page.screenshot(),
  }
}
