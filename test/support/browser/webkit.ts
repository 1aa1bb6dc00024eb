import type { Scope } from '../process/process.ts'
import { needProgram, startProgram } from '../process/program.ts'
import type { Driver, Liking, WindowSize } from './driver.ts'
import { openSession, type RemoteElement, type Session } from './webdriver.ts'

const miniBrowser = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'
/**
 * WebKitGTK 2.50.6 under WebDriver aborts now and then in its own garbage collector (an assertion while it sweeps, on any
 * page); a journey is too short to need one.
 */
const withoutCollector = { JSC_useGC: '0' }
/** Guards against waiting for ever; far above any real page, so no test depends on the machine's speed. */
const longestWait = 60_000

/**
 * Runs in the page: the visible control with this label, or the button, summary or link with this name, brought into
 * view: WebKitGTK refuses what lies below the window's edge.
 */
const findNamed = `(kind, wanted) => {
  const plain = text => text.replace(/\\s+/g, ' ').trim()
  const nameOf = element =>
    plain(element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent)
  const found = [...document.querySelectorAll(kind)].find(one => one.checkVisibility() && nameOf(one) === wanted)
  found?.scrollIntoView({ block: 'center', behavior: 'instant' })
  return found ?? null
}`

const kinds = {
  field: 'input, select, textarea',
  button: 'button',
  link: 'a[href]',
  summary: 'summary',
} as const

/** A screen that nobody looks at, as large as the window. */
async function openScreen(t: Scope, { width, height }: WindowSize): Promise<string> {
  const path = needProgram('/usr/bin/Xvfb', 'xvfb')
  const words = ['-displayfd', '1', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp']
  const screen = startProgram(path, words, { PATH: process.env['PATH'] })
  t.after(screen.stop)
  const [, number = ''] = await screen.printed(/^(\d+)\n/)
  return `:${number}`
}

/** Debian's WebKitGTK for one person, its window filling a screen of this size; closed after the test. */
export async function openWebkit(
  t: Scope,
  size: WindowSize,
  origin: string,
  { scripts = true }: Liking = {},
): Promise<Driver> {
  const command = needProgram('/usr/bin/WebKitWebDriver', 'webkit2gtk-driver')
  const display = await openScreen(t, size)
  const env = { ...process.env, ...withoutCollector, DISPLAY: display, GDK_BACKEND: 'x11' }
  const session = await openSession(
    { command, env },
    {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': {
        binary: needProgram(miniBrowser, 'webkit2gtk-driver'),
        args: ['--automation', '--full-screen', ...(scripts ? [] : ['--enable-javascript-markup=0'])],
      },
    },
  )
  t.after(session.close)
  await fillScreen(session, size)
  return driverOf(session, size, origin)
}

const fillScreen = (session: Session, size: WindowSize) =>
  session.send('POST', '/window/rect', { x: 0, y: 0, ...size })

function driverOf(session: Session, size: WindowSize, origin: string): Driver {
  const find = async (kind: keyof typeof kinds, name: string): Promise<RemoteElement> => {
    const found = (await session.run(findNamed, kinds[kind], name)) as RemoteElement | null
    if (found === null) throw new Error(`The page has no ${kind} "${name}".`)
    return found
  }
  const click = async (kind: keyof typeof kinds, name: string) =>
    void (await session.on(await find(kind, name), 'click'))
  const leave = async (how: () => Promise<void>) => {
    await session.run('() => { window.isLeft = true }')
    await how()
    await until(() => session.run(`() => !window.isLeft && document.readyState === 'complete'`))
  }
  const words = async (source: string, ...values: readonly string[]) =>
    String(await session.run(source, ...values)).trim()
  return {
    open: async path => void (await session.send('POST', '/url', { url: new URL(path, origin).href })),
    async fill(label, text) {
      const field = await find('field', label)
      await session.on(field, 'clear')
      await session.on(field, 'value', { text })
    },
    async choose(label, option) {
      const list = await find('field', label)
      const choice = (await session.run(
        '(list, wanted) => [...list.options].find(({ text }) => text === wanted) ?? null',
        list,
        option,
      )) as RemoteElement | null
      if (choice === null) throw new Error(`"${label}" has no choice "${option}".`)
      await session.on(choice, 'click')
    },
    isTicked: async label => (await session.run('box => box.checked', await find('field', label))) === true,
    press: name => leave(() => click('button', name)),
    follow: name => leave(() => click('link', name)),
    async followToNewTab(name) {
      const tabs = async () => (await session.send('GET', '/window/handles')) as readonly string[]
      const before = await tabs()
      await click('link', name)
      const opened = await until(async () => (await tabs()).find(handle => !before.includes(handle)))
      await session.send('POST', '/window', { handle: opened })
      await fillScreen(session, size)
      await until(() =>
        session.run(`() => location.href !== 'about:blank' && document.readyState === 'complete'`),
      )
    },
    toggle: name => click('summary', name),
    heading: () => words(`() => document.querySelector('h1')?.textContent ?? ''`),
    text: () => words('() => document.body.innerText'),
    textOf: selector => words('selector => document.querySelector(selector)?.innerText ?? ""', selector),
    path: () => words('() => location.pathname'),
    arrive: async address => {
      const isThere = "address => location.href.startsWith(address) && document.readyState === 'complete'"
      await until(() => session.run(isThere, address))
    },
    widths: async () =>
      (await session.run(
        '() => ({ window: innerWidth, content: document.documentElement.scrollWidth })',
      )) as Awaited<ReturnType<Driver['widths']>>,
    screenshot: async () => Buffer.from(String(await session.send('GET', '/screenshot')), 'base64'),
  }
}

/** Asks until there is an answer; a page that is on its way out may refuse to say. */
async function until<Value>(ask: () => Promise<Value>): Promise<NonNullable<Value>> {
  const limit = performance.now() + longestWait
  for (;;) {
    const value = await ask().catch(() => undefined)
    if (value) return value
    if (performance.now() > limit) throw new Error('WebKit did not come to the next page.')
  }
}
