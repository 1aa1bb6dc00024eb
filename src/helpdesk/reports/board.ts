import { readReach } from '../../administration/reach.ts'
import { staff } from '../../session/access.ts'
import { type Route, routeOf, type Subject, send, type Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { momentOf } from '../../web/moment.ts'
import { table } from '../../web/parts.ts'
import { dayInWords } from '../../web/time.ts'
import { consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { type Board, type BoardRow, boardAsCsv, readBoard } from './board-store.ts'
import { wordsFor } from './words.ts'

const path = '/helpdesk/reports/board'

/** Counts without a name, for the board and the yearly report: for who looks after everyone. */
export function boardRoutes(parts: HelpdeskParts): readonly Route[] {
  const { store } = parts.services
  const all: Subject<true> = {
    find: async () => true,
    may: async visit => (await readReach(store, visit.visitor)) === undefined,
  }
  return [
    routeOf('GET', path, staff, all, async visit =>
      send(visit, boardPage(await consoleFrame(visit, 'reports'), await readBoard(store, visit.now))),
    ),
    routeOf('GET', `${path}/export`, staff, all, visit => exportBoard(parts, visit), { proof: 'fresh' }),
  ]
}

async function exportBoard(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const board = await readBoard(parts.services.store, visit.now)
  await writeAs(parts, visit, tx =>
    parts.services.audit.record(tx, {
      event: 'sensitive_read',
      ...visit.trace(),
      args: { what: 'board', form: 'csv', rows: board.rows.length },
    }),
  )
  visit.c.header('content-disposition', 'attachment; filename="board.csv"')
  return visit.c.body(boardAsCsv(board), 200, { 'content-type': 'text/csv; charset=utf-8' })
}

function boardPage(frame: Frame, board: Board): Html {
  const words = wordsFor(frame.language).board
  const [organizations, workgroups] = [
    board.rows.filter(({ kind }) => kind === 'organization'),
    board.rows.filter(({ kind }) => kind === 'workgroup'),
  ]
  const signedOn = (day: string) => {
    const at = momentOf(day, '00:00', 'UTC')
    return at === undefined ? '' : dayInWords(at, 'UTC', frame.language)
  }
  const left = ({ licenses, people }: BoardRow) =>
    licenses === null ? ['', ''] : [licenses, licenses - people]
  return page(
    frame,
    { title: words.title, kind: 'console' },
    html`<h1>${words.title}</h1><p>${words.about}</p><p>${words.all(board.people, board.signedIn)}</p><h2>${
      words.organizations
    }</h2>${table({
      caption: words.organizations,
      captionHidden: true,
      columns: words.organizationColumns.map((text, index) => ({ text, numeric: index > 0 && index < 5 })),
      rows: organizations.map(row => [
        ...[row.name, row.people, row.signedIn, ...left(row)],
        signedOn(row.agreementOn),
      ]),
      empty: words.none,
    })}<h2>${words.workgroups}</h2>${table({
      caption: words.workgroups,
      captionHidden: true,
      columns: words.workgroupColumns.map((text, index) => ({ text, numeric: index > 0 })),
      rows: workgroups.map(row => [row.name, row.people, row.signedIn]),
      empty: words.none,
    })}<p><a href="${path}/export">${words.export}</a></p><p class="after-form"><a href="/helpdesk/reports">${
      wordsFor(frame.language).back
    }</a></p>`,
  )
}
