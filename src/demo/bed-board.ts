import { createServer } from 'node:net'
import { plainApplication } from '../applications/presets.ts'
import { registerApplication } from '../applications/registry.ts'
import type { Services } from '../session/services.ts'

/** This port, or any other when something listens there already. */
const portNear = (wanted: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', error => (wanted === 0 ? reject(error) : resolve(portNear(0))))
    server.listen(wanted, 'localhost', () => {
      const found = server.address()
      server.close(() => resolve(typeof found === 'object' ? (found?.port ?? wanted) : wanted))
    })
  })

/** The example's own parts are there only where the tests' are. */
const loadBoard = () =>
  import('../../examples/bed-board/board.ts').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  })

/** Registers and starts the example application, one port above Lintel's. @returns its address, when its parts are there. */
export async function openBedBoard({ settings, store, audit, now }: Services): Promise<string | undefined> {
  const example = await loadBoard()
  if (example === undefined) return undefined
  const origin = `http://localhost:${await portNear(settings.PORT + 1)}`
  const registrar = { actor: 'system', reason: 'The demo shows an application.', now: now() } as const
  const application = {
    ...plainApplication('other'),
    name: 'Bed Board',
    purpose: 'Free beds tonight',
    launchUrl: `${origin}/`,
    redirectUris: [`${origin}/callback`],
    signOutUris: [`${origin}/bye`],
    backchannelUri: `${origin}/signed-out`,
  }
  const registered = await store.write(tx => registerApplication(audit, tx, registrar, application))
  if (!registered.ok) throw new Error('The demo could not register its application.')
  const { id: clientId, secret: clientSecret } = registered.value
  example.openBoard({ issuer: settings.LINTEL_ORIGIN, clientId, clientSecret, origin })
  return origin
}
