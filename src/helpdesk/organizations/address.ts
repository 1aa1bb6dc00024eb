import { isId, readReach, readViewer } from '../../administration/reach.ts'
import type { Outcome, Refusal } from '../../refusals.ts'
import type { Subject, Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import { isTaken, type Tx } from '../../store/store.ts'
import type { ActivityRow } from '../shared/activity.ts'
import { readActivity } from '../shared/activity.ts'
import { agentOf, type ConsolePage, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { readVersion } from '../shared/version.ts'
import type { PlaceAct, PlaceCode } from './change.ts'
import type { Kind } from './pages.ts'
import { readPlace } from './store.ts'

/** The pages of one kind of place. */
export interface PlacePages extends Kind {
  readonly current: ConsolePage
}

export type Parts = HelpdeskParts
export type Place = NonNullable<Awaited<ReturnType<typeof readPlace>>>
export type Refusals = readonly Refusal<PlaceCode>[]

/** The one that an address names, as it is there for this agent. */
export const placeOfAddress = ({ services: { store } }: Parts, { kind }: PlacePages): Subject<Place> => ({
  async find({ c, visitor }) {
    const id = c.req.param('id') ?? ''
    return isId(id) ? readPlace(store, kind, id, await readReach(store, visitor)) : undefined
  },
})

/** When two requests with the same name or key arrive at once, the second is checked again and told what is taken. */
export async function write<Value>(
  parts: Parts,
  visit: Visit<Session>,
  work: (tx: Tx) => Promise<Outcome<Value, PlaceCode>>,
): Promise<Outcome<Value, PlaceCode>> {
  try {
    return await writeAs(parts, visit, work)
  } catch (error) {
    if (!isTaken(error)) throw error
    return writeAs(parts, visit, work)
  }
}

export const noVersion = { code: 'place.no-version' } as const satisfies Refusal<PlaceCode>

/** The act that a form asks for; undefined without the version that its page showed. */
export function actOf(visit: Visit<Session>, { kind }: PlacePages, place: Place): PlaceAct | undefined {
  const seenVersion = readVersion(visit.form)
  if (seenVersion === undefined) return undefined
  return { agent: agentOf(visit), kind, id: place.id, seenVersion, now: visit.now }
}

/** The answer to a refused form: it is shown beside the place as it is now, and what happened to that since the form was shown. */
export async function asItIsNow(
  parts: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
  list: Refusals,
  show: (place: Place, history: readonly ActivityRow[]) => Promise<Response>,
): Promise<Response> {
  const place = await placeOfAddress(parts, pages).find(visit)
  if (place === undefined) return parts.fail(visit.c, 404)
  const isLate = list.some(({ code }) => code === 'place.changed-meanwhile')
  return show(place, isLate ? await changesSinceSeen(parts, visit, place.id) : [])
}

async function changesSinceSeen(
  { services: { store } }: Parts,
  visit: Visit<Session>,
  id: string,
): Promise<readonly ActivityRow[]> {
  const seen = Number(visit.form.get('seen'))
  return (await readActivity(store, id, await readViewer(store, visit.visitor))).filter(
    ({ at }) => at >= seen,
  )
}
