import { anyone } from '../session/access.ts'
import { type Route, route, send } from '../session/visit.ts'
import type { Frame } from '../web/frame.ts'
import { type Html, html } from '../web/html.ts'
import { page } from '../web/layout.ts'
import { wordsFor } from './words.ts'

const statements = ['privacy', 'accessibility'] as const

/** What is kept of people, and whom these pages are built for: at the foot of every page, for anyone. */
export const statementRoutes = (): readonly Route[] =>
  statements.map(name =>
    route('GET', `/${name}`, anyone, async visit => send(visit, statementPage(await visit.frame(), name))),
  )

function statementPage(frame: Frame, name: (typeof statements)[number]): Html {
  const { title, paragraphs } = wordsFor(frame.language).statements[name]
  return page(
    frame,
    { title, kind: frame.menu === undefined ? 'door' : 'inside' },
    html`<h1>${title}</h1>${paragraphs(frame.site.name, frame.site.helpdeskName).map(text => html`<p>${text}</p>`)}`,
  )
}
