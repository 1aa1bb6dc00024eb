import { AssertionError } from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import { HtmlValidate, StaticConfigLoader } from 'html-validate'
import type { Page } from 'playwright-core'
import { isScriptless, lastDocument, sharedBrowser } from '../browser/browser.ts'
import { findInLayout, findInPage } from './page-findings.ts'
import { findInMenu, findInRhythm } from './page-rhythm.ts'

const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
/** The narrowest phones that WCAG 1.4.10 asks for, and the commonest small one. */
const narrow = [320, 360]
/** A phone that is not tall: the user settings menu ends within it. */
const smallScreen = { width: 360, height: 640 }

const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ['html-validate:standard', 'html-validate:a11y'],
    rules: { 'no-inline-style': 'error', 'no-dup-id': 'error', 'no-missing-references': 'error' },
  }),
)

const axe = (page: Page) => findingsOf(builderFor(page).withTags(axeTags))

/** Text too pale for its ground, in the colors that the page has now. */
export const contrastFindings = (page: Page): Promise<string[]> =>
  findingsOf(builderFor(page).withRules(['color-contrast']))

/**
 * Names only what is wrong, not each node that is right: most of the work otherwise. Legacy mode: no second tab for each look;
 * these pages have no frames that would need one.
 */
const builderFor = (page: Page) =>
  new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()

async function findingsOf(builder: AxeBuilder): Promise<string[]> {
  const { violations } = await builder.analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => {
      const why = failureSummary.split('\n').slice(1, 3).join(';').trim()
      return `axe ${id}: ${help} (${target.join(' ')}) ${why}`
    }),
  )
}

async function validity(source: string): Promise<string[]> {
  const { results } = await validator.validateString(source)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `html ${line}:${column} ${ruleId}: ${message}`),
  )
}

async function layout(page: Page): Promise<string[]> {
  const size = page.viewportSize()
  const look = async () => [...(await page.evaluate(findInLayout)), ...(await page.evaluate(findInRhythm))]
  const findings = await look()
  for (const width of narrow) {
    await page.setViewportSize({ width, height: size?.height ?? 800 })
    findings.push(...(await look()))
  }
  await page.setViewportSize(smallScreen)
  findings.push(...(await page.evaluate(findInMenu)))
  if (size) await page.setViewportSize(size)
  return findings
}

/** Nothing can be examined inside a page whose scripts are off: the same answer is shown once more with scripts on. */
async function withScripts<T>(page: Page, source: string, use: (page: Page) => Promise<T>): Promise<T> {
  const browser = await sharedBrowser()
  const context = await browser.newContext({
    viewport: page.viewportSize(),
    storageState: await page.context().storageState(),
  })
  try {
    const twin = await context.newPage()
    const headers = await lastDocument(page)?.allHeaders()
    const contentType = headers?.['content-type'] ?? 'text/html; charset=utf-8'
    const address = page.url().startsWith('http') ? page.url() : 'http://localhost/'
    await twin.route(address, route => route.fulfill({ body: source, contentType }))
    await twin.goto(address)
    return await use(twin)
  } finally {
    await context.close()
  }
}

/** Problems with a page whose scripts run; `source` is what the server sent. */
export async function pageFindings(page: Page, source: string): Promise<string[]> {
  return [...(await page.evaluate(findInPage)), ...(await plainFindings(page, source))]
}

/** What holds for pages that are not ours too. */
const plainFindings = async (page: Page, source: string): Promise<string[]> => [
  ...(await axe(page)),
  ...(await layout(page)),
  ...(await validity(source)),
]

/** Holds a page of an example to WCAG 2.2 AA, valid HTML and a small phone. */
export async function checkExample(page: Page): Promise<void> {
  throwAny(page, await plainFindings(page, await page.content()))
}

/**
 * Holds every page to one measure: WCAG 2.2 AA and axe's best practice, valid HTML, one `h1`, a title that ends with
 * "– Lintel", unique ids, references that lead somewhere, nothing inline, no sideways scrolling on a small phone,
 * `autocomplete` on every input, targets of 24 px. Throws one AssertionError that lists all findings.
 */
export async function checkPage(page: Page): Promise<void> {
  const source = (await lastDocument(page)?.text()) ?? (await page.content())
  const found = isScriptless(page)
    ? await withScripts(page, source, twin => pageFindings(twin, source))
    : await pageFindings(page, source)
  throwAny(page, found)
}

function throwAny(page: Page, found: readonly string[]): void {
  const all = [...new Set(found)]
  if (all.length === 0) return
  const message = `${page.url()} has ${all.length} faults:\n${all.map(one => `- ${one}`).join('\n')}`
  throw new AssertionError({ message, actual: all, expected: [], operator: 'checkPage' })
}
