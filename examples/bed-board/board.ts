/**
 * A small board of free beds, behind Lintel. It keeps no people, no passwords and no roles of its own: who works where, and
 * what they may do there, comes with the sign-in and is asked anew for every page.
 */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as openid from 'openid-client'

/** What the console shows at the end of **Register an application**, and where the board is reached. */
export interface Settings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Such as `http://localhost:3001`. */
  readonly origin: string
}

interface Shelter {
  readonly name: string
  readonly beds: number
  /**
   * It protects people who flee from violence: nobody else sees that it exists, and it is in no total. A number that goes
   * down by one tells a watcher that somebody has just arrived.
   */
  readonly isHidden?: true
  free: number
}

/** By the **Key for applications** of each organization; the name may change, the key does not. */
const shelters = new Map<string, Shelter>([
  ['LAKESIDE', { name: 'Lakeside Night Shelter', beds: 64, free: 7 }],
  ['IRON-RANGE', { name: 'Iron Range Youth Haven', beds: 18, free: 3 }],
  ['RED-RIVER', { name: 'Red River Veterans Home', beds: 30, free: 0 }],
  ['LORING-PARK', { name: 'Loring Park Day Center', beds: 20, free: 11 }],
  ['JUNIPER', { name: 'Juniper House', beds: 12, free: 2, isHidden: true }],
])

/** The workgroup whose work is to find a bed in any shelter, by its key. */
const seesAll = 'RESERVATIONS'

/** What Lintel says of a person in this sign-in. */
interface Person {
  readonly name: string
  readonly organization?: { readonly key: string | null; readonly name: string; readonly may_edit: boolean }
  readonly workgroup?: { readonly key: string | null; readonly name: string }
}

interface Session {
  readonly subject: string
  readonly sid: string
  readonly idToken: string
  accessToken: string
  refreshToken: string
}

interface Row extends Shelter {
  readonly key: string
  readonly isOwn: boolean
  readonly mayEdit: boolean
}

/** What a person sees: their own shelter first, others only where finding beds is their work, hidden ones never. Pure. */
export function boardFor({ organization, workgroup }: Person): readonly Row[] {
  const key = organization?.key ?? ''
  const own = shelters.get(key)
  const others = workgroup?.key === seesAll ? [...shelters].filter(([name]) => name !== key) : []
  return [
    ...(own ? [{ key, ...own, isOwn: true, mayEdit: organization?.may_edit === true }] : []),
    ...others
      .filter(([, { isHidden }]) => !isHidden)
      .map(([name, shelter]) => ({ key: name, ...shelter, isOwn: false, mayEdit: false })),
  ]
}

const plain = (value: string | number): string =>
  String(value).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)

const style = `
:root { color-scheme: light dark; --ink: light-dark(#1b2b34, #e9e4db); --paper: light-dark(#fbf9f5, #131a1e);
  --line: light-dark(#d5d0c6, #37434a); --soft: light-dark(#55636b, #a9b2b5); --door: light-dark(#0f4c5c, #7fc4d6) }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 46rem; color: var(--ink); background: var(--paper); font: 17px/1.5 system-ui, sans-serif }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; padding-bottom: 1rem; border-bottom: 1px solid var(--line) }
.who { flex: 1 1 14rem } h1 { margin: 2rem 0 .5rem; font-size: 1.75rem; line-height: 1.2 } h2 { margin: 0; font-size: 1.15rem } p { margin: 0 0 1rem; max-width: 66ch }
ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: 1rem; margin: 1.5rem 0; padding: 0; list-style: none }
li { padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 4px } li.own { border-color: var(--door); border-width: 2px }
.free { margin: .5rem 0 0; font-size: 3.5rem; font-weight: 600; line-height: 1.1; font-variant-numeric: tabular-nums } .soft { margin: .5rem 0 0; color: var(--soft) }
form { display: inline } li form { display: flex; gap: .5rem; margin-top: 1rem }
button, a.button { padding: .5rem 1rem; border: 2px solid var(--door); border-radius: 4px; color: var(--door); background: none; font: inherit; font-weight: 600; text-decoration: none; cursor: pointer }
button[disabled] { border-color: var(--line); color: var(--soft); cursor: not-allowed }
:focus-visible { outline: 3px solid #e9a23b; outline-offset: 2px }
a { display: inline-block; padding: .25rem 0; color: var(--door) }`

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${plain(title)} – Bed Board</title><link rel="stylesheet" href="/style.css"></head><body>${body}</body></html>`
}

function card({ name, free, beds, isOwn, mayEdit }: Row): string {
  const change = (by: number, words: string, isOff: boolean) =>
    `<button type="submit" name="by" value="${by}"${isOff ? ' disabled' : ''}>${words}</button>`
  const buttons = `<form method="post" action="/beds">${change(-1, 'One less', free === 0)}${change(1, 'One more', free === beds)}</form>`
  const looks = isOwn ? '<p class="soft">You can look at this shelter and not change it.</p>' : ''
  return `<li${isOwn ? ' class="own"' : ''}><h2>${plain(name)}</h2><p class="free">${free}</p><p class="soft">free of ${beds} beds</p>${mayEdit ? buttons : looks}</li>`
}

function boardPage(person: Person, home: string): string {
  const { name, organization, workgroup } = person
  const rows = boardFor(person)
  const place = [organization?.name, workgroup?.name].filter(word => word !== undefined).join(' · ')
  const lead =
    rows.length === 0
      ? 'Your organization has no beds on this board.'
      : rows.every(({ isOwn }) => isOwn)
        ? 'You see your own shelter. To find a bed elsewhere, change your workgroup to one that reserves beds.'
        : 'Shelters that keep people safe from violence are not on this list. Call them.'
  return page(
    'Free beds tonight',
    `<header><div class="who"><strong>${plain(name)}</strong><p class="soft">${plain(place)}</p></div>
