import { freePort } from '../database/postgres.ts'
import { type Program, startProgram } from '../process/program.ts'

const elementKey = 'element-6066-11e4-a52e-4f735466cecf'
type Method = 'GET' | 'POST' | 'DELETE'

/** A reference to an element of the page, as WebDriver passes it about. */
export interface RemoteElement {
  readonly [elementKey]: string
}

/** A session of WebDriver, over plain HTTP (W3C WebDriver 2). */
export interface Session {
  /** One command; throws with the browser's own words when it is refused. */
  send(method: Method, path: string, body?: object): Promise<unknown>
  /** Runs a function of the page's own world with these arguments. */
  run(source: string, ...values: readonly unknown[]): Promise<unknown>
  on(element: RemoteElement, command: string, body?: object): Promise<unknown>
  close(): Promise<void>
}

/** Starts a WebDriver server and opens a window with these capabilities. */
export async function openSession(
  server: { readonly command: string; readonly env: NodeJS.ProcessEnv },
  capabilities: object,
): Promise<Session> {
  const port = await freePort()
  const program = startProgram(server.command, ['-p', String(port)], server.env)
  const origin = `http://127.0.0.1:${port}`
  try {
    await listening(origin, program)
    const made = (await command(origin, 'POST', '/session', {
      capabilities: { alwaysMatch: capabilities },
    })) as { readonly sessionId: string }
    return sessionOf(`${origin}/session/${made.sessionId}`, program)
  } catch (error) {
    await program.stop()
    throw error
  }
}

function sessionOf(address: string, program: Program): Session {
  const send: Session['send'] = (method, path, body) => command(address, method, path, body)
  return {
    send,
    run: (source, ...values) =>
      send('POST', '/execute/sync', { script: `return (${source})(...arguments)`, args: values }),
    on: (element, path, body = {}) => send('POST', `/element/${element[elementKey]}/${path}`, body),
    async close() {
      await command(address, 'DELETE', '').catch(() => {})
      await program.stop()
    },
  }
}

async function command(address: string, method: Method, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(address + path, {
    method,
    ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    headers: { 'content-type': 'application/json' },
  })
  const { value } = (await answer.json()) as { readonly value: unknown }
  if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`)
  return value
}

/** WebDriver servers say nothing when they are up: they are asked until they answer or end. */
async function listening(origin: string, program: Program): Promise<void> {
  for (;;) {
    const answer = await fetch(`${origin}/status`).catch(() => undefined)
    if (answer?.ok) return
    if (program.hasEnded()) throw new Error(`The WebDriver server ended:\n${program.output()}`)
    await new Promise(setImmediate)
  }
}
