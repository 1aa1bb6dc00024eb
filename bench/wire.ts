import { once } from 'node:events'
import { connect } from 'node:net'

export interface Answer {
  readonly status: number
  readonly head: string
  readonly body: Buffer
}

export interface Wire {
  /** Sends one request and waits for its whole answer; the connection stays open. */
  ask(request: string): Promise<Answer>
  /** Tells whether the other side has kept it open and will for a while: it closes connections that rest for ten seconds. */
  alive(): boolean
  close(): void
}

/** Milliseconds. */
const longestRest = 5_000

const headEnd = '\r\n\r\n'
const lastChunk = Buffer.from('0\r\n\r\n')

/** The answer that these bytes hold, or undefined while some are missing. */
function parse(bytes: Buffer): Answer | undefined {
  const end = bytes.indexOf(headEnd)
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  const body = bytes.subarray(end + headEnd.length)
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  const whole =
    length === undefined
      ? !/\r\ntransfer-encoding: chunked/i.test(head) || body.subarray(-lastChunk.length).equals(lastChunk)
      : body.length >= Number(length)
  return whole ? { status: Number(head.slice(9, 12)), head, body } : undefined
}

/**
 * A keep-alive HTTP/1.1 connection that does as little as can be done, so that the load generator takes little of the
 * machine from what is measured.
 */
export async function openWire(port: number): Promise<Wire> {
  let usedAt = performance.now()
  const socket = connect(port, '127.0.0.1').setNoDelay(true)
  let received: Buffer = Buffer.alloc(0)
  let waiting: PromiseWithResolvers<Answer> | undefined
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const answer = parse(received)
    if (answer === undefined) return
    received = Buffer.alloc(0)
    waiting?.resolve(answer)
  })
  socket.on('error', error => waiting?.reject(error))
  socket.on('close', () => waiting?.reject(new Error('The connection was closed before its answer.')))
  await once(socket, 'connect')
  return {
    ask(request) {
      if (socket.destroyed) return Promise.reject(new Error('The connection is closed.'))
      usedAt = performance.now()
      waiting = Promise.withResolvers()
      socket.write(request)
      return waiting.promise
    },
    alive: () => !socket.destroyed && performance.now() - usedAt < longestRest,
    close: () => void socket.destroy(),
  }
}

/** A GET as a browser sends it, as far as Lintel looks. */
export const getRequest = (origin: string, path: string, cookie = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nSec-Fetch-Site: same-origin\r\nAccept: text/html\r\n${
    cookie === '' ? '' : `Cookie: ${cookie}\r\n`
  }\r\n`

/** A form as a browser posts it. */
export function postRequest(
  origin: string,
  path: string,
  cookie: string,
  fields: Readonly<Record<string, string>>,
): string {
  const body = new URLSearchParams(fields).toString()
  return `POST ${path} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nOrigin: ${origin}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\nCookie: ${cookie}\r\n\r\n${body}`
}

/** JSON as a page's script posts it. */
export function postJson(origin: string, path: string, value: unknown): string {
  const body = JSON.stringify(value)
  return `POST ${path} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** `name=value` of the cookies that an answer sets. */
export const cookiesOf = (answer: Answer): string =>
  [...answer.head.matchAll(/\r\nset-cookie: ([^;]+)/gi)].map(([, pair]) => pair).join('; ')