<div><a href="${plain(home)}">Change where you work</a> <form method="post" action="/sign-out"><button type="submit">Sign out</button></form></div></header>
<main><h1>Free beds tonight</h1><p>${lead}</p>${rows.length > 0 ? `<ul>${rows.map(card).join('')}</ul>` : ''}</main>`,
  )
}

const message = (title: string, words: string): string =>
  page(title, `<main><h1>${title}</h1><p>${words}</p><p><a class="button" href="/">Sign in</a></p></main>`)

/** Lintel knows the token no more; any other error stays one. */
function unlessRefused(error: unknown): undefined {
  const isRefused =
    error instanceof openid.WWWAuthenticateChallengeError || error instanceof openid.ResponseBodyError
  if (!isRefused) throw error
}

/** Starts the board; it asks Lintel for the first time when somebody comes. */
export function openBoard(settings: Settings): Server {
  const { origin } = settings
  const isPlain = settings.issuer.startsWith('http:')
  const callback = `${origin}/callback`
  const sessions = new Map<string, Session>()
  const cookieEnd = `; Path=/; HttpOnly; SameSite=Lax${isPlain ? '' : '; Secure'}`

  let found: Promise<openid.Configuration> | undefined
  const discover = () =>
    openid.discovery(
      new URL(settings.issuer),
      settings.clientId,
      settings.clientSecret,
      openid.ClientSecretBasic(settings.clientSecret),
      isPlain ? { execute: [openid.allowInsecureRequests] } : {},
    )
  /** Lintel's addresses, asked for once it answers. */
  const lintel = () => {
    found ??= discover().catch(error => {
      found = undefined
      throw error
    })
    return found
  }

  const cookie = (request: IncomingMessage, name: string): string =>
    new RegExp(`(?:^|; )${name}=([^;]*)`).exec(request.headers.cookie ?? '')?.[1] ?? ''

  function answer(response: ServerResponse, status: number, html: string, more: Record<string, string> = {}) {
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'self'; form-action 'self' ${settings.issuer}; frame-ancestors 'none'; base-uri 'none'`,
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
      ...more,
    })
    response.end(html)
  }

  const lead = (response: ServerResponse, to: string | URL, cookies: readonly string[] = []) =>
    response
      .writeHead(303, { location: String(to), 'set-cookie': [...cookies], 'cache-control': 'no-store' })
      .end()

  /** Sends the browser to Lintel; what the answer is checked against waits in a cookie of this browser. */
  async function signIn(response: ServerResponse): Promise<void> {
    const [state, nonce, verifier] = [
      openid.randomState(),
      openid.randomNonce(),
      openid.randomPKCECodeVerifier(),
    ]
    const to = openid.buildAuthorizationUrl(await lintel(), {
      redirect_uri: callback,
      scope: 'openid profile',
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    lead(response, to, [`board-asked=${[state, nonce, verifier].join('.')}; Max-Age=1800${cookieEnd}`])
  }

  async function takeCode(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [expectedState = '', expectedNonce = '', pkceCodeVerifier = ''] = cookie(
      request,
      'board-asked',
    ).split('.')
    const tokens = await openid.authorizationCodeGrant(await lintel(), new URL(request.url ?? '', origin), {
      expectedState,
      expectedNonce,
      pkceCodeVerifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    const id = randomBytes(32).toString('base64url')
    sessions.set(id, {
      subject: claims?.sub ?? '',
      sid: String(claims?.['sid']),
      idToken: tokens.id_token ?? '',
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token ?? '',
    })
    lead(response, '/', [`board=${id}${cookieEnd}`, `board-asked=; Max-Age=0${cookieEnd}`])
  }

  async function refresh(session: Session): Promise<void> {
    const tokens = await openid.refreshTokenGrant(await lintel(), session.refreshToken)
    session.accessToken = tokens.access_token
    session.refreshToken = tokens.refresh_token ?? session.refreshToken
  }

  /** Who this is, as Lintel knows them now. Undefined: their sign-in has ended, whatever ended it. */
  async function whoIs(session: Session): Promise<Person | undefined> {
    const ask = async () =>
      (await openid.fetchUserInfo(await lintel(), session.accessToken, session.subject)) as unknown as Person
    const known = await ask().catch(unlessRefused)
    if (known !== undefined) return known
    return refresh(session).then(ask).catch(unlessRefused)
  }

  /** Lintel says, from server to server, that a sign-in has ended (OpenID Connect Back-Channel Logout 1.0). */
  async function takeNotice(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { issuer, jwks_uri = '' } = (await lintel()).serverMetadata()
    const token = new URLSearchParams(await text(request)).get('logout_token') ?? ''
    const checks = { issuer, audience: settings.clientId, typ: 'logout+jwt' }
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), checks)
    for (const [id, { sid }] of sessions) if (sid === payload['sid']) sessions.delete(id)
    answer(response, 200, '')
  }

  async function signOut(id: string, response: ServerResponse): Promise<void> {
    const idToken = sessions.get(id)?.idToken
    sessions.delete(id)
    if (idToken === undefined) return void lead(response, '/bye')
    const to = openid.buildEndSessionUrl(await lintel(), {
      id_token_hint: idToken,
      post_logout_redirect_uri: `${origin}/bye`,
    })
    lead(response, to, [`board=; Max-Age=0${cookieEnd}`])
  }

  async function changeBeds(
    request: IncomingMessage,
    response: ServerResponse,
    person: Person,
  ): Promise<void> {
    const by = Number(new URLSearchParams(await text(request)).get('by'))
    const shelter = shelters.get(person.organization?.key ?? '')
    if (shelter === undefined || person.organization?.may_edit !== true || Math.abs(by) !== 1)
      return answer(response, 403, message('That is not yours to change', 'Nothing was changed.'))
    shelter.free = Math.min(shelter.beds, Math.max(0, shelter.free + by))
    lead(response, '/')
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const asked = `${request.method} ${request.url?.split('?')[0]}`
    const id = cookie(request, 'board')
    if (asked === 'POST /signed-out') return takeNotice(request, response)
    if (asked === 'GET /callback') return takeCode(request, response)
    if (asked === 'GET /style.css')
      return response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(style)
    if (asked === 'GET /bye') return answer(response, 200, message('You are signed out', 'Good night.'))
    if (request.method === 'POST' && request.headers.origin !== origin)
      return answer(response, 403, message('That did not come from this page', 'Nothing was changed.'))
    if (asked === 'POST /sign-out') return signOut(id, response)
    if (asked !== 'GET /' && asked !== 'POST /beds')
      return answer(response, 404, message('There is no such page', 'Go back to the board.'))
    const session = sessions.get(id)
    const person = session && (await whoIs(session))
    if (person === undefined) {
      sessions.delete(id)
      return signIn(response)
    }
    return asked === 'GET /'
      ? answer(response, 200, boardPage(person, settings.issuer))
      : changeBeds(request, response, person)
  }

  return createServer((request, response) => {
    handle(request, response).catch(() =>
      answer(
        response,
        400,
        message('That did not work', 'Sign in again. If it happens twice, call the helpdesk.'),
      ),
    )
  }).listen(Number(new URL(origin).port), new URL(origin).hostname)
}

if (import.meta.main) {
  const { ISSUER = '', CLIENT_ID = '', CLIENT_SECRET = '', ORIGIN = 'http://localhost:3001' } = process.env
  openBoard({ issuer: ISSUER, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, origin: ORIGIN })
  process.stdout.write(`The bed board is at ${ORIGIN}\n`)
}
