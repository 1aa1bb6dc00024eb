import type { Frame } from '../web/frame.ts'
import { type Content, type Html, html } from '../web/html.ts'
import { button, form, hidden, table } from '../web/parts.ts'
import type { Devices } from './devices.ts'
import type { SecurityWords } from './security-words.ts'

interface InWords {
  readonly time: (at: number) => string
  readonly browser: (userAgent: string) => string
}

/** Where the person is signed in, and the computers on which no code is asked; each can be ended. */
export function devicesSection(
  frame: Frame,
  { sessions, computers }: Devices,
  words: SecurityWords,
  inWords: InWords,
): Content {
  const end = (action: string, id: string, label: string): Html =>
    form({ action, csrf: frame.csrf }, html`${hidden('id', id)}${button(label, { kind: 'quiet' })}`)
  return html`<h2>${words.devices}</h2>${table({
    caption: words.devices,
    captionHidden: true,
    columns: [words.browser, words.signedInAt, words.lastUsed, words.action].map(text => ({ text })),
    rows: sessions.map(({ id, userAgent, createdAt, lastSeenAt, isThis }) => [
      html`${inWords.browser(userAgent)}${isThis && html`<br><strong>${words.thisBrowser}</strong>`}`,
      inWords.time(createdAt),
      inWords.time(lastSeenAt),
      isThis ? '' : end('/security/sessions/end', id, words.endSession),
    ]),
    language: frame.language,
  })}${
    computers.length > 0 &&
    html`<h3>${words.computers}</h3>${table({
      caption: words.computers,
      captionHidden: true,
      columns: [words.browser, words.lastUsed, words.until, words.action].map(text => ({ text })),
      rows: computers.map(({ id, userAgent, usedAt, expiresAt }) => [
        inWords.browser(userAgent),
        inWords.time(usedAt),
        inWords.time(expiresAt),
        end('/security/computers/end', id, words.askAgain),
      ]),
      language: frame.language,
    })}`
  }`
}
