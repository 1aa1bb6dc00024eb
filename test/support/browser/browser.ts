import { after } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Page, type Response } from 'playwright-core'
import type { Scope } from '../process/process.ts'

export interface BrowserOptions {
  /** Of the window, in CSS pixels. */
  readonly width: number
  readonly height: number
  /** Off: the page's scripts do not run; everything must work all the same. */
  readonly javaScript?: boolean
  readonly colorScheme?: 'light' | 'dark'
  /** The language that the browser asks for, such as `es-MX`; English when not given. */
  readonly locale?: string
  /** Address of the process; then paths such as `/sign-in` can be opened. */
  readonly origin?: string
}

/** One person at one browser, with cookies of their own. Labels and names are matched whole. */
export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  /** Opens a path of `origin`, or a whole address. */
  open(path: string): Promise<void>
  /** Types into the field with this label, in place of what it holds. */
  fill(label: string, text: string): Promise<void>
  /** Chooses an option, by the words shown, of the list with this label. */
  choose(label: string, option: string): Promise<void>
  /** Ticks or clears the box with this label, by keyboard; chooses a radio button. */
  tick(label: string, on?: boolean): Promise<void>
  /** Presses the button with this name and waits for the page that answers. */
  press(button: string): Promise<void>
  /** Follows the link with this name and waits for its page. */
  follow(link: string): Promise<void>
  /** Presses a button that stays on the page. */
  click(button: string): Promise<void>
  /** Words of the page's `h1`. */
  heading(): Promise<string>
  /** All visible words. */
  text(): Promise<string>
}

/** Nothing that a test did not ask for. */
export const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

let shared: Promise<Browser> | undefined
const documents = new WeakMap<Page, Response>()
const scriptless = new WeakSet<BrowserContext>()

/**
 * The one Chromium of a test file, without its windows: a third of the work. The journeys of each engine open the whole browser.
 * Closed when the tests are done.
 */
export function sharedBrowser(): Promise<Browser> {
  shared ??= chromium.launch({
    executablePath: '/usr/bin/chromium-headless-shell',
    headless: true,
    chromiumSandbox: false,
    args: quiet,
  })
  return shared
}

after(async () => (await shared)?.close())

/** The answer that a tab shows, as it was sent. */
export const lastDocument = (page: Page): Response | undefined => documents.get(page)

/** Tells whether the scripts of this tab's pages are off. */
export const isScriptless = (page: Page): boolean => scriptless.has(page.context())

/** Opens Debian's Chromium for one person; closed after the test. */
export async function openBrowser(t: Scope, options: BrowserOptions): Promise<Visitor> {
  const browser = await sharedBrowser()
  const javaScript = options.javaScript ?? true
  const context = await browser.newContext({
    viewport: { width: options.width, height: options.height },
    javaScriptEnabled: javaScript,
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
    locale: options.locale ?? 'en-US',
    ...(options.origin !== undefined && { baseURL: options.origin }),
  })
  t.after(() => context.close())
  if (!javaScript) scriptless.add(context)
  context.on('page', page => {
    page.on('response', response => {
      if (!response.request().isNavigationRequest()) return
      if (response.frame() === page.mainFrame()) documents.set(page, response)
    })
  })
  return visitor(await context.newPage())
}

/** The same helpers for a further tab, such as one that a link opened. */
export function visitor(page: Page): Visitor {
  const field = (label: string) => page.getByLabel(label, { exact: true })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const leave = async (how: () => Promise<void>) => {
    await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), how()])
  }
  return {
    page,
    context: page.context(),
    open: async path => void (await page.goto(path)),
    fill: (label, text) => field(label).fill(text),
    choose: async (label, option) => void (await field(label).selectOption({ label: option })),
    tick: async (label, on = true) => {
      if ((await field(label).isChecked()) !== on) await field(label).press('Space')
    },
    press: name => leave(() => button(name).click()),
    follow: name => leave(() => page.getByRole('link', { name, exact: true }).click()),
    click: name => button(name).click(),
    heading: async () => (await page.locator('h1').textContent())?.trim() ?? '',
    text: async () => (await page.locator('body').allInnerTexts()).join('\n'),
  }
}
