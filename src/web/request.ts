import { BlockList, isIPv4, isIPv6 } from 'node:net'
import type { HttpBindings } from '@hono/node-server'

/**
 * What Hono hands on with a request; the bindings are there where a Node server took it. `formAction`: the one origin that
 * the form of this answer is for.
 */
export type NodeEnv = {
  Bindings: Partial<HttpBindings>
  Variables: { requestId: string; formAction?: string }
}

/** A form's fields as they were sent: text only, each name once unless the page asks for a list. */
export interface Form {
  /** '' when the field is missing. */
  get(name: string): string
  all(name: string): readonly string[]
  has(name: string): boolean
  names(): readonly string[]
  /** Undefined when the form came without this file. */
  file(name: string): Upload | undefined
}

/** A file that was sent with a form, as it came. */
export interface Upload {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Bytes of a form's body at most, save where a route takes a file. */
export const largestForm = 65_536
const mostFields = 500
const fieldName = /^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/
/** What no keyboard types and PostgreSQL cannot store: NUL, and what stands for bytes that were no text. */
const unstorable = /[\0\uFFFD]/
const forbiddenNames = new Set(['constructor', 'prototype'])

export const emptyForm: Form = createForm(new Map())

function createForm(
  fields: ReadonlyMap<string, readonly string[]>,
  files: ReadonlyMap<string, Upload> = new Map(),
): Form {
  return {
    get: name => fields.get(name)?.[0] ?? '',
    all: name => fields.get(name) ?? [],
    has: name => fields.has(name),
    names: () => [...fields.keys()],
    file: name => files.get(name),
  }
}

/**
 * Reads an urlencoded body. Undefined: it is no form of ours (broken UTF-8, `name[]`, too many fields), so nothing in it
 * can be taken for something else (ASVS V2.2, V15.3.5).
 */
export function parseForm(body: Uint8Array): Form | undefined {
  const text = decodeUtf8(body)
  if (text === undefined || text.split('&', mostFields + 1).length > mostFields) return undefined
  const fields = readFields(new URLSearchParams(text))
  return fields && createForm(fields)
}

/** The fields by name; undefined: one of them is none that a page of ours has. */
function readFields(pairs: Iterable<readonly [string, string]>): Map<string, string[]> | undefined {
  const fields = new Map<string, string[]>()
  for (const [name, value] of pairs) {
    if (!fieldName.test(name) || forbiddenNames.has(name) || unstorable.test(value)) return undefined
    const values = fields.get(name)
    if (values === undefined) fields.set(name, [value])
    else values.push(value)
  }
  return fields
}

/** A boundary as browsers write it (RFC 2046, 5.1.1), and nothing beside it. */
const boundaryOf = /^multipart\/form-data; *boundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'+./-]{1,70}))$/i

/** Parts of a form with a file at most. */
const mostParts = 50
/** Bytes above the content of a part at most; browsers write its name and type there, and the name of a file. */
const longestHead = 2_048

/**
 * Tells whether a body has more parts, or more above one of them, than a form of ours; told before it is taken apart, which
 * costs far more.
 */
function isOvergrown(body: Uint8Array<ArrayBuffer>, boundary: string): boolean {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const line = Buffer.from(`--${boundary}`)
  let count = 0
  for (let at = bytes.indexOf(line); at >= 0; at = bytes.indexOf(line, at + line.length)) {
    count += 1
    const isEnd = bytes.toString('latin1', at + line.length, at + line.length + 2) === '--'
    const head = bytes.subarray(at, at + line.length + longestHead)
    if (count > mostParts + 1 || (!isEnd && !head.includes('\r\n\r\n'))) return true
  }
  return false
}

/** Reads a `multipart/form-data` body (RFC 7578) under the same rules; `type` is its Content-Type with the boundary. */
export async function parseUpload(body: Uint8Array<ArrayBuffer>, type: string): Promise<Form | undefined> {
  const [, quoted, plain] = boundaryOf.exec(type) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined || isOvergrown(body, boundary)) return undefined
  const data = await new Response(body, {
    headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` },
  })
    .formData()
    .catch(() => undefined)
  if (data === undefined) return undefined
  const texts: [string, string][] = []
  const files = new Map<string, Upload>()
  for (const [name, value] of data) {
    if (typeof value === 'string') texts.push([name, value])
    else if (!fieldName.test(name) || files.has(name)) return undefined
    else files.set(name, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) })
  }
  const fields = readFields(texts)
  return fields && createForm(fields, files)
}

function decodeUtf8(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return undefined
  }
}

/** The proxies that `LINTEL_TRUSTED_PROXIES` names. */
export function trustedProxies(list: readonly string[]): BlockList {
  const block = new BlockList()
  for (const entry of list) {
    const [address = '', bits] = entry.split('/')
    const family = isIPv4(address) ? 'ipv4' : 'ipv6'
    if (bits === undefined) block.addAddress(address, family)
    else block.addSubnet(address, Number(bits), family)
  }
  return block
}

/** An address as proxies write it, by itself: without port and brackets, and IPv4 without its IPv6 clothes. */
export function plainAddress(text: string): string {
  const given = text.trim()
  const [, six, four] =
    /^(?:\[([\da-f:.]{2,45})\]|(\d{1,3}(?:\.\d{1,3}){3}))(?::\d{1,5})?$/i.exec(given) ?? []
  return (six ?? four ?? given).replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
}

export const isTrusted = (address: string, trusted: BlockList): boolean =>
  isIPv4(address) ? trusted.check(address, 'ipv4') : isIPv6(address) && trusted.check(address, 'ipv6')

/**
 * The caller's address: the rightmost entry of X-Forwarded-For that is not a trusted proxy, and only when the connection
 * itself comes from one (ASVS V4.1.3). Anything else in the header is a claim of the caller's.
 */
export function clientAddress(connection: string, forwarded: string | undefined, trusted: BlockList): string {
  let current = plainAddress(connection)
  const claims = (forwarded ?? '').split(',').map(plainAddress)
  while (isTrusted(current, trusted)) {
    const next = claims.pop()
    if (next === undefined || !(isIPv4(next) || isIPv6(next))) break
    current = next
  }
  return current
}

/** The key of one source: an IPv4 address, or the /64 that one household or office has of IPv6. */
export function sourceOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

/**
 * Why a request that changes something is not from a page of ours; undefined: it is. A proxy that sets a referrer policy of
 * its own makes browsers say `Origin: null`; that they come from here, which no page can forge, they still say.
 */
export function crossSite(headers: Headers, origin: string): 'site' | 'origin' | 'unknown' | undefined {
  const site = headers.get('sec-fetch-site')
  const given = headers.get('origin')
  if (site !== null && site !== 'same-origin') return 'site'
  if (given === 'null' && site === 'same-origin') return undefined
  if (given !== null && given !== origin) return 'origin'
  return site === null && given === null ? 'unknown' : undefined
}

/** Carries the request of an application, which may be long. */
const longPath = '/applications/enter?'

/** A path of ours to go back to, from what came in a query or form; anything else leads to `/` (ASVS V3.7.2). */
export function safePath(given: string | undefined): string {
  if (
    given === undefined ||
    given.length > (given.startsWith(longPath) ? 6_000 : 512) ||
    !/^\/(?![/\\])[\x21-\x7e]*$/.test(given) ||
    given.includes('\\')
  )
    return '/'
  const base = 'http://lintel.test'
  if (!URL.canParse(given, base)) return '/'
  const url = new URL(given, base)
  return url.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search : '/'
}
