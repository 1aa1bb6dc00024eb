import { type LeftOpen, readLeftOpen } from '../applications/left-open.ts'
import type { Store } from '../store/store.ts'
import { endOwnSignIn } from './ending.ts'
import type { Services } from './services.ts'
import type { Visit } from './visit.ts'
import type { Holder } from './visitor.ts'

const signedOut = 'signed-out'

/**
 * Ends the sign-in that this request came with.
 * @returns what is to be said of it, once; with it `leftOpenSaid` finds the applications that ended.
 */
export async function signOut(services: Services, visit: Visit<Holder>): Promise<string> {
  await services.store.write(tx => endOwnSignIn(services, tx, visit))
  const left = await readLeftOpen(services.store, visit.visitor.id)
  return left === undefined ? signedOut : `${signedOut}.${visit.visitor.id}`
}

/** Reads what `signOut` had said. Undefined: something else was. */
export async function leftOpenSaid(
  store: Pick<Store, 'read'>,
  said: string | undefined,
): Promise<LeftOpen | undefined> {
  const [what, sessionId = ''] = said?.split('.') ?? []
  return what === signedOut && sessionId !== '' ? readLeftOpen(store, sessionId) : undefined
}

/** The message without what only says whose it is. */
export const messageIn = (said: string | undefined): string | undefined => said?.split('.')[0]
