import type { Visit } from '../../session/visit.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { buttonGroup, linkButton } from '../../web/parts.ts'
import { wordsFor } from './words.ts'

/** A page of work under way that asks again by itself until anyone who reads it stops it (WCAG 2.2.1, 2.2.2). */
export interface SelfRefresh {
  readonly address: string
  readonly seconds: number
  readonly isStopped: boolean
}

const stop = 'stop'

/** Has the browser ask again after so many seconds, unless the address says that it was stopped. */
export function selfRefresh({ c }: Visit, address: string, seconds: number): SelfRefresh {
  const isStopped = c.req.query(stop) !== undefined
  if (!isStopped) c.header('refresh', String(seconds))
  return { address, seconds, isStopped }
}

/** Says that the page asks again, with the links that do so now, stop it and let it go on. */
export function refreshParts(
  { address, seconds, isStopped }: SelfRefresh,
  language: string,
  ...more: readonly Content[]
): Html {
  const words = wordsFor(language)
  const stopped = `${address}?${stop}`
  return html`<p class="usa-hint">${isStopped ? words.refreshStopped : words.refreshes(seconds)}</p>${buttonGroup(
    linkButton(isStopped ? stopped : address, words.lookAgain),
    isStopped
      ? linkButton(address, words.refreshOn, 'secondary')
      : linkButton(stopped, words.refreshStop, 'secondary'),
    ...more,
  )}`
}
