/** `npm run pictures [-- NAME…]`: the manuals' pictures, or those named, made anew of the demo into `docs/images/`. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { type Lintel, startLintel } from '../test/support/process/process.ts'

const folder = join(import.meta.dirname, '../docs/images')
const agent = 'ingrid'
const reason = 'Called at 8:05: lost the sheet. Called back at the shelter.'
const people = [
  'First name,Last name,Email,Username,Organizations,Workgroups',
  'Noor,Haddad,noor.haddad@demo.example,nhaddad,Lakeside Night Shelter,Emergency Shelter Staff',
  'Tomas,Reyes,tomas.reyes@demo.example,treyes,Lakeside Night Shelter|Prairie Family Housing,HMIS Users',
  'Wren,Fairbanks,amina@demo.example,wfairbanks,Harbor House Duluth,HMIS Users',
  'Kou,Lor,kou.lor@demo.example,klor,Harbour House,HMIS Users',
].join('\r\n')

/** How to reach what is shown; the picture ends above the first element that `before` selects, or above the footer. */
interface Picture {
  readonly before?: string
  readonly go: (tab: Page) => Promise<unknown>
}

const press = (tab: Page, button: string) =>
  Promise.all([tab.waitForEvent('load'), tab.getByRole('button', { name: button, exact: true }).click()])

const fill = (tab: Page, label: string, text: string) => tab.getByLabel(label, { exact: true }).fill(text)

/** Signs in, and gives the password again as some verbs ask: that holds for ten minutes. */
async function signIn(tab: Page, { output }: Lintel, username: string): Promise<void> {
  const password = output().match(new RegExp(`^${username} +(\\S+)`, 'm'))?.[1] ?? ''
  await tab.goto('/sign-in')
  await fill(tab, 'Username', username)
  await fill(tab, 'Password', password)
  await press(tab, 'Sign In')
  await tab.goto('/security')
  await fill(tab, 'Password', password)
  await press(tab, 'Submit')
}

async function openPerson(tab: Page, username: string): Promise<void> {
  await tab.goto(`/helpdesk/people?q=${username}`)
  await Promise.all([tab.waitForEvent('load'), tab.locator('tbody a').first().click()])
}

async function openAction(tab: Page, username: string, action: string): Promise<void> {
  await openPerson(tab, username)
  await Promise.all([tab.waitForEvent('load'), tab.getByRole('link', { name: action, exact: true }).click()])
}

async function fillPasswordForm(tab: Page): Promise<void> {
  await openAction(tab, 'chai', 'Issue temporary password')
  await tab.getByLabel('I called back the number on file').check()
  await fill(tab, 'Reason', reason)
}

const pictures: Readonly<Record<string, Picture>> = {
  'front-page': { before: 'role=heading[name=/^The last/]', go: tab => tab.goto('/helpdesk') },
  'person-waits': { before: 'dt:has-text("Password")', go: tab => openPerson(tab, 'rosa') },
  'temporary-password': { go: fillPasswordForm },
  sheet: {
    go: async tab => {
      await fillPasswordForm(tab)
      await press(tab, 'Issue temporary password')
    },
  },
  'create-account': {
    go: async tab => {
      await tab.goto('/helpdesk/training')
      await Promise.all([tab.waitForEvent('load'), tab.locator('tbody button').first().click()])
      await fill(tab, 'Username', 'sekholm')
      await tab.getByLabel('Organization', { exact: true }).selectOption('Harbor House Duluth')
      await tab.getByLabel('Workgroup', { exact: true }).selectOption('HMIS Users')
    },
  },
  training: { before: 'role=heading[name="Check one person"]', go: tab => tab.goto('/helpdesk/training') },
  import: {
    go: async tab => {
      await tab.goto('/helpdesk/import')
      const file = { name: 'new-people.csv', mimeType: 'text/csv', buffer: Buffer.from(people) }
      await tab.getByLabel('File', { exact: true }).setInputFiles(file)
      await press(tab, 'Check the file')
    },
  },
  sheets: { go: tab => tab.goto('/helpdesk/sheets') },
  news: { go: tab => tab.goto('/helpdesk/news') },
  audit: {
    before: 'tbody tr >> nth=4',
    go: async tab => {
      await openAction(tab, 'rosa', 'Unlock')
      await fill(tab, 'Reason', 'Called from the shelter: Caps Lock was on. Called back.')
      await press(tab, 'Unlock')
      await tab.goto('/helpdesk/audit')
    },
  },
}

const cleanups: (() => Promise<unknown>)[] = []
const given = process.argv.slice(2)
const isWanted = (name: string) => given.length === 0 || given.includes(name)

/** Smaller than PNG, and text stays sharp. */
const kind = { type: 'jpeg', quality: 80 } as const

async function save(name: string, picture: Buffer): Promise<void> {
  await writeFile(join(folder, `${name}.jpg`), picture)
  process.stdout.write(`${name}.jpg, ${Math.ceil(picture.length / 1024)} KiB\n`)
}

async function takeConsole(browser: Browser, lintel: Lintel): Promise<void> {
  const viewport = { width: 1100, height: 700 }
  const context = await browser.newContext({ baseURL: lintel.origin, viewport, reducedMotion: 'reduce' })
  const tab = await context.newPage()
  await signIn(tab, lintel, agent)
  for (const [name, { go, before = 'footer' }] of Object.entries(pictures).filter(([name]) =>
    isWanted(name),
  )) {
    await go(tab)
    await tab.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
    await tab.mouse.move(0, 0)
    await tab.evaluate(() => window.scrollTo(0, 0))
    const end = await tab.locator(before).first().boundingBox()
    const clip = { x: 0, y: 0, width: viewport.width, height: Math.floor(end?.y ?? viewport.height) }
    await save(name, await tab.screenshot({ ...kind, fullPage: true, clip }))
  }
  await context.close()
}

/** The door at a desk by day and on a phone by night, side by side. */
async function takeDoor(browser: Browser, lintel: Lintel): Promise<void> {
  const shot = async (options: BrowserContextOptions) => {
    const context = await browser.newContext({ baseURL: lintel.origin, ...options })
    const tab = await context.newPage()
    await tab.goto('/sign-in')
    const picture = (await tab.screenshot()).toString('base64')
    await context.close()
    return `<img alt="" style="border-radius:6px" src="data:image/png;base64,${picture}">`
  }
  const desk = await shot({ viewport: { width: 900, height: 720 } })
  const phone = await shot({ viewport: { width: 320, height: 720 }, colorScheme: 'dark' })
  const frame = await browser.newPage({ viewport: { width: 1280, height: 760 } })
  await frame.setContent(
    `<body style="margin:20px;display:flex;gap:20px;background:#e8e2da">${desk}${phone}</body>`,
  )
  await save('sign-in', await frame.screenshot(kind))
}

try {
  const lintel = await startLintel(
    { after: cleanup => void cleanups.unshift(cleanup) },
    { engine: 'sqlite', entry: 'src/demo/main.ts' },
  )
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', chromiumSandbox: false })
  cleanups.unshift(() => browser.close())
  if (isWanted('sign-in')) await takeDoor(browser, lintel)
  await takeConsole(browser, lintel)
} finally {
  for (const cleanup of cleanups) await cleanup()
}
