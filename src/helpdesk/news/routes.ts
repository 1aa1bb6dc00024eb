import { isId, readReach } from '../../administration/reach.ts'
import { type Refusal, refuse, statusOf } from '../../refusals.ts'
import { staff } from '../../session/access.ts'
import {
  insideRoute,
  type Route,
  redirectSaying,
  routeOf,
  type Subject,
  send,
  type Visit,
} from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { agentOf, consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { readCursor } from '../shared/paging.ts'
import { readVersion } from '../shared/version.ts'
import { newsBase, newsFormPage, newsPage, removeNewsPage } from './pages.ts'
import { checkNews, clockOf, type NewsEntry, readNewsEntry } from './rules.ts'
import {
  createNews,
  editNews,
  type NewsAct,
  type NewsCode,
  type NewsRow,
  readNews,
  readNewsList,
  removeNews,
} from './store.ts'

const one = `${newsBase}/:id`
/** News for everyone's Home. The address of new ones comes before those of one, which it looks like. */
export function newsRoutes(parts: HelpdeskParts): readonly Route[] {
  const may = (visit: Visit<Session>) => mayWrite(parts, visit)
  const fresh: Subject<true> = { find: async () => true, may }
  const old: Subject<NewsRow> = { find: visit => newsOfAddress(parts, visit), may }
  const proof = 'recent'
  const [made, edited, removed] = [`${newsBase}/new`, `${one}/edit`, `${one}/remove`]
  return [
    insideRoute('GET', newsBase, staff, visit => showList(parts, visit)),
    routeOf('GET', made, staff, fresh, showNew, { proof }),
    routeOf('POST', made, staff, fresh, visit => postNew(parts, visit), { proof, keep: { path: made } }),
    routeOf('GET', edited, staff, old, showEdit, { proof }),
    routeOf('POST', edited, staff, old, (visit, item) => postEdit(parts, visit, item), {
      proof,
      keep: { path: edited },
    }),
    routeOf('GET', removed, staff, old, (visit, item) => showRemovePage(visit, item, []), { proof }),
    routeOf('POST', removed, staff, old, (visit, item) => postRemove(parts, visit, item), { proof }),
  ]
}

/** Everyone reads the news: who looks after the people of some organizations writes none. */
const mayWrite = async ({ services }: HelpdeskParts, { visitor }: Visit<Session>): Promise<boolean> =>
  (await readReach(services.store, visitor)) === undefined

async function newsOfAddress(
  { services }: HelpdeskParts,
  { c }: Visit<Session>,
): Promise<NewsRow | undefined> {
  const id = c.req.param('id') ?? ''
  return isId(id) ? readNews(services.store, id) : undefined
}

const zoneOf = (visit: Visit<Session>): string => policyOf(visit.visitor).timeZone

async function showList(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const list = await readNewsList(
    parts.services.store,
    readCursor(name => visit.c.req.query(name)),
  )
  const view = {
    list,
    did: visit.said() ?? '',
    mayWrite: await mayWrite(parts, visit),
    timeZone: zoneOf(visit),
    now: visit.now,
  }
  return send(visit, newsPage(await consoleFrame(visit, 'news'), view))
}

type Refusals = readonly Refusal<NewsCode>[]

async function showForm(
  visit: Visit<Session>,
  item: NewsRow | undefined,
  entry: NewsEntry,
  refusals: Refusals = [],
): Promise<Response> {
  const view = { item, entry, refusals, timeZone: zoneOf(visit) }
  const page = newsFormPage(await consoleFrame(visit, 'news'), view)
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

const showNew = async (visit: Visit<Session>): Promise<Response> =>
  showForm(visit, undefined, readNewsEntry(await visit.kept()))

async function postNew(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const entry = readNewsEntry(visit.form)
  const { content, refusals } = checkNews(entry, zoneOf(visit), visit.now)
  if (refusals.length > 0) return showForm(visit, undefined, entry, refusals)
  await writeAs(parts, visit, tx => createNews(parts.services, tx, agentOf(visit), content, visit.now))
  return redirectSaying(visit, newsBase, 'created')
}

function entryOf({ title, text, shownFrom, shownUntil }: NewsRow, timeZone: string): NewsEntry {
  const from = clockOf(shownFrom, timeZone)
  const until = shownUntil === null ? { date: '', time: '', clock: '' } : clockOf(shownUntil, timeZone)
  return {
    title,
    text,
    fromDate: from.date,
    fromTime: from.time,
    untilDate: until.date,
    untilTime: until.time,
    fromClock: from.clock,
    untilClock: until.clock,
  }
}

async function showEdit(visit: Visit<Session>, item: NewsRow): Promise<Response> {
  const kept = await visit.kept()
  const entry = kept.has('title') ? readNewsEntry(kept) : entryOf(item, zoneOf(visit))
  return showForm(visit, item, entry)
}

const noVersion = { code: 'news.no-version' } as const satisfies Refusal<NewsCode>

/** The act that a form asks for; undefined without the version that its page showed. */
function actOf(visit: Visit<Session>, { id }: NewsRow): NewsAct | undefined {
  const seenVersion = readVersion(visit.form)
  return seenVersion === undefined ? undefined : { agent: agentOf(visit), id, seenVersion }
}

async function postEdit(parts: HelpdeskParts, visit: Visit<Session>, item: NewsRow): Promise<Response> {
  const { services } = parts
  const entry = readNewsEntry(visit.form)
  const { content, refusals } = checkNews(entry, zoneOf(visit), visit.now)
  const act = actOf(visit, item)
  const wrong = [...refusals, ...(act === undefined ? [noVersion] : [])]
  const edited =
    wrong.length > 0 || act === undefined
      ? refuse(...wrong)
      : await writeAs(parts, visit, tx => editNews(services, tx, act, content))
  if (edited.ok) return redirectSaying(visit, newsBase, 'edited')
  return asItIsNow(parts, visit, now => showForm(visit, now, entry, edited.refusals))
}

/** A refused form beside the news as they are now. */
async function asItIsNow(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  show: (item: NewsRow) => Promise<Response>,
): Promise<Response> {
  const item = await newsOfAddress(parts, visit)
  return item === undefined ? parts.fail(visit.c, 404) : show(item)
}

async function showRemovePage(visit: Visit<Session>, item: NewsRow, refusals: Refusals): Promise<Response> {
  const view = { item, refusals, timeZone: zoneOf(visit) }
  const page = removeNewsPage(await consoleFrame(visit, 'news'), view)
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function postRemove(parts: HelpdeskParts, visit: Visit<Session>, item: NewsRow): Promise<Response> {
  const { services } = parts
  const act = actOf(visit, item)
  const removed =
    act === undefined ? refuse(noVersion) : await writeAs(parts, visit, tx => removeNews(services, tx, act))
  if (removed.ok) return redirectSaying(visit, newsBase, 'removed')
  return asItIsNow(parts, visit, now => showRemovePage(visit, now, removed.refusals))
}
