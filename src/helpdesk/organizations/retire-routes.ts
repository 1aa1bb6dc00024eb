import { refuse, statusOf } from '../../refusals.ts'
import { administrators } from '../../session/access.ts'
import { type Route, redirectSaying, routeOf, send, type Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import type { ActivityRow } from '../shared/activity.ts'
import { consoleFrame } from '../shared/console.ts'
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
import { retirePlace } from './change.ts'
import { retirePage } from './form-pages.ts'
import { countOnlyHere } from './store.ts'

/** Retiring one, and bringing it back. Retiring takes work away from people: the administrator gives the password again first. */
export const retireRoutes = (parts: Parts, pages: PlacePages): readonly Route[] =>
  [true, false].flatMap(retire => {
    const path = `${pages.base}/:id/${retire ? 'retire' : 'bring-back'}`
    const found = placeOfAddress(parts, pages)
    const show = (visit: Visit<Session>, place: Place) =>
      showRetirePage(parts, visit, pages, { place, retire, refusals: [], history: [] })
    const post = (visit: Visit<Session>, place: Place) => postRetire(parts, visit, pages, place, retire)
    return [
      routeOf('GET', path, administrators, found, show, { proof: 'fresh' }),
      routeOf('POST', path, administrators, found, post, { proof: 'fresh', keep: { path } }),
    ]
  })

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
  const page = retirePage(await consoleFrame(visit, pages.current), pages, {
    ...given,
    onlyHere,
    now: visit.now,
  })
  return send(visit, page, given.refusals.length > 0 ? statusOf(given.refusals) : 200)
}

async function postRetire(
  parts: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
  place: Place,
  retire: boolean,
): Promise<Response> {
  const act = actOf(visit, pages, place)
  const outcome =
    act === undefined
      ? refuse(noVersion)
      : await write(parts, visit, tx => retirePlace(parts.services, tx, act, retire))
  if (outcome.ok)
    return redirectSaying(visit, `${pages.base}/${place.id}`, retire ? 'retired' : 'brought-back')
  const { refusals } = outcome
  return asItIsNow(parts, visit, pages, refusals, (now, history) =>
    showRetirePage(parts, visit, pages, { place: now, history, retire, refusals }),
  )
}
