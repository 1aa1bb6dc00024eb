import { refuse, statusOf } from '../../refusals.ts'
import { administrators } from '../../session/access.ts'
import { insideRoute, type Route, redirectSaying, routeOf, send, type Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import type { ActivityRow } from '../shared/activity.ts'
import { agentOf, consoleFrame } from '../shared/console.ts'
import {
  actOf,
  asItIsNow,
  noVersion,
  type Parts,
  type Place,
  type PlacePages,
  placeOfAddress,
  type Refusals,
  write,
} from './address.ts'
import { createPlace, editPlace } from './change.ts'
import { placeFormPage } from './form-pages.ts'
import { readTies } from './giving.ts'
import { checkPlaceEntry, type PlaceEntry, readPlaceEntry } from './rules.ts'

/** Making one, and editing one: what applications know it by is behind the password. */
export function editRoutes(parts: Parts, pages: PlacePages): readonly Route[] {
  const [made, edited] = [`${pages.base}/new`, `${pages.base}/:id/edit`]
  const place = placeOfAddress(parts, pages)
  return [
    insideRoute('GET', made, administrators, visit => showNew(parts, visit, pages)),
    insideRoute('POST', made, administrators, visit => postNew(parts, visit, pages), {
      keep: { path: made },
    }),
    routeOf('GET', edited, administrators, place, (visit, found) => showEdit(parts, visit, pages, found), {
      proof: 'fresh',
    }),
    routeOf('POST', edited, administrators, place, (visit, found) => postEdit(parts, visit, pages, found), {
      proof: 'fresh',
      keep: { path: edited },
    }),
  ]
}

async function showForm(
  parts: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
  place: Place | undefined,
  entry: PlaceEntry,
  list: Refusals = [],
  history: readonly ActivityRow[] = [],
): Promise<Response> {
  const ties = entry.giving && (await readTies(parts.services.store, entry.giving.tiedTo))
  const view = { place, entry, ties, refusals: list, history, now: visit.now }
  const page = placeFormPage(await consoleFrame(visit, pages.current), pages, view)
  return send(visit, page, list.length > 0 ? statusOf(list) : 200)
}

async function showNew(parts: Parts, visit: Visit<Session>, pages: PlacePages): Promise<Response> {
  const kept = await visit.kept()
  const entry = readPlaceEntry(pages.kind, kept)
  const isBlank = entry.giving !== undefined && !kept.has('name')
  const giving = isBlank ? { giving: { givenBy: 'helpdesk', tiedTo: [] } as const } : {}
  return showForm(parts, visit, pages, undefined, { ...entry, ...giving })
}

async function postNew(parts: Parts, visit: Visit<Session>, pages: PlacePages): Promise<Response> {
  const entry = readPlaceEntry(pages.kind, visit.form)
  const wrong = checkPlaceEntry(entry)
  const act = { agent: agentOf(visit), kind: pages.kind, now: visit.now }
  const made =
    wrong.length > 0
      ? refuse(...wrong)
      : await write(parts, visit, tx => createPlace(parts.services, tx, act, entry))
  return made.ok
    ? redirectSaying(visit, `${pages.base}/${made.value}`, 'created')
    : showForm(parts, visit, pages, undefined, entry, made.refusals)
}

async function showEdit(
  parts: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
  place: Place,
): Promise<Response> {
  const kept = await visit.kept()
  const entry = kept.has('name') ? readPlaceEntry(pages.kind, kept) : { ...place, key: place.key ?? '' }
  return showForm(parts, visit, pages, place, entry)
}

async function postEdit(
  parts: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
  place: Place,
): Promise<Response> {
  const entry = readPlaceEntry(pages.kind, visit.form)
  const act = actOf(visit, pages, place)
  const wrong = [...checkPlaceEntry(entry), ...(act === undefined ? [noVersion] : [])]
  const edited =
    wrong.length > 0 || act === undefined
      ? refuse(...wrong)
      : await write(parts, visit, tx => editPlace(parts.services, tx, act, entry))
  if (edited.ok) return redirectSaying(visit, `${pages.base}/${place.id}`, 'edited')
  return asItIsNow(parts, visit, pages, edited.refusals, (now, history) =>
    showForm(parts, visit, pages, now, entry, edited.refusals, history),
  )
}
