import { type Outcome, type Refusal, refusals, refuse, statusOf } from '../../refusals.ts'
import { administrators, staff } from '../../session/access.ts'
import { requireFresh } from '../../session/reauthentication.ts'
import { insideRoute, type Route, redirect, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { isTaken, type Tx } from '../../store/store.ts'
import type { Form } from '../../web/request.ts'
import { agentOf, type ConsolePlace, consoleFrame, type HelpdeskParts } from '../console.ts'
import { everyone, readCursor } from '../people/rules.ts'
import { findPeople } from '../people/store.ts'
import { type ActivityRow, readActivity } from '../person/store.ts'
import { isId, readScope } from '../scope.ts'
import { createPlace, editPlace, type PlaceAct, type PlaceCode, retirePlace } from './change.ts'
import { type Kind, placeFormPage, placePage, placesPage, retirePage } from './pages.ts'
import { checkPlaceEntry, type PlaceEntry, readPlaceEntry, readVersion } from './rules.ts'
import { countOnlyHere, readFlags, readPlace, readPlaceList } from './store.ts'
import { organizationWords } from './words.ts'

/** The pages of one kind of place. */
export interface PlacePages extends Kind {
  readonly current: ConsolePlace
}

const organizations: PlacePages = {
  kind: 'organization',
  base: '/helpdesk/organizations',
  current: 'organizations',
  words: organizationWords,
}

export const organizationRoutes = (parts: HelpdeskParts): readonly Route[] =>
  placeRoutes(parts, organizations)

type Parts = HelpdeskParts
type Place = NonNullable<Awaited<ReturnType<typeof readPlace>>>

/** Staff read; administrators change. The address of a new one comes before those of one, which it looks like. */
export function placeRoutes(parts: Parts, pages: PlacePages): readonly Route[] {
  const { base } = pages
  const one = `${base}/:id`
  const keep = (path: string) => ({ keep: { path } })
  const retiring = (path: string, retire: boolean) => [
    insideRoute('GET', path, administrators, visit => showRetire(parts, visit, pages, retire)),
    insideRoute('POST', path, administrators, visit => postRetire(parts, visit, pages, retire), keep(path)),
  ]
  return [
    insideRoute('GET', base, staff, visit => showList(parts, visit, pages)),
    insideRoute('GET', `${base}/new`, administrators, visit => showNew(visit, pages)),
    insideRoute(
      'POST',
      `${base}/new`,
      administrators,
      visit => postNew(parts, visit, pages),
      keep(`${base}/new`),
    ),
    insideRoute('GET', one, staff, visit => showPlace(parts, visit, pages)),
    insideRoute('GET', `${one}/edit`, administrators, visit => showEdit(parts, visit, pages)),
    insideRoute(
      'POST',
      `${one}/edit`,
      administrators,
      visit => postEdit(parts, visit, pages),
      keep(`${one}/edit`),
    ),
    ...retiring(`${one}/retire`, true),
    ...retiring(`${one}/bring-back`, false),
  ]
}

const isAdministrator = (visit: Visit<Session>): boolean => visit.visitor.person.role === 'administrator'

async function showList({ services }: Parts, visit: Visit<Session>, pages: PlacePages): Promise<Response> {
  const text = (visit.c.req.query('q') ?? '').slice(0, 120)
  const cursor = readCursor(name => visit.c.req.query(name))
  const scope = await readScope(services.store, visit.visitor)
  const list = await readPlaceList(services.store, pages.kind, { text, cursor }, scope)
  const view = { text, list, mayEdit: isAdministrator(visit) }
  return send(visit, placesPage(await consoleFrame(visit, pages.current), pages, view))
}

/** The one of the address, or the answer when there is none for this agent: who tries ids is recorded. */
async function placeOfAddress(
  { services, fail }: Parts,
  visit: Visit<Session>,
  { kind }: PlacePages,
): Promise<{ readonly place: Place } | { readonly answer: Response }> {
  const id = visit.c.req.param('id') ?? ''
  const scope = await readScope(services.store, visit.visitor)
  const place = isId(id) ? await readPlace(services.store, kind, id, scope) : undefined
  if (place !== undefined) return { place }
  await services.store.write(tx =>
    services.audit.record(tx, {
      event: refusals['account.not-there'].event,
      ...visit.trace(),
      args: { path: visit.c.req.path },
    }),
  )
  return { answer: await fail(visit.c, 404) }
}

async function showPlace(parts: Parts, visit: Visit<Session>, pages: PlacePages): Promise<Response> {
  const found = await placeOfAddress(parts, visit, pages)
  if ('answer' in found) return found.answer
  const { place } = found
  const { store } = parts.services
  const { did } = pages.words(visit.language)
  const said = visit.c.req.query('did') ?? ''
  const search = { ...everyone, [pages.kind]: place.id, cursor: readCursor(name => visit.c.req.query(name)) }
  const members = await findPeople(store, search, await readScope(store, visit.visitor), [], visit.now)
  const ids = members.people.map(({ id }) => id)
  const view = {
    place,
    members,
    flags: pages.kind === 'organization' ? await readFlags(store, place.id, ids) : undefined,
    history: await readActivity(store, place.id),
    mayEdit: isAdministrator(visit),
    message: Object.hasOwn(did, said) ? did[said as keyof typeof did] : undefined,
    timeZone: policyOf(visit.visitor).timeZone,
    now: visit.now,
  }
  return send(visit, placePage(await consoleFrame(visit, pages.current), pages, view))
}

type Refusals = readonly Refusal<PlaceCode>[]

async function showForm(
  visit: Visit<Session>,
  pages: PlacePages,
  place: Place | undefined,
  entry: PlaceEntry,
  list: Refusals = [],
  history: readonly ActivityRow[] = [],
): Promise<Response> {
  const { timeZone } = policyOf(visit.visitor)
  const view = { place, entry, refusals: list, history, timeZone, now: visit.now }
  const page = placeFormPage(await consoleFrame(visit, pages.current), pages, view)
  return send(visit, page, list.length > 0 ? statusOf(list) : 200)
}

const showNew = async (visit: Visit<Session>, pages: PlacePages): Promise<Response> =>
  showForm(visit, pages, undefined, readPlaceEntry(await visit.kept()))

async function postNew(parts: Parts, visit: Visit<Session>, pages: PlacePages): Promise<Response> {
  const entry = readPlaceEntry(visit.form)
  const wrong = checkPlaceEntry(entry)
  const act = { agent: agentOf(visit), kind: pages.kind, now: visit.now }
  const made =
    wrong.length > 0
      ? refuse(...wrong)
      : await write(parts, tx => createPlace(parts.services, tx, act, entry))
  return made.ok
    ? redirect(visit, `${pages.base}/${made.value}?did=created`)
    : showForm(visit, pages, undefined, entry, made.refusals)
}

/** Of two requests with the same name at the same moment the second is told that it is taken. */
async function write<Value>(
  { services }: Parts,
  work: (tx: Tx) => Promise<Outcome<Value, PlaceCode>>,
): Promise<Outcome<Value, PlaceCode>> {
  try {
    return await services.store.write(work)
  } catch (error) {
    if (isTaken(error)) return refuse({ code: 'place.name-taken', field: 'name' })
    throw error
  }
}

async function showEdit(parts: Parts, visit: Visit<Session>, pages: PlacePages): Promise<Response> {
  const found = await placeOfAddress(parts, visit, pages)
  if ('answer' in found) return found.answer
  const kept = await visit.kept()
  return showForm(visit, pages, found.place, kept.has('name') ? readPlaceEntry(kept) : found.place)
}

const noVersion = { code: 'place.no-version' } as const satisfies Refusal<PlaceCode>

/** The act that a form asks for; undefined without the version that its page showed. */
function actOf(visit: Visit<Session>, { kind }: PlacePages, place: Place): PlaceAct | undefined {
  const seenVersion = readVersion(visit.form)
  if (seenVersion === undefined) return undefined
  return { agent: agentOf(visit), kind, id: place.id, seenVersion, now: visit.now }
}

async function postEdit(parts: Parts, visit: Visit<Session>, pages: PlacePages): Promise<Response> {
  const found = await placeOfAddress(parts, visit, pages)
  if ('answer' in found) return found.answer
  const entry = readPlaceEntry(visit.form)
  const act = actOf(visit, pages, found.place)
  const wrong = [...checkPlaceEntry(entry), ...(act === undefined ? [noVersion] : [])]
  const edited =
    wrong.length > 0 || act === undefined
      ? refuse(...wrong)
      : await write(parts, tx => editPlace(parts.services, tx, act, entry))
  if (edited.ok) return redirect(visit, `${pages.base}/${found.place.id}?did=edited`)
  const fresh = await asItIsNow(parts, visit, pages, edited.refusals)
  return 'answer' in fresh
    ? fresh.answer
    : showForm(visit, pages, fresh.place, entry, edited.refusals, fresh.history)
}

/** What a refused form is shown beside: the place as it is now, and what happened to it since the form was shown. */
async function asItIsNow(
  parts: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
  list: Refusals,
): Promise<
  { readonly place: Place; readonly history: readonly ActivityRow[] } | { readonly answer: Response }
> {
  const found = await placeOfAddress(parts, visit, pages)
  if ('answer' in found || !list.some(({ code }) => code === 'place.changed-meanwhile'))
    return 'answer' in found ? found : { ...found, history: [] }
  return { ...found, history: await changesSinceSeen(parts, visit.form, found.place.id) }
}

const changesSinceSeen = async (
  { services }: Parts,
  form: Form,
  id: string,
): Promise<readonly ActivityRow[]> =>
  (await readActivity(services.store, id)).filter(({ at }) => at >= Number(form.get('seen')))

/** Retiring takes work away from people: the administrator gives the password again first. */
async function enterRetire(
  parts: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
): Promise<{ readonly place: Place } | { readonly answer: Response }> {
  const found = await placeOfAddress(parts, visit, pages)
  if ('answer' in found) return found
  const gate = await requireFresh(visit)
  return gate === undefined ? found : { answer: gate }
}

async function showRetire(
  parts: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
  retire: boolean,
): Promise<Response> {
  const entered = await enterRetire(parts, visit, pages)
  if ('answer' in entered) return entered.answer
  return showRetirePage(parts, visit, pages, { place: entered.place, retire, refusals: [], history: [] })
}

async function showRetirePage(
  { services }: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
  given: {
    readonly place: Place
    readonly retire: boolean
    readonly refusals: Refusals
    readonly history: readonly ActivityRow[]
  },
): Promise<Response> {
  const onlyHere = await countOnlyHere(services.store, pages.kind, given.place.id)
  const { timeZone } = policyOf(visit.visitor)
  const page = retirePage(await consoleFrame(visit, pages.current), pages, {
    ...given,
    onlyHere,
    timeZone,
    now: visit.now,
  })
  return send(visit, page, given.refusals.length > 0 ? statusOf(given.refusals) : 200)
}

async function postRetire(
  parts: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
  retire: boolean,
): Promise<Response> {
  const entered = await enterRetire(parts, visit, pages)
  if ('answer' in entered) return entered.answer
  const act = actOf(visit, pages, entered.place)
  const outcome =
    act === undefined
      ? refuse(noVersion)
      : await write(parts, tx => retirePlace(parts.services, tx, act, retire))
  if (outcome.ok)
    return redirect(visit, `${pages.base}/${entered.place.id}?did=${retire ? 'retired' : 'brought-back'}`)
  const fresh = await asItIsNow(parts, visit, pages, outcome.refusals)
  return 'answer' in fresh
    ? fresh.answer
    : showRetirePage(parts, visit, pages, { ...fresh, retire, refusals: outcome.refusals })
}
