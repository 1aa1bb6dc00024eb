import { isId, readReach, readViewer } from '../../administration/reach.ts'
import { type Outcome, type Refusal, refusals, refuse } from '../../refusals.ts'
import { recordRefusal } from '../../session/forgery.ts'
import type { Entered } from '../../session/reauthentication.ts'
import type { Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import { isTaken, type Tx } from '../../store/store.ts'
import type { ActivityRow } from '../shared/activity.ts'
import { readActivity } from '../shared/activity.ts'
import { agentOf, type ConsolePlace, type HelpdeskParts } from '../shared/console.ts'
import { readVersion } from '../shared/version.ts'
import type { PlaceAct, PlaceCode } from './change.ts'
import type { Kind } from './pages.ts'
import { readPlace } from './store.ts'

/** The pages of one kind of place. */
export interface PlacePages extends Kind {
  readonly current: ConsolePlace
}

export type Parts = HelpdeskParts
export type Place = NonNullable<Awaited<ReturnType<typeof readPlace>>>
export type Refusals = readonly Refusal<PlaceCode>[]

/** The one of the address, or the answer when there is none for this agent: who tries ids is recorded. */
export async function placeOfAddress(
  { services, fail }: Parts,
  visit: Visit<Session>,
  { kind }: PlacePages,
): Promise<Entered<{ readonly place: Place }>> {
  const id = visit.c.req.param('id') ?? ''
  const reach = await readReach(services.store, visit.visitor)
  const place = isId(id) ? await readPlace(services.store, kind, id, reach) : undefined
  if (place !== undefined) return { place }
  await recordRefusal(services, visit, refusals['account.not-there'].event, visit.c.req.path)
  return { answer: await fail(visit.c, 404) }
}

/** Of two requests with the same name at the same moment the second is told that it is taken. */
export async function write<Value>(
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

export const noVersion = { code: 'place.no-version' } as const satisfies Refusal<PlaceCode>

/** The act that a form asks for; undefined without the version that its page showed. */
export function actOf(visit: Visit<Session>, { kind }: PlacePages, place: Place): PlaceAct | undefined {
  const seenVersion = readVersion(visit.form)
  if (seenVersion === undefined) return undefined
  return { agent: agentOf(visit), kind, id: place.id, seenVersion, now: visit.now }
}

/** The background of a refused form: the place as it is now, and what happened to it since the form was shown. */
export async function asItIsNow(
  parts: Parts,
  visit: Visit<Session>,
  pages: PlacePages,
  list: Refusals,
): Promise<Entered<{ readonly place: Place; readonly history: readonly ActivityRow[] }>> {
  const found = await placeOfAddress(parts, visit, pages)
  if ('answer' in found || !list.some(({ code }) => code === 'place.changed-meanwhile'))
    return 'answer' in found ? found : { ...found, history: [] }
  return { ...found, history: await changesSinceSeen(parts, visit, found.place.id) }
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
