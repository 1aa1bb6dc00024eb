import { nameKey } from '../account/names.ts'
import { createPlace, editPlace, type PlaceCode, retirePlace } from '../helpdesk/organizations/change.ts'
import { readGiving } from '../helpdesk/organizations/giving.ts'
import {
  checkPlaceEntry,
  type Giving,
  givers,
  type PlaceEntry,
  type PlaceKind,
} from '../helpdesk/organizations/rules.ts'
import { columns, type PlaceFacts } from '../helpdesk/organizations/store.ts'
import { wordsFor } from '../helpdesk/organizations/words.ts'
import type { Outcome } from '../refusals.ts'
import type { Services } from '../session/services.ts'
import { isTaken, type Store, type Tx } from '../store/store.ts'
import { tidyLine } from '../web/line.ts'
import {
  type Answer,
  answer,
  type Command,
  type Input,
  isOn,
  refused,
  refusedWith,
  textOf,
  usage,
} from './command.ts'
import { withServices } from './open.ts'
import { operator } from './owner.ts'

const json = ({ id, name, key, allows, retired_at }: PlaceFacts) => ({
  id,
  name,
  key,
  purpose: allows,
  retired: retired_at !== null,
})

const readAll = ({ read }: Store, kind: PlaceKind): Promise<PlaceFacts[]> =>
  read.selectFrom(kind).select(columns).orderBy('name_key').execute()

/** `organization list`, `workgroup list`. */
export const placeList = (kind: PlaceKind): Command => ({
  usage: `${kind} list [--json]`,
  about: [`Lists every ${kind} by name, with its key and whether it is retired.`],
  words: 0,
  run: input =>
    withServices(input, async ({ store }) => {
      const places = await readAll(store, kind)
      return answer(
        places.map(({ name, key, retired_at }) =>
          [name, key ?? '', retired_at === null ? '' : 'retired'].join('\t').trimEnd(),
        ),
        places.map(json),
      )
    }),
})

const fieldHelp = (kind: PlaceKind) => [
  '--key KEY          What applications know it as.',
  '--purpose TEXT     What it is for, in one line.',
  ...(kind === 'workgroup'
    ? ['--given-by WHO     Who may give it: helpdesk or administrators (where nothing is said).']
    : []),
]
const fieldOptions = (kind: PlaceKind) => ({
  key: { type: 'string' } as const,
  purpose: { type: 'string' } as const,
  ...(kind === 'workgroup' && { 'given-by': { type: 'string' } as const }),
})
const fieldUsage = (kind: PlaceKind) =>
  `[--key KEY] [--purpose TEXT]${kind === 'workgroup' ? ' [--given-by WHO]' : ''}`

const isGiver = (text: string | undefined): text is (typeof givers)[number] | undefined =>
  text === undefined || givers.some(giver => giver === text)

const agent = () => ({ actor: operator(), role: 'administrator' }) as const

/** What was typed over what is there. */
function entryOf(input: Input, before: PlaceEntry): PlaceEntry | undefined {
  const givenBy = textOf(input.values, 'given-by')
  if (!isGiver(givenBy)) return undefined
  const typed = (name: string, there: string) => tidyLine(textOf(input.values, name) ?? there)
  return {
    name: typed('name', before.name),
    allows: typed('purpose', before.allows),
    key: typed('key', before.key).toLowerCase(),
    giving: before.giving && { ...before.giving, ...(givenBy !== undefined && { givenBy }) },
  }
}

/** Writes, unless the entry is wrong; two that take a name at once are told as the rule tells it. */
async function write<Value>(
  { store }: Services,
  entry: PlaceEntry,
  work: (tx: Tx) => Promise<Outcome<Value, PlaceCode>>,
  say: (value: Value) => Answer,
): Promise<Answer> {
  const words = wordsFor('en').refusals
  const wrong = checkPlaceEntry(entry)
  if (wrong.length > 0) return refusedWith(wrong, words)
  const outcome = await store.write(work).catch(error => {
    if (isTaken(error)) return { ok: false, refusals: [{ code: 'place.name-taken' }] } as const
    throw error
  })
  return outcome.ok ? say(outcome.value) : refusedWith(outcome.refusals, words)
}

/** `organization create`, `workgroup create`. */
export const placeCreate = (kind: PlaceKind): Command => ({
  usage: `${kind} create NAME ${fieldUsage(kind)} [--json]`,
  about: [`Makes one more ${kind}, by the rules of the console.`, '', ...fieldHelp(kind)],
  options: fieldOptions(kind),
  words: 1,
  async run(input) {
    const giving: Giving | undefined =
      kind === 'workgroup' ? { givenBy: 'administrators', tiedTo: [] } : undefined
    const entry = entryOf(input, { name: input.positionals[0] ?? '', allows: '', key: '', giving })
    if (entry === undefined) return usage(`--given-by is ${givers.join(' or ')}.`)
    return withServices(input, services =>
      write(
        services,
        entry,
        tx => createPlace(services, tx, { agent: agent(), kind, now: services.now() }, entry),
        id => answer([`${entry.name} was made.`], { ok: true, id, name: entry.name }),
      ),
    )
  },
})

/** `organization set`, `workgroup set`. */
export const placeSet = (kind: PlaceKind): Command => ({
  usage: `${kind} set NAME [--name NEW] ${fieldUsage(kind)} [--retire | --bring-back] [--json]`,
  about: [
    `Changes what is said of the ${kind} with this name, retires it, or brings it back.`,
    '',
    '--name NEW         Another name.',
    ...fieldHelp(kind),
    '--retire           Nobody works in it any more; who belongs to it stays written down.',
    '--bring-back       Open a retired one again.',
  ],
  options: {
    name: { type: 'string' },
    ...fieldOptions(kind),
    retire: { type: 'boolean' },
    'bring-back': { type: 'boolean' },
  },
  words: 1,
  async run(input) {
    const [retire, back] = [isOn(input.values, 'retire'), isOn(input.values, 'bring-back')]
    const fields = ['name', 'key', 'purpose', 'given-by'].filter(
      name => textOf(input.values, name) !== undefined,
    )
    if (Number(retire) + Number(back) + Number(fields.length > 0) !== 1)
      return usage('Say either what to change, or --retire, or --bring-back.')
    const asked = input.positionals[0] ?? ''
    return withServices(input, async services => {
      const { store, now } = services
      const found = (await readAll(store, kind)).find(({ name }) => nameKey(name) === nameKey(asked))
      if (found === undefined) return refused(`There is no ${kind} named "${asked}".`)
      const act = { agent: agent(), kind, id: found.id, seenVersion: found.version, now: now() }
      const before = {
        name: found.name,
        allows: found.allows,
        key: found.key ?? '',
        giving: await readGiving(store.read, kind, found.id),
      }
      const entry = entryOf(input, before)
      if (entry === undefined) return usage(`--given-by is ${givers.join(' or ')}.`)
      return write(
        services,
        entry,
        tx => (retire || back ? retirePlace(services, tx, act, retire) : editPlace(services, tx, act, entry)),
        () =>
          answer([`${entry.name} was ${retire ? 'retired' : back ? 'brought back' : 'changed'}.`], {
            ok: true,
            id: found.id,
            name: entry.name,
          }),
      )
    })
  },
})
