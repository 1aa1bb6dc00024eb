import type { Page } from 'playwright-core'

/** A page as the server answered it: the measure shows it in a browser, whatever form or redirect led to it. */
export interface Answered {
  /** Whole address that the browser shows. */
  readonly address: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly html: string
}

/**
 * Shows an answer in this tab as if it had been asked for there, with its own headers and so its own CSP. A page that leads
 * on by itself stays.
 */
export async function showAnswer(page: Page, { address, status, headers, html }: Answered): Promise<void> {
  await page.unrouteAll()
  const { refresh, ...kept } = headers
  const body = html.replace(' data-lead-on', '')
  await page.route(address, route => route.fulfill({ status, headers: kept, body }))
  await page.goto(address)
}
