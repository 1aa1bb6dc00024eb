import { refuse, statusOf } from '../../refusals.ts'
import { administrators } from '../../session/access.ts'
import { type Route, redirectSaying, routeOf, send, type Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import { agentOf, consoleFrame, writeAs } from '../shared/console.ts'
import { readVersion } from '../shared/version.ts'
import {
  noVersion,
  type Parts,
  type Place,
  type PlacePages,
  placeOfAddress,
  type Refusals,
} from './address.ts'
import {
  checkStanding,
  entryOfStanding,
  putStanding,
  readStanding,
  readStandingEntry,
  type StandingEntry,
} from './standing.ts'
import { standingPage } from './standing-pages.ts'

/** What an agency has bought and signed, and whether its people are hidden: for administrators, behind the password. */
export function standingRoutes(parts: Parts, pages: PlacePages): readonly Route[] {
  const path = `${pages.base}/:id/standing`
  const place = placeOfAddress(parts, pages)
  const proof = 'fresh'
  return [
    routeOf('GET', path, administrators, place, (visit, found) => showStanding(parts, visit, pages, found), {
      proof,
    }),
    routeOf('POST', path, administrators, place, (visit, found) => postStanding(parts, visit, pages, found), {
      proof,
      keep: { path },
    }),
  ]
}

async function render(
  visit: Visit<Session>,
  pages: PlacePages,
  place: Place,
  entry: StandingEntry,
  refusals: Refusals = [],
): Promise<Response> {
  const page = standingPage(await consoleFrame(visit, pages.current), pages.base, { place, entry, refusals })
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function showStanding(
  { services, fail }: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
  place: Place,
): Promise<Response> {
  const kept = await visit.kept()
  const standing = await readStanding(services.store.read, place.id)
  if (standing === undefined) return fail(visit.c, 404)
  return render(
    visit,
    pages,
    place,
    kept.has('version') ? readStandingEntry(kept) : entryOfStanding(standing),
  )
}

async function postStanding(
  parts: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
  place: Place,
): Promise<Response> {
  const entry = readStandingEntry(visit.form)
  const seenVersion = readVersion(visit.form)
  const wrong = [...checkStanding(entry), ...(seenVersion === undefined ? [noVersion] : [])]
  const act = { agent: agentOf(visit), id: place.id, seenVersion: seenVersion ?? 0 }
  const put =
    wrong.length > 0
      ? refuse(...wrong)
      : await writeAs(parts, visit, tx => putStanding(parts.services, tx, act, entry))
  return put.ok
    ? redirectSaying(visit, `${pages.base}/${place.id}`, 'edited')
    : render(visit, pages, (await placeOfAddress(parts, pages).find(visit)) ?? place, entry, put.refusals)
}
