import { once } from 'node:events'
import { type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { cookieSuffix } from '../../../src/session/cookie-names.ts'
import { type Form, readForms } from './forms.ts'

/** Headers that replace the client's own; `undefined` leaves one out, a list sends it more than once. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>
export type Fields = Readonly<Record<string, string>>

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** Path and query of the redirect, without the origin when it is the client's own. */
  readonly location: string | undefined
}

export interface Client {
  readonly origin: string
  /** Kept from answer to answer; may be read and changed. Lintel's own stand under the names that they have without a port. */
  readonly cookies: Map<string, string>
  /** The cookies as the browser sends them. */
  cookieHeader(): string
  get(path: string, headers?: Headers): Promise<Answer>
  /** Posts fields, or a form with files, with the `csrf` token of the last page that had a form unless one is given. */
  post(path: string, fields: Fields | FormData, headers?: Headers): Promise<Answer>
  /**
   * Sends the form of the last page that holds all these fields and, when named, this button; what is not given keeps
   * the page's values. Throws when no such form is there, as a person could not do it either.
   */
  submit(fields: Fields, button?: string, headers?: Headers): Promise<Answer>
  /** Goes where redirects lead, to the page at their end. */
  follow(answer: Answer): Promise<Answer>
  /** Another method, body or header altogether; nothing is added but cookies and Host. */
  send(method: string, path: string, headers?: Headers, body?: string | Uint8Array): Promise<Answer>
}

interface Page {
  readonly path: string
  readonly html: string
}

/** An HTTP client that keeps cookies and behaves as a browser on Lintel's own pages, over real sockets. */
export function openClient(origin: string, always: Headers = {}): Client {
  const cookies = new Map<string, string>()
  let page: Page = { path: '/', html: '' }
  let csrf = ''
  const cookieHeader = () =>
    [...cookies].map(([name, value]) => `${sentName(name, origin)}=${value}`).join('; ')

  async function send(
    method: string,
    path: string,
    headers: Headers = {},
    body?: string | Uint8Array,
  ): Promise<Answer> {
    const cookie = cookieHeader()
    const all: Headers = { ...(cookie !== '' && { cookie }), ...always, ...headers }
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
      string,
      string | string[]
    >
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const outgoing = request(new URL(path, origin), { method, headers: { ...length, ...sent }, agent: false })
    outgoing.end(body)
    const [incoming] = await once(outgoing, 'response')
    const answer: Answer = {
      status: incoming.statusCode,
      headers: incoming.headers,
      text: await readText(incoming),
      location: withoutOrigin(incoming.headers.location, origin),
    }
    for (const line of incoming.headers['set-cookie'] ?? []) keepCookie(cookies, line, cookieSuffix(origin))
    remember(path, answer)
    return answer
  }

  function remember(path: string, answer: Answer): void {
    if (!answer.headers['content-type']?.startsWith('text/html')) return
    page = { path, html: answer.text }
    csrf =
      readForms(answer.text, path)
        .flatMap(form => form.fields)
        .find(([name]) => name === 'csrf')?.[1] ?? csrf
  }

  const get = (path: string, headers: Headers = {}) =>
    send('GET', path, {
      'sec-fetch-site': 'same-origin',
      'sec-fetch-mode': 'navigate',
      accept: 'text/html',
      ...headers,
    })

  function postBody(
    path: string,
    contentType: string,
    body: string | Uint8Array,
    headers: Headers,
  ): Promise<Answer> {
    const own = { origin, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate', accept: 'text/html' }
    return send('POST', path, { ...own, 'content-type': contentType, ...headers }, body)
  }

  async function post(path: string, fields: Fields | FormData, headers: Headers = {}): Promise<Answer> {
    if (fields instanceof FormData) {
      if (!fields.has('csrf')) fields.set('csrf', csrf)
      const encoded = new Response(fields)
      const contentType = encoded.headers.get('content-type') ?? ''
      return postBody(path, contentType, await encoded.bytes(), headers)
    }
    const body = new URLSearchParams({ csrf, ...fields })
    return postBody(path, 'application/x-www-form-urlencoded', body.toString(), headers)
  }

  function submit(fields: Fields, button?: string, headers: Headers = {}): Promise<Answer> {
    const body = new URLSearchParams()
    const form = findForm(page, fields, button)
    for (const [name, value] of form.fields) if (!(name in fields)) body.append(name, value)
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    const pressed = form.buttons.find(({ words }) => words === button)
    if (pressed?.name !== undefined) body.append(pressed.name, pressed.value)
    if (form.method === 'post')
      return postBody(form.action, 'application/x-www-form-urlencoded', body.toString(), headers)
    return get(`${form.action.split('?')[0]}?${body}`, headers)
  }

  async function follow(answer: Answer): Promise<Answer> {
    let last = answer
    for (let hops = 0; last.location !== undefined; hops++) {
      if (hops === 10) throw new Error(`redirects without end, at ${last.location}`)
      last = await get(last.location)
    }
    return last
  }

  return { origin, cookies, cookieHeader, get, post, submit, follow, send }
}

function findForm(page: Page, fields: Fields, button: string | undefined): Form {
  const fits = (form: Form) =>
    Object.keys(fields).every(name => form.names.has(name)) &&
    (button === undefined || form.buttons.some(({ words }) => words === button))
  const form = readForms(page.html, page.path).find(fits)
  if (form) return form
  const wanted = [...Object.keys(fields), ...(button === undefined ? [] : [`button "${button}"`])].join(', ')
  throw new Error(`${page.path} has no form with ${wanted || 'anything to send'}:\n${page.html}`)
}

function withoutOrigin(location: string | undefined, origin: string): string | undefined {
  return location?.startsWith(`${origin}/`) ? location.slice(origin.length) : location
}

/** A cookie of Lintel's with the port that its name carries. */
export const sentName = (name: string, origin: string): string =>
  /^lintel(-[a-z]+)*$/.test(name) ? name + cookieSuffix(origin) : name

function keepCookie(cookies: Map<string, string>, line: string, suffix: string): void {
  const [pair = '', ...rest] = line.split(';').map(part => part.trim())
  const given = pair.slice(0, pair.indexOf('='))
  const name =
    given.startsWith('lintel') && given.endsWith(suffix)
      ? given.slice(0, given.length - suffix.length)
      : given
  const settings = new Map(
    rest.map(part => [part.split('=')[0]?.toLowerCase(), part.slice(part.indexOf('=') + 1)]),
  )
  const maxAge = settings.get('max-age')
  const expires = settings.get('expires')
  const past =
    maxAge === undefined ? expires !== undefined && Date.parse(expires) <= Date.now() : Number(maxAge) <= 0
  if (past) cookies.delete(name)
  else cookies.set(name, pair.slice(given.length + 1))
}

/** Sends these bytes to the origin's socket and returns all that comes back until the server closes it. */
export async function sendRaw(origin: string, bytes: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  socket.write(bytes)
  return readText(socket)
}
