import type { Page } from 'playwright-core'
import { type Answered, showAnswer } from './answered.ts'
import { contrastFindings, pageFindings } from './page-check.ts'
import { findClipped, findFocus, findInLayout, findShapeless } from './page-findings.ts'

/** Themes beside the light one, with what the browser says of the person's liking. */
const otherThemes = [
  ['dark', 'dark'],
  ['contrast', 'light'],
  ['contrast', 'dark'],
] as const

const desk = { width: 1280, height: 720 }
/** The rest of the desk when the page is zoomed to 200 %. */
const zoomed = { width: 640, height: 360 }
const smallPhone = { width: 320, height: 640 }

/**
 * Everything that is wrong with an answered page. Leaves the tab at the desk's width, in the light theme. High contrast is
 * looked at where `inAllThemes` says so: the states of a page share its colors.
 */
export async function measure(page: Page, answered: Answered, inAllThemes: boolean): Promise<string[]> {
  await page.setViewportSize(desk)
  await showAnswer(page, answered)
  return [
    ...(await shift(page)),
    ...titleFindings(await page.title(), answered.status),
    ...deadButtons(answered.html),
    ...(await pageFindings(page, answered.html)),
    ...(await themes(page, inAllThemes ? otherThemes : otherThemes.slice(0, 1))),
    ...(await largeText(page)),
    ...(await focusWalk(page)),
  ]
}

/** "Error:" stands before the title of a refused form, and of no other page (WCAG 2.4.2, 3.3.1). */
function titleFindings(title: string, status: number): string[] {
  const isRefusedForm = status === 422
  const saysError = title.startsWith('Error: ')
  if (isRefusedForm && !saysError) return [`title "${title}" does not begin with "Error:"`]
  return saysError && status < 400 ? [`title "${title}" tells an error, but nothing was refused`] : []
}

/** A button that only a script answers is hidden until the script is there. */
const deadButtons = (html: string): string[] =>
  [...html.replace(/<dialog\b.*?<\/dialog>/gs, '').matchAll(/<button\b[^>]*type="button"[^>]*>/g)]
    .map(([tag]) => tag)
    .filter(tag => !/\shidden[\s>]/.test(tag))
    .map(tag => `does nothing without scripts: ${tag}`)

/** Everything that moves by itself once it is painted (Cumulative Layout Shift). */
async function shift(page: Page): Promise<string[]> {
  const moved = await page.evaluate(async () => {
    type Shift = PerformanceEntry & { readonly sources: readonly { readonly node: Node | null }[] }
    const seen: string[] = []
    const watch = new PerformanceObserver(list => {
      for (const { sources } of list.getEntries() as Shift[]) {
        const names = sources.map(({ node }) =>
          node instanceof Element ? node.outerHTML.slice(0, 90) : 'text',
        )
        seen.push(names.join(' '))
      }
    })
    watch.observe({ type: 'layout-shift', buffered: true })
    await document.fonts.ready
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame)
    return seen
  })
  return moved.map(names => `moves while it loads: ${names}`)
}

async function themes(page: Page, wanted: readonly (typeof otherThemes)[number][]): Promise<string[]> {
  const findings: string[] = []
  const own = await page.locator('html').getAttribute('data-theme')
  const put = (name: string) =>
    page.evaluate(theme => {
      document.documentElement.dataset['theme'] = theme
    }, name)
  for (const [name, colorScheme] of wanted) {
    await page.emulateMedia({ colorScheme })
    await put(name)
    findings.push(...(await contrastFindings(page)).map(one => `in ${name}, ${colorScheme}: ${one}`))
  }
  await put(own ?? 'system')
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' })
  findings.push(...(await page.evaluate(findShapeless)))
  await page.emulateMedia({ forcedColors: 'none' })
  return findings
}

/** Text at 200 % (WCAG 1.4.4), and wide spacing of text on a small phone (WCAG 1.4.12). */
async function largeText(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })
  const findings = await page.evaluate(findClipped)
  await page.evaluate(() => {
    document.documentElement.style.fontSize = ''
  })
  await page.setViewportSize(zoomed)
  findings.push(...(await page.evaluate(findInLayout)).filter(one => one.startsWith('scrolls')))
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }',
    )
    document.adoptedStyleSheets = [sheet]
  })
  await page.setViewportSize(smallPhone)
  findings.push(...(await page.evaluate(findClipped)))
  await page.evaluate(() => {
    document.adoptedStyleSheets = []
  })
  await page.setViewportSize(desk)
  return findings
}

/** Every control by Tab, in the order of the page, with a ring that can be seen (WCAG 2.4.3, 2.4.7, 2.4.11). */
async function focusWalk(page: Page): Promise<string[]> {
  const findings: string[] = []
  await page.evaluate(() => {
    document.querySelector('h1')?.ownerDocument.defaultView?.getSelection()?.removeAllRanges()
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    scrollTo(0, 0)
  })
  const limit = await page.locator('a[href], button, input, select, textarea, summary').count()
  for (let stops = 0; stops <= limit + 2; stops++) {
    await page.keyboard.press('Tab')
    const { found, isEnd } = await page.evaluate(findFocus)
    findings.push(...found)
    if (isEnd) return findings
  }
  return [...findings, 'Tab comes to no end']
}

/** Sideways scrolling at the width of the smallest phone (WCAG 1.4.10). */
export async function reflowFindings(page: Page): Promise<string[]> {
  await page.setViewportSize(smallPhone)
  const findings = await page.evaluate(findInLayout)
  await page.setViewportSize(desk)
  return findings.filter(one => one.startsWith('scrolls'))
}
