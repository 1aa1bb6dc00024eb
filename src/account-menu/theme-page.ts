import type { Theme } from '../store/schema.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { themeForm } from './menu.ts'
import { wordsFor } from './words.ts'

/** The theme on a page of its own: where a choice that came too late is shown again. */
export function themePage(frame: Frame, theme: Theme): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.themeTitle },
    html`<h1>${words.themeTitle}</h1>${themeForm(words, frame.csrf, theme, '')}`,
  )
}
