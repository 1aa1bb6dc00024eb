import { readReach } from '../../administration/reach.ts'
import { type MailTrouble, readMailTrouble } from '../../mail/standing.ts'
import { staff } from '../../session/access.ts'
import { insideRoute, type Route, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, button, searchForm, textField } from '../../web/parts.ts'
import { consoleFrame, type HelpdeskParts } from '../shared/console.ts'
import { type DayCount, readDayCounts } from './activity.ts'
import { lastDays } from './days.ts'
import { dayPlots } from './plot.ts'
import { queueList } from './queue-list.ts'
import { type Queue, readQueues } from './queues.ts'
import { type QueueWords, wordsFor } from './words.ts'

/** Days that are drawn. */
const plotDays = 30

export const queueRoutes = (parts: HelpdeskParts): readonly Route[] => [
  insideRoute('GET', '/helpdesk', staff, visit => showFront(parts, visit), { reads: 'queues' }),
]

async function showFront({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const reach = await readReach(services.store, visit.visitor)
  const policy = policyOf(visit.visitor)
  const queues = await readQueues(services, reach, policy, visit.now)
  const days = lastDays(visit.now, policy.timeZone, plotDays)
  const counts = await readDayCounts(services.store, days, reach)
  const trouble = reach === undefined ? await readMailTrouble(services.store) : undefined
  return send(visit, frontPage(await consoleFrame(visit, 'start'), queues, counts, trouble))
}

/** How many wait, the server's own words, and what to do. */
const mailTrouble = ({ waiting, said, remedy }: MailTrouble, words: QueueWords): Html =>
  html`${words.mailWaits(waiting)}${said !== '' && html` ${words.mailSaid(said)}`} ${remedy}`

/** The console's front page: find a person, what waits, and how the last days were. */
function frontPage(
  frame: Frame,
  queues: readonly Queue[],
  days: readonly DayCount[],
  trouble: MailTrouble | undefined,
): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.title, kind: 'console' },
    html`<h1>${words.title}</h1>${
      trouble && alert('warning', mailTrouble(trouble, words), words.mailDown)
    }<h2>${words.find}</h2>${searchForm(
      '/helpdesk/people',
      html`${textField({
        name: 'q',
        label: words.search,
        hint: words.searchHint,
        type: 'search',
        autocomplete: 'off',
        typing: 'signs',
      })}${button(words.press)}`,
    )}${queueList(frame, queues)}${dayPlots(frame, days)}`,
  )
}
