import { connect, type Socket } from 'node:net'
import type { BrowserContext } from 'playwright-core'
import { freePort } from '../database/postgres.ts'
import type { Scope } from '../process/process.ts'
import { openFirefox } from './engines.ts'

/** A message of Marionette, Firefox's own remote protocol: its length in bytes, a colon, JSON. */
async function readMessage(socket: Socket): Promise<unknown> {
  let text = ''
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += String(chunk)
    const colon = text.indexOf(':')
    const length = Number(text.slice(0, colon))
    if (colon > 0 && text.length >= colon + 1 + length) return JSON.parse(text.slice(colon + 1))
  }
  throw new Error('Firefox closed the line.')
}

async function opened(port: number): Promise<Socket> {
  for (let tries = 0; ; tries++) {
    const socket = connect({ port, host: '127.0.0.1' }).setEncoding('utf8')
    const isOpen = await new Promise<boolean>(resolve => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    if (isOpen) return socket
    if (tries === 100) throw new Error('Firefox does not listen for Marionette.')
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

/** Stock Firefox with a passkey of its own in software, whose owner always agrees. */
export async function openFirefoxWithKey(t: Scope, origin: string): Promise<BrowserContext> {
  const port = await freePort()
  const browser = await openFirefox(t, {
    args: ['--marionette'],
    firefoxUserPrefs: {
      'marionette.port': port,
      'security.webauth.webauthn_enable_softtoken': true,
      'security.webauth.webauthn_enable_usbtoken': false,
    },
  })
  const socket = await opened(port)
  t.after(async () => void socket.destroy())
  await readMessage(socket)
  const command = [
    0,
    1,
    'WebAuthn:AddVirtualAuthenticator',
    {
      protocol: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserConsenting: true,
      isUserVerified: true,
    },
  ]
  const text = JSON.stringify(command)
  socket.write(`${Buffer.byteLength(text)}:${text}`)
  const [, , error] = (await readMessage(socket)) as readonly [number, number, unknown]
  if (error !== null) throw new Error(`Firefox has no key: ${JSON.stringify(error)}`)
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, baseURL: origin })
  t.after(() => context.close())
  return context
}
