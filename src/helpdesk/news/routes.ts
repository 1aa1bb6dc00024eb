import { isId, readReach } from '../../administration/reach.ts'
import { type Refusal, refuse, statusOf } from '../../refusals.ts'
import { staff } from '../../session/access.ts'
import { recordRefusal } from '../../session/forgery.ts'
import { type Entered, requireRecent } from '../../session/reauthentication.ts'
import { insideRoute, type Route, redirectSaying, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { agentOf, consoleFrame, type HelpdeskParts } from '../shared/console.ts'
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
const keep = (path: string) => ({ keep: { path } })

type Handler = (parts: HelpdeskParts, visit: Visit<Session>) => Promise<Response>

/** News for everyone's Home. The address of new ones comes before those of one, which it looks like. */
export function newsRoutes(parts: HelpdeskParts): readonly Route[] {
  const byWriter = (handle: Handler) => (visit: Visit<Session>) => forWriter(parts, visit, handle)
  return [
    insideRoute('GET', newsBase, staff, visit => showList(parts, visit)),
    insideRoute('GET', `${newsBase}/new`, staff, byWriter(showNew)),
    insideRoute('POST', `${newsBase}/new`, staff, byWriter(postNew), keep(`${newsBase}/new`)),
    insideRoute('GET', `${one}/edit`, staff, byWriter(showEdit)),
    insideRoute('POST', `${one}/edit`, staff, byWriter(postEdit), keep(`${one}/edit`)),
    insideRoute('GET', `${one}/remove`, staff, byWriter(showRemove)),
    insideRoute('POST', `${one}/remove`, staff, byWriter(postRemove)),
  ]
}

/** Everyone reads the news: who looks after the people of some organizations writes none. */
const mayWrite = async ({ services }: HelpdeskParts, { visitor }: Visit<Session>): Promise<boolean> =>
  (await readReach(services.store, visitor)) === undefined

async function forWriter(parts: HelpdeskParts, visit: Visit<Session>, handle: Handler): Promise<Response> {
  if (await mayWrite(parts, visit))
    return (await requireRecent(visit, visit.c.req.path)) ?? handle(parts, visit)
  await recordRefusal(parts.services, visit, 'authz_fail', visit.c.req.path)
  return parts.fail(visit.c, 403)
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

const showNew: Handler = async (_, visit) => showForm(visit, undefined, readNewsEntry(await visit.kept()))

async function postNew({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const entry = readNewsEntry(visit.form)
  const { content, refusals } = checkNews(entry, zoneOf(visit), visit.now)
  if (refusals.length > 0) return showForm(visit, undefined, entry, refusals)
  await services.store.write(tx => createNews(services, tx, agentOf(visit), content, visit.now))
  return redirectSaying(visit, newsBase, 'created')
}

/** The news of the address, or the answer when there are none. */
async function newsOfAddress(
  { services, fail }: HelpdeskParts,
  visit: Visit<Session>,
): Promise<Entered<{ readonly item: NewsRow }>> {
  const id = visit.c.req.param('id') ?? ''
  const item = isId(id) ? await readNews(services.store, id) : undefined
  return item === undefined ? { answer: await fail(visit.c, 404) } : { item }
}

function entryOf({ title, text, shownFrom, shownUntil }: NewsRow, timeZone: string): NewsEntry {
  const from = clockOf(shownFrom, timeZone)
  const until = shownUntil === null ? { date: '', time: '' } : clockOf(shownUntil, timeZone)
  return {
    title,
    text,
    fromDate: from.date,
    fromTime: from.time,
    untilDate: until.date,
    untilTime: until.time,
  }
}

async function showEdit(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const found = await newsOfAddress(parts, visit)
  if ('answer' in found) return found.answer
  const kept = await visit.kept()
  const entry = kept.has('title') ? readNewsEntry(kept) : entryOf(found.item, zoneOf(visit))
  return showForm(visit, found.item, entry)
}

const noVersion = { code: 'news.no-version' } as const satisfies Refusal<NewsCode>

/** The act that a form asks for; undefined without the version that its page showed. */
function actOf(visit: Visit<Session>, { id }: NewsRow): NewsAct | undefined {
  const seenVersion = readVersion(visit.form)
  return seenVersion === undefined ? undefined : { agent: agentOf(visit), id, seenVersion }
}

async function postEdit(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const found = await newsOfAddress(parts, visit)
  if ('answer' in found) return found.answer
  const { services } = parts
  const entry = readNewsEntry(visit.form)
  const { content, refusals } = checkNews(entry, zoneOf(visit), visit.now)
  const act = actOf(visit, found.item)
  const wrong = [...refusals, ...(act === undefined ? [noVersion] : [])]
  const edited =
    wrong.length > 0 || act === undefined
      ? refuse(...wrong)
      : await services.store.write(tx => editNews(services, tx, act, content))
  if (edited.ok) return redirectSaying(visit, newsBase, 'edited')
  const fresh = await newsOfAddress(parts, visit)
  return 'answer' in fresh ? fresh.answer : showForm(visit, fresh.item, entry, edited.refusals)
}

async function showRemovePage(visit: Visit<Session>, item: NewsRow, refusals: Refusals): Promise<Response> {
  const view = { item, refusals, timeZone: zoneOf(visit) }
  const page = removeNewsPage(await consoleFrame(visit, 'news'), view)
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function showRemove(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const found = await newsOfAddress(parts, visit)
  return 'answer' in found ? found.answer : showRemovePage(visit, found.item, [])
}

async function postRemove(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const found = await newsOfAddress(parts, visit)
  if ('answer' in found) return found.answer
  const { services } = parts
  const act = actOf(visit, found.item)
  const removed =
    act === undefined ? refuse(noVersion) : await services.store.write(tx => removeNews(services, tx, act))
  if (removed.ok) return redirectSaying(visit, newsBase, 'removed')
  const fresh = await newsOfAddress(parts, visit)
  return 'answer' in fresh ? fresh.answer : showRemovePage(visit, fresh.item, removed.refusals)
}
