import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { alertIcon, details } from '../../web/parts.ts'
import { addressOf } from '../people/rules.ts'
import { mostCounted } from '../people/store.ts'
import type { Queue, QueueName } from './queues.ts'
import { type QueueWords, wordsFor } from './words.ts'

/** Queues in which somebody cannot work, or may be in danger, until the helpdesk acts. */
const urgent: Readonly<Partial<Record<QueueName, 'error' | 'warning'>>> = {
  incident: 'error',
  throttled: 'warning',
  'password-expires': 'warning',
  'mail-refused': 'warning',
}

function addressOfQueue(name: QueueName): string {
  if (name === 'trained') return '/helpdesk/training'
  return name === 'requests' ? '/helpdesk/requests' : addressOf({ state: name })
}

/** What waits: the number first, the urgent on top; queues with nobody in them are folded away. */
export function queueList(frame: Frame, queues: readonly Queue[]): Html {
  const words = wordsFor(frame.language)
  const waiting = queues
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => Number(urgent[b.name] !== undefined) - Number(urgent[a.name] !== undefined))
  const empty = queues.filter(({ count }) => count === 0)
  return html`<h2>${words.queues}</h2>${
    waiting.length === 0
      ? html`<p>${words.nothingWaits}</p>`
      : html`<ul class="queues">${waiting.map(queue => line(queue, words))}</ul>`
  }${
    empty.length > 0 &&
    details(
      words.emptyQueues(empty.length),
      html`<ul class="usa-list">${empty.map(
        ({ name }) => html`<li><a href="${addressOfQueue(name)}">${words.names[name]}</a></li>`,
      )}</ul>`,
    )
  }`
}

function line({ name, count }: Queue, words: QueueWords): Html {
  const tone = urgent[name]
  return html`<li class="queue${tone && ` queue--${tone}`}"><span class="queue-count">${
    count >= mostCounted ? words.orMore(mostCounted) : count
  }</span><div><a href="${addressOfQueue(name)}">${words.names[name]}</a>${tone && alertIcon(tone)}<p class="usa-hint">${
    words.advice[name]
  }</p></div></li>`
}
