import { type Refusal, refuse } from '../../refusals.ts'
import { redirect, redirectSaying, type Subject, type Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import { tidyLine } from '../../web/line.ts'
import { showPairing } from '../app/answers.ts'
import { confirmAnother, confirmReplacement } from '../app/pairing.ts'
import { readApps } from '../app/store.ts'
import { removeWay } from '../changes.ts'
import { show, type VerificationParts } from '../common/answers.ts'
import { nameForm } from '../common/fields.ts'
import { longestWayName, type OwnWay } from '../common/own-way.ts'
import type { VerificationCode } from '../common/way.ts'
import { wordsFor } from '../common/words.ts'
import { keepers, listOwnWays } from '../ways.ts'
import { addresses } from './addresses.ts'
import { removePage, renamePage } from './confirm-pages.ts'
import { changed, whileOn } from './two-step.ts'

type Refusals = readonly Refusal<VerificationCode>[]

/** The person's own way that an address names; nobody else's is found. */
export const ownWay = ({ services }: VerificationParts): Subject<OwnWay> => ({
  async find(visit) {
    const ways = await listOwnWays(services.store.read, visit.visitor.person.id)
    return ways.find(({ id }) => id === visit.c.req.param('id'))
  },
})

export const showRemove = (visit: Visit<Session>, way: OwnWay, refusals: Refusals = []): Promise<Response> =>
  show(visit, (frame, refused) => removePage(frame, refused, way), refusals)

export async function postRemove(
  parts: VerificationParts,
  visit: Visit<Session>,
  way: OwnWay,
): Promise<Response> {
  const outcome = await removeWay(parts, visit, way.id)
  return outcome.ok
    ? changed(parts, visit, outcome.value, 'removed')
    : showRemove(visit, way, outcome.refusals)
}

export const showRename = (visit: Visit<Session>, way: OwnWay): Promise<Response> =>
  show(visit, (frame, refused) => renamePage(frame, refused, way, way.name ?? ''))

/** A name that can be kept, or why it cannot. */
function readName(text: string) {
  const name = tidyLine(text)
  const field = nameForm.name.name
  if (name === '') return refuse({ code: 'verification.name-empty', field })
  if ([...name].length > longestWayName) return refuse({ code: 'verification.name-long', field })
  return { ok: true, value: name } as const
}

export async function postRename(
  { services }: VerificationParts,
  visit: Visit<Session>,
  way: OwnWay,
): Promise<Response> {
  const typed = nameForm.read(visit.form).name
  const name = readName(typed)
  if (!name.ok) return show(visit, (frame, refused) => renamePage(frame, refused, way, typed), name.refusals)
  const { rename } = keepers[way.kind]
  await services.store.write(async tx => rename?.(tx, visit.visitor.person.id, way.id, name.value))
  return redirectSaying(visit, addresses.twoStep, 'renamed')
}

/** The new app's picture and key, beside the ways in force. */
export const showAnotherApp = whileOn((parts, visit) => askAnotherApp(parts, visit, []))

/** A name to begin with, so that apps can be told apart: "Authenticator app 2". */
async function nextName({ services }: VerificationParts, visit: Visit<Session>): Promise<string> {
  const apps = await readApps(services.store.read, visit.visitor.person.id)
  return `${wordsFor(visit.language).kinds.app} ${apps.length + 1}`
}

async function askAnotherApp(
  parts: VerificationParts,
  visit: Visit<Session>,
  refusals: Refusals,
): Promise<Response> {
  const typed = visit.form.has(nameForm.name.name) ? nameForm.read(visit.form).name : undefined
  const name = typed ?? (await nextName(parts, visit))
  const form = { action: addresses.anotherApp, back: addresses.twoStep, name }
  return showPairing(parts, visit, { kind: 'another' }, form, refusals)
}

export const postAnotherApp = whileOn(async (parts, visit) => {
  const name = readName(nameForm.read(visit.form).name)
  if (!name.ok) return askAnotherApp(parts, visit, name.refusals)
  const outcome = await confirmAnother(parts, visit, name.value)
  return outcome.ok
    ? changed(parts, visit, outcome.value, 'added')
    : askAnotherApp(parts, visit, outcome.refusals)
})

/** The new app's picture and key, in the place of this one. */
export function showReplace(
  parts: VerificationParts,
  visit: Visit<Session>,
  way: OwnWay,
  refusals: Refusals = [],
): Promise<Response> {
  if (way.kind !== 'app') return Promise.resolve(redirect(visit, addresses.twoStep))
  const form = { action: addresses.replace(way.id), back: addresses.twoStep }
  return showPairing(parts, visit, { kind: 'replacement', replaces: way.id }, form, refusals)
}

export async function postReplace(
  parts: VerificationParts,
  visit: Visit<Session>,
  way: OwnWay,
): Promise<Response> {
  const outcome = await confirmReplacement(parts, visit, way.id)
  return outcome.ok
    ? changed(parts, visit, outcome.value, 'replaced')
    : showReplace(parts, visit, way, outcome.refusals)
}
