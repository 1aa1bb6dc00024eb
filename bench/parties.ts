/** What an application asks of each provider that is raced: codes to begin with, and the requests as bytes. */
import { createHash } from 'node:crypto'
import type { Running } from './processes.ts'
import { type Answer, getRequest, openWire } from './wire.ts'

/** The application as the references know it; Lintel gives it values of its own. */
export const application = {
  id: 'bench',
  secret: 'a-secret-of-the-bench-as-long-as-they-are-usually',
  callback: 'http://localhost:9/callback',
} as const

export const person = {
  sub: '01a21eb72af27a808a31e96843542553',
  name: 'Amina Warsame',
  preferred_username: 'amina',
  email: 'amina@bench.example',
  groups: ['organization:LAKESIDE', 'workgroup:STAFF'],
} as const

const verifier = 'v'.repeat(43)
export const challenge = createHash('sha256').update(verifier).digest('base64url')

/** A provider and one application that is registered with it. */
export interface Party {
  readonly running: Running
  readonly paths: { readonly token: string; readonly userinfo: string; readonly introspection: string }
  readonly id: string
  readonly secret: string
  /** Makes so many fresh codes. */
  codes(count: number): Promise<readonly string[]>
}

/** A form that the application posts with its secret in the header, up to the length of its body. */
export function formHead({ running: { origin }, id, secret }: Party, path: string): string {
  const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')
  return `POST ${path} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nAuthorization: Basic ${basic}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: `
}

function formRequest(party: Party, path: string, fields: Readonly<Record<string, string>>): string {
  const body = new URLSearchParams(fields).toString()
  return `${formHead(party, path)}${body.length}\r\n\r\n${body}`
}

export const introspectionRequest = (party: Party, token: string): string =>
  formRequest(party, party.paths.introspection, { token })

export const exchangeRequest = (party: Party, code: string): string =>
  formRequest(party, party.paths.token, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: application.callback,
    code_verifier: verifier,
  })

export const userinfoRequest = ({ running: { origin }, paths }: Party, token: string): string =>
  `GET ${paths.userinfo} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nAuthorization: Bearer ${token}\r\n\r\n`

/** The query of an authorization request. */
export const authorizationOf = (id: string): string =>
  new URLSearchParams({
    client_id: id,
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: application.callback,
    state: 'state',
    nonce: 'nonce',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }).toString()

/** The code in the address to which an answer leads. */
export function codeIn({ status, head, body }: Answer): string {
  const code = /\r\nlocation: [^\r]*[?&]code=([^&\r]+)/i.exec(head)?.[1]
  if (code === undefined) throw new Error(`No code in an answer of ${status}: ${body}`)
  return code
}

/** Asks for codes in a browser that is signed in, a few at a time. */
export async function codesBy(
  origin: string,
  path: string,
  cookies: readonly string[],
  count: number,
): Promise<readonly string[]> {
  const found: string[] = []
  await Promise.all(
    cookies.map(async cookie => {
      const wire = await openWire(Number(new URL(origin).port))
      while (found.length < count) found.push(codeIn(await wire.ask(getRequest(origin, path, cookie))))
      wire.close()
    }),
  )
  return found.slice(0, count)
}

/** One answer, at any status. */
export async function askOnce(origin: string, request: string): Promise<Answer> {
  const wire = await openWire(Number(new URL(origin).port))
  const answer = await wire.ask(request)
  wire.close()
  return answer
}
