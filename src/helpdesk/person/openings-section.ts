import type { Frame } from '../../web/frame.ts'
import { type Content, html } from '../../web/html.ts'
import { table } from '../../web/parts.ts'
import { wordsFor as consoleWords } from '../shared/words.ts'
import type { Opening } from './openings.ts'
import { wordsFor } from './openings-words.ts'

export interface OpeningsView {
  readonly openings: readonly Opening[]
  readonly personId: string
  /** Whether this agent may end the person's sessions. */
  readonly mayEnd: boolean
  /** Only administrators see applications themselves. */
  readonly isAdministrator: boolean
  readonly inWords: (at: number) => string
}

/** Which applications a person can open, why not the others, and what they have open. Nothing where none is registered. */
export function openingsSection(frame: Frame, view: OpeningsView): Content {
  const { openings } = view
  if (openings.length === 0) return ''
  const words = wordsFor(frame.language)
  const isOpen = openings.some(({ now }) => now.kind === 'open')
  return html`<h2>${words.applications}</h2>${table({
    caption: words.applications,
    captionHidden: true,
    columns: words.columns.map(text => ({ text })),
    rows: openings.map(opening => [
      view.isAdministrator
        ? html`<a href="/helpdesk/applications/${opening.id}">${opening.name}</a>`
        : opening.name,
      words.verdict[opening.verdict](forWhom(frame, opening)),
      words.now[opening.now.kind]('at' in opening.now ? view.inWords(opening.now.at) : ''),
    ]),
    language: frame.language,
  })}${
    isOpen &&
    view.mayEnd &&
    html`<p>${words.endAll} <a href="/helpdesk/people/${view.personId}/end-sessions">${words.end}</a></p>`
  }`
}

function forWhom(frame: Frame, { roles, places }: Opening): readonly string[] {
  const named = consoleWords(frame.language).roles
  return [...roles.map(role => wordsFor(frame.language).role(named[role])), ...places]
}
