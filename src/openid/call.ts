import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

export interface Question {
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Keeps what is written instead of sending it. */
class HeldResponse extends ServerResponse {
  readonly #chunks: Buffer[] = []
  readonly #ended = Promise.withResolvers<string>()
  /** The whole body, once there is nothing more to come. */
  readonly body = this.#ended.promise

  override write(chunk: unknown): boolean {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) this.#chunks.push(Buffer.from(chunk))
    return true
  }

  override end(chunk?: unknown): this {
    this.write(chunk)
    this.#ended.resolve(Buffer.concat(this.#chunks).toString('utf8'))
    this.emit('finish')
    return this
  }
}

function requestOf({ method, url, headers, body = '' }: Question): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  const length = String(Buffer.byteLength(body))
  Object.assign(request, { method, url, headers: { ...headers, 'content-length': length } })
  request.push(body)
  request.push(null)
  return request
}

/**
 * Left out of what the engine answers: its cookies would be a second session beside ours, the length is counted anew, and no
 * script of another site is to read an answer: applications ask from their servers.
 */
const dropped = /^(?:set-cookie|content-length|access-control-.*)$/

/**
 * Asks the engine without a socket. What it answers is held until what it wants to write is written, and then goes out like
 * any answer of ours: with the security headers, the log line and the request id.
 */
export async function ask(handler: Handler, question: Question): Promise<Answer> {
  const request = requestOf(question)
  const response = new HeldResponse(request)
  handler(request, response)
  const body = await response.body
  const headers = Object.entries(response.getHeaders()).filter(([name]) => !dropped.test(name))
  return {
    status: response.statusCode,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
    body,
  }
}
