import { refuse, statusOf } from '../../refusals.ts'
import { administrators } from '../../session/access.ts'
import { type Entered, onceFresh } from '../../session/reauthentication.ts'
import { insideRoute, type Route, redirectSaying, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
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

/** Retiring one, and bringing it back. */
export const retireRoutes = (parts: Parts, pages: PlacePages): readonly Route[] =>
  [true, false].flatMap(retire => {
    const path = `${pages.base}/:id/${retire ? 'retire' : 'bring-back'}`
    return [
      insideRoute('GET', path, administrators, visit => showRetire(parts, visit, pages, retire)),
      insideRoute('POST', path, administrators, visit => postRetire(parts, visit, pages, retire), {
        keep: { path },
      }),
    ]
  })

/** Retiring takes work away from people: the administrator gives the password again first. */
const enterRetire = async (
  parts: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
): Promise<Entered<{ readonly place: Place }>> => onceFresh(visit, await placeOfAddress(parts, visit, pages))

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
    return redirectSaying(visit, `${pages.base}/${entered.place.id}`, retire ? 'retired' : 'brought-back')
  const fresh = await asItIsNow(parts, visit, pages, outcome.refusals)
  return 'answer' in fresh
    ? fresh.answer
    : showRetirePage(parts, visit, pages, { ...fresh, retire, refusals: outcome.refusals })
}
