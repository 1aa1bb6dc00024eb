import { endOfLastDay } from '../../administration/last-day.ts'
import { doMany, NotAllError, type Ready } from '../../administration/many/do.ts'
import { readFacts, readSight } from '../../administration/many/facts.ts'
import { digestOf, type ManyVerb, manyVerbs, planOf } from '../../administration/many/rules.ts'
import { createMany, type Many, putEntry, readMany } from '../../administration/many/store.ts'
import { readPlaces } from '../../administration/places.ts'
import { isId, readReach } from '../../administration/reach.ts'
import type { Refusal } from '../../refusals.ts'
import { staff } from '../../session/access.ts'
import {
  insideRoute,
  type Route,
  redirect,
  redirectSaying,
  routeOf,
  type Subject,
  send,
  type Visit,
} from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import type { Form } from '../../web/request.ts'
import { addressOf, manyAddress, mostTogether } from '../people/rules.ts'
import { searchOf, selectPeople } from '../people/select.ts'
import { readPlacesOfSearch } from '../people/store.ts'
import { agentOf, consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { donePage, entryPage, previewPage, selectionPage } from './pages.ts'
import { type ManyCode, readManyEntry } from './rules.ts'
import { wordsFor } from './words.ts'

/** Several people at once: selected, what is to be done, the preview, and the deed. An agent's selection is their own. */
export const manyRoutes = (parts: HelpdeskParts): readonly Route[] => {
  const selection: Subject<Many> = {
    async find({ c, visitor }) {
      const id = c.req.param('id') ?? ''
      return isId(id) ? readMany(parts.services.store, visitor.person.id, id) : undefined
    },
  }
  const one = `${manyAddress}/:id`
  const asked = { proof: 'fresh', counts: 'look-up' } as const
  const check = `${one}/check`
  return [
    insideRoute('POST', manyAddress, staff, visit => postSelection(parts, visit), { counts: 'look-up' }),
    routeOf('GET', one, staff, selection, (visit, many) => showSelection(parts, visit, many), {
      counts: 'look-up',
      reads: 'people',
    }),
    ...manyVerbs.flatMap(verb => {
      const path = `${one}/${verb}`
      const deed = ({ language }: Visit) => wordsFor(language).deed(wordsFor(language).names[verb])
      return [
        routeOf(
          'GET',
          path,
          staff,
          selection,
          async (visit, many) => showEntry(parts, visit, many, verb, await visit.kept(), []),
          { ...asked, deed },
        ),
        routeOf('POST', path, staff, selection, (visit, many) => postEntry(parts, visit, many, verb), {
          ...asked,
          deed,
          keep: { path },
        }),
      ]
    }),
    routeOf('GET', check, staff, selection, (visit, many) => showPreview(parts, visit, many), {
      ...asked,
      reads: 'people',
    }),
    routeOf('POST', check, staff, selection, (visit, many) => postMany(parts, visit, many), asked),
  ]
}

/** Keeps whom the agent selected: those checked, those on the page, or all that the search means. */
async function postSelection(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { services } = parts
  const query = (name: string) => visit.form.get(name) || undefined
  const which = visit.form.get('which')
  const search = await searchOf(parts, visit, query)
  const list =
    which === 'checked'
      ? [...new Set(visit.form.all('person').filter(isId))]
      : await selectPeople(parts, visit, search, which === 'all' ? mostTogether : 'page')
  const back = addressOf({ ...search, cursor: undefined })
  if (list === undefined || list.length > mostTogether) return redirectSaying(visit, back, 'too-many')
  if (list.length === 0) return redirectSaying(visit, back, 'nobody')
  const agent = agentOf(visit)
  const id = await writeAs(parts, visit, tx => createMany(tx, agent.actor, list, services.now()))
  return redirect(visit, `${manyAddress}/${id}`)
}

/** Everyone selected who is still there for the agent, with what the agent may do. */
async function readAll({ services: { store, keyring } }: HelpdeskParts, visit: Visit<Session>, many: Many) {
  const sight = await readSight(store.read, visit.visitor.person)
  return { sight, people: await readFacts(store.read, keyring, many.people, sight) }
}

async function showSelection(parts: HelpdeskParts, visit: Visit<Session>, many: Many): Promise<Response> {
  const { people } = await readAll(parts, visit, many)
  const frame = await consoleFrame(visit, 'people')
  const { id, verb, changed } = many
  return send(
    visit,
    verb === undefined || changed === undefined
      ? selectionPage(frame, id, people)
      : donePage(frame, { id, verb, changed }, people),
  )
}

async function placesFor({ services: { store } }: HelpdeskParts, visit: Visit<Session>) {
  const reach = await readReach(store, visit.visitor)
  const places = await readPlaces(store, reach, visit.visitor.person.role)
  return { places, leavable: (await readPlacesOfSearch(store, reach)).organizations }
}

async function showEntry(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  many: Many,
  verb: ManyVerb,
  form: Form,
  refusals: readonly Refusal<ManyCode>[],
): Promise<Response> {
  if (many.changed !== undefined) return redirect(visit, `${manyAddress}/${many.id}`)
  const { people } = await readAll(parts, visit, many)
  const { places, leavable } = await placesFor(parts, visit)
  const page = entryPage(await consoleFrame(visit, 'people'), {
    id: many.id,
    verb,
    count: people.length,
    ...places,
    leavable,
    form,
    refusals,
    timeZone: policyOf(visit.visitor).timeZone,
    now: visit.now,
  })
  return send(visit, page, refusals.length > 0 ? 422 : 200)
}

async function postEntry(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  many: Many,
  verb: ManyVerb,
): Promise<Response> {
  const { timeZone } = policyOf(visit.visitor)
  const present = { ...(await placesFor(parts, visit)), timeZone, now: visit.now }
  const { entry, refusals } = readManyEntry(verb, visit.form, present)
  if (refusals.length > 0) return showEntry(parts, visit, many, verb, visit.form, refusals)
  await writeAs(parts, visit, tx => putEntry(tx, many.id, verb, entry))
  return redirect(visit, `${manyAddress}/${many.id}/check`)
}

const readyOf = (many: Many): Ready | undefined =>
  many.verb === undefined || many.entry === undefined || many.changed !== undefined
    ? undefined
    : { ...many, verb: many.verb, entry: many.entry }

async function showPreview(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  many: Many,
  isStale = false,
): Promise<Response> {
  const ready = readyOf(many)
  if (ready === undefined) return redirect(visit, `${manyAddress}/${many.id}`)
  const { sight, people } = await readAll(parts, visit, many)
  const { verb, entry } = ready
  const list = people.map(facts => [facts, planOf(verb, entry, facts, sight)] as const)
  const { places, leavable } = await placesFor(parts, visit)
  const all = [...places.organizations, ...places.workgroups, ...leavable]
  const due = endOfLastDay(entry.leaving.lastDay, policyOf(visit.visitor).timeZone, visit.now)
  const page = previewPage(await consoleFrame(visit, 'people'), {
    id: many.id,
    verb,
    entry,
    list,
    seen: digestOf(ready, list),
    names: new Map(all.map(({ id, name }) => [id, name])),
    isPlanned: due !== undefined && due > visit.now,
    isStale,
  })
  return send(visit, page, isStale ? 422 : 200)
}

async function postMany(parts: HelpdeskParts, visit: Visit<Session>, many: Many): Promise<Response> {
  const ready = readyOf(many)
  if (ready === undefined) return redirect(visit, `${manyAddress}/${many.id}`)
  const by = {
    agent: agentOf(visit),
    seen: visit.form.get('seen'),
    policy: policyOf(visit.visitor),
    now: visit.now,
  }
  try {
    await writeAs(parts, visit, tx => doMany(parts.services, tx, ready, by))
  } catch (error) {
    if (error instanceof NotAllError) return showPreview(parts, visit, many, true)
    throw error
  }
  return redirect(visit, `${manyAddress}/${many.id}`)
}
