import { type Ended, type LeftOpen, readLeftOpen } from '../applications/left-open.ts'
import type { Store } from '../store/store.ts'
import { endOwnSignIn } from './ending.ts'
import type { Services } from './services.ts'
import type { Visit } from './visit.ts'
import type { Holder } from './visitor.ts'

type Reader = Pick<Store, 'read'>

const markOf = (ended: Ended): string =>
  'sessionId' in ended ? ended.sessionId : `${ended.accountId}.${ended.endedAt}`

/** What is to be said of an end, once; with it `leftOpenSaid` finds the applications that ended. */
export async function sayingOf(
  store: Reader,
  what: 'signed-out' | 'ended-by-person',
  ended: Ended,
): Promise<string> {
  return (await readLeftOpen(store, ended)) === undefined ? what : `${what}.${markOf(ended)}`
}

/**
 * Ends the sign-in that this request came with.
 * @returns what is to be said of it.
 */
export async function signOut(services: Services, visit: Visit<Holder>): Promise<string> {
  await services.store.write(tx => endOwnSignIn(services, tx, visit))
  return sayingOf(services.store, 'signed-out', { sessionId: visit.visitor.id })
}

/** The applications that ended with what `sayingOf` had said. Undefined: none, or something else was said. */
export async function leftOpenSaid(store: Reader, said: string | undefined): Promise<LeftOpen | undefined> {
  const [what, id = '', at] = said?.split('.') ?? []
  if (id === '') return undefined
  if (what === 'signed-out') return readLeftOpen(store, { sessionId: id })
  return what === 'ended-by-person' ? readLeftOpen(store, { accountId: id, endedAt: Number(at) }) : undefined
}

/** The message without what only says whose it is. */
export const messageIn = (said: string | undefined): string | undefined => said?.split('.')[0]
