import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { plainApplication } from '../../../src/applications/presets.ts'
import { addSecret, createApplication, type NewApplication } from '../../../src/applications/store.ts'
import { newToken } from '../../../src/store/ids.ts'
import type { Opened } from '../database/store.ts'
import { type Caller, type Desk, openDesk } from './desk.ts'

export const callback = 'https://beds.example.org/callback'
export const afterSignOut = 'https://beds.example.org/bye'

const board: NewApplication = {
  ...plainApplication('other'),
  name: 'Bed Board',
  purpose: 'Free beds tonight',
  redirectUris: [callback],
  signOutUris: [afterSignOut],
}

export interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
  readonly id_token: string
  readonly expires_in: number
  readonly error?: string
}

type Fields = Readonly<Record<string, string>>

/** A registered application, as it asks from its own server. */
export interface Registered {
  readonly id: string
  readonly secret: string
  authorize(who: Caller, more?: Fields): Promise<Response>
  /** The address that the answer to the application leads to. */
  answered(who: Caller, more?: Fields): Promise<URL>
  codeFor(who: Caller, more?: Fields): Promise<string>
  /** A request with the application's secret in the header. */
  post(path: string, fields: Fields): Promise<Response>
  token(fields: Fields): Promise<Response>
  exchange(code: string, more?: Fields): Promise<Response>
  refresh(refreshToken: string): Promise<Response>
  tokensFor(who: Caller, more?: Fields): Promise<Tokens>
  userinfo(accessToken: string): Promise<Response>
}

export interface Party extends Registered {
  readonly desk: Desk
  /** One more application beside the first. */
  register(given: Partial<NewApplication>): Promise<Registered>
}

const form = 'application/x-www-form-urlencoded'

export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

/** The claims of a token of ours, unchecked. */
export const claimsIn = (token: string): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>

/** Where a page of ours leads on by itself. */
export const leadsTo = (page: Response): string =>
  /^0; url=(.*)$/.exec(page.headers.get('refresh') ?? '')?.[1] ?? ''

/** A console with one registered application, and what that application asks. */
export async function openParty(opened: Opened, given: Partial<NewApplication> = {}): Promise<Party> {
  opened.clock.advance(Date.now() - opened.clock.now())
  const desk = await openDesk(opened)
  const register = (more: Partial<NewApplication>) => registerAt(desk, more)
  return { desk, register, ...(await register(given)) }
}

async function registerAt(desk: Desk, given: Partial<NewApplication>): Promise<Registered> {
  const { store, clock } = desk
  const application = { ...board, ...given }
  const [id, secret] = await store.write(async tx => {
    const made = await createApplication(tx, application, clock.now())
    return [made, await addSecret(tx, made, clock.now())] as const
  })
  const redirect_uri = application.redirectUris[0] ?? callback
  const verifier = newToken()
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const authorize: Registered['authorize'] = (who, more = {}) => {
    const asked = new URLSearchParams({
      client_id: id,
      response_type: 'code',
      scope: 'openid profile email',
      redirect_uri,
      state: 'state',
      nonce: 'nonce',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...more,
    })
    for (const [name, value] of [...asked]) if (value === '') asked.delete(name)
    return who.get(`/oidc/authorize?${asked}`)
  }
  const answered: Registered['answered'] = async (who, more) => {
    const answer = await authorize(who, more)
    assert.equal(answer.status, 303)
    const location = new URL(answer.headers.get('location') ?? '', 'http://lintel.test')
    assert.equal(location.origin + location.pathname, redirect_uri, location.href)
    return location
  }
  const post: Registered['post'] = (path, fields) =>
    desk.ask(path, {
      method: 'POST',
      headers: { 'content-type': form, authorization: basic(id, secret) },
      body: new URLSearchParams(fields).toString(),
    })
  const token: Registered['token'] = fields => post('/oidc/token', fields)
  const exchange: Registered['exchange'] = (code, more = {}) =>
    token({ grant_type: 'authorization_code', code, redirect_uri, code_verifier: verifier, ...more })
  const codeFor: Registered['codeFor'] = async (who, more) =>
    (await answered(who, more)).searchParams.get('code') ?? ''
  return {
    id,
    secret,
    authorize,
    answered,
    codeFor,
    post,
    token,
    exchange,
    refresh: refresh_token => token({ grant_type: 'refresh_token', refresh_token }),
    tokensFor: async (who, more) => (await exchange(await codeFor(who, more))).json() as Promise<Tokens>,
    userinfo: accessToken =>
      desk.ask('/oidc/userinfo', { headers: { authorization: `Bearer ${accessToken}` } }),
  }
}
