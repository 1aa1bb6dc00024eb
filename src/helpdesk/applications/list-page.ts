import type { HomeLink } from '../../applications/links.ts'
import type { Application } from '../../applications/rules.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, linkButton, table, tag } from '../../web/parts.ts'
import { dayInWords } from '../../web/time.ts'
import { entryOf, presetName } from './entry.ts'
import { linksSection } from './link-pages.ts'
import { applicationsBase } from './page.ts'
import { wordsFor } from './words.ts'

/** All applications by name. */
export function applicationsPage(
  frame: Frame,
  view: {
    readonly list: readonly Application[]
    readonly links: readonly HomeLink[]
    /** The result of the action just done. */
    readonly message: string | undefined
    readonly timeZone: string
  },
): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.title, kind: 'console' },
    html`${view.message && alert('success', view.message)}<h1>${words.title}</h1><p>${words.lead}</p><p>${linkButton(
      `${applicationsBase}/new`,
      words.register,
    )}</p>${table({
      caption: words.title,
      captionHidden: true,
      columns: words.columns.map(text => ({ text })),
      rows: view.list.map(application => [
        html`<a href="${applicationsBase}/${application.id}">${application.name}</a>`,
        presetName(application.preset),
        entryOf(application).who === 'everyone' ? words.everyone : words.some,
        application.lastUsedAt === null
          ? words.never
          : dayInWords(application.lastUsedAt, view.timeZone, frame.language),
        application.disabledAt === null ? tag(words.enabled, 'good') : tag(words.disabled, 'warning'),
      ]),
      empty: words.nothing,
      language: frame.language,
    })}${linksSection(frame, view.links)}`,
  )
}
