import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, describe, test } from 'node:test'
import * as openid from 'openid-client'
import { type Data, minute, openData } from '../attacks/support.ts'
import { register } from '../openid/support.ts'
import type { Driver, EngineName } from '../support/browser/driver.ts'
import { openEngine } from '../support/browser/engines.ts'
import { freePort } from '../support/database/postgres.ts'
import { openBedBoard } from '../support/people/bed-board.ts'
import { basic, claimsIn } from '../support/people/party.ts'
import { commandOf } from '../support/process/command.ts'
import { type Scope, startLintel } from '../support/process/process.ts'
import { answer, question, password as temporary } from './guide.ts'

const size = { width: 1280, height: 900 }
const own = 'Quiet lantern 7 over snow'
const menu = 'AW, User settings, Amina Warsame'
const places = {
  organizations: ['Lakeside Night Shelter', 'Juniper House'],
  workgroups: ['Emergency Shelter Staff', 'Shelter Reservation Team'],
} as const

async function openHouse() {
  const scope = { after }
  const lintel = await startLintel(scope, { engine: 'sqlite', clockOffset: 0 })
  const data = await openData(scope, lintel)
  return { lintel, data, board: await openBedBoard(scope, lintel, data) }
}

/** An application that only shows that somebody came, and keeps the address at which they did. */
async function openProbe(t: Scope, data: Data) {
  const arrivals: URL[] = []
  const callback = `http://localhost:${await freePort()}/callback`
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/callback')) arrivals.push(new URL(request.url, callback))
    response.setHeader('content-type', 'text/html').end('<title>Probe</title><h1>Arrived</h1>')
  })
  server.listen(Number(new URL(callback).port), 'localhost')
  t.after(async () => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  const { id, secret } = await register(data, { name: `Probe ${callback}`, redirectUris: [callback] })
  const verifier = openid.randomPKCECodeVerifier()
  const challenge = await openid.calculatePKCECodeChallenge(verifier)
  return {
    callback,
    asking: (more: Readonly<Record<string, string>>): string =>
      `/oidc/authorize?${new URLSearchParams({
        client_id: id,
        response_type: 'code',
        scope: 'openid',
        redirect_uri: callback,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        ...more,
      })}`,
    /** When the password was given, as the last arrival says, in seconds since 1970. */
    async provenAt(origin: string): Promise<number> {
      const answer = await fetch(`${origin}/oidc/token`, {
        method: 'POST',
        headers: { authorization: basic(id, secret) },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: arrivals.at(-1)?.searchParams.get('code') ?? '',
          redirect_uri: callback,
          code_verifier: verifier,
        }),
      })
      const { id_token } = (await answer.json()) as { readonly id_token: string }
      return Number(claimsIn(id_token)['auth_time'])
    },
  }
}

async function signIn(person: Driver, username: string, secret: string): Promise<void> {
  assert.equal(await person.heading(), 'Sign in')
  await person.fill('Username', username)
  await person.fill('Password', secret)
  await person.press('Sign In')
}

async function work(person: Driver, organization: string, workgroup: string): Promise<void> {
  await person.choose('Organization', organization)
  await person.choose('Workgroup', workgroup)
  await person.press('Use These Settings')
}

async function firstSignIn(person: Driver, username: string): Promise<void> {
  await signIn(person, username, temporary)
  await work(person, 'Lakeside Night Shelter', 'Emergency Shelter Staff')
  assert.equal(await person.heading(), 'Terms of Agreement')
  await person.press('Accept')
  await person.fill('New password', own)
  await person.fill('Confirm new password', own)
  await person.press('Save')
  await person.follow('Set security question')
  await person.fill('Question', question)
  await person.fill('Answer', answer)
  await person.press('Save')
}

/** From the board into Lintel and back to it. */
async function comeIn(person: Driver, board: string, username: string): Promise<void> {
  await person.open(board)
  await signIn(person, username, temporary)
  await work(person, 'Lakeside Night Shelter', 'Emergency Shelter Staff')
  await arrive(person, board)
}

async function arrive(person: Driver, board: string): Promise<void> {
  await person.arrive(`${board}/`)
  assert.equal(await person.heading(), 'Free beds tonight')
}

/** What ends at an application, and begins there, in one engine. */
export function applicationJourneysIn(engine: EngineName): void {
  describe(`in ${engine}`, async () => {
    const { lintel, data, board } = await openHouse()
    const open = openEngine[engine]

    test('a first sign-in that begins at an application ends there; another workgroup is seen there at once', async t => {
      await data.addPeople({ username: 'first', temporary: true, termsOpen: true, ...places })
      const person = await open(t, size, lintel.origin)
      await person.open(board)
      await firstSignIn(person, 'first')
      await arrive(person, board)
      assert.match(await person.text(), /Lakeside Night Shelter · Emergency Shelter Staff/)
      assert.doesNotMatch(await person.text(), /Iron Range Youth Haven/)
      await person.follow('Change where you work')
      await person.toggle(menu)
      await person.choose('Workgroup', 'Shelter Reservation Team')
      await person.press('Apply')
      await person.follow('Open Bed Board')
      await arrive(person, board)
      assert.match(await person.text(), /Lakeside Night Shelter · Shelter Reservation Team/)
      assert.match(await person.text(), /Iron Range Youth Haven/)
      assert.doesNotMatch(await person.text(), /Juniper House/)
    })

    test('a lock-down ends the work in an application at the next request', async t => {
      await data.addPeople({ username: 'stolen', ...places })
      const person = await open(t, size, lintel.origin)
      await comeIn(person, board, 'stolen')
      await person.press('One less')
      const free = await person.textOf('.own .free')
      const { code, err } = await commandOf(lintel)(
        'account',
        'lock-down',
        'stolen',
        '--reason',
        'A stolen phone',
      )
      assert.equal(code, 0, err)
      await person.press('One less')
      assert.equal(await person.heading(), 'Sign in')
      await data.addPeople({ username: 'colleague', ...places })
      await comeIn(person, board, 'colleague')
      assert.equal(await person.textOf('.own .free'), free)
    })

    test('signing out everywhere in Lintel ends the application too, and its own button ends Lintel', async t => {
      await data.addPeople({ username: 'leaver', ...places })
      const person = await open(t, size, lintel.origin)
      await comeIn(person, board, 'leaver')
      await person.open('/security')
      await person.fill('Password', temporary)
      await person.press('Submit')
      await person.press('Sign out everywhere')
      await comeIn(person, board, 'leaver')
      await person.press('Sign out')
      assert.match(await person.text(), /Bed Board asks you to sign out/)
      await person.press('Sign Out')
      await person.arrive(`${board}/bye`)
      assert.equal(await person.heading(), 'You are signed out')
      assert.equal(await data.liveSessions('leaver'), 0)
      await person.follow('Sign in')
      assert.equal(await person.heading(), 'Sign in')
    })

    test('without scripts a sign-in and a sign-out end at the application', async t => {
      await data.addPeople({ username: 'plain', ...places })
      const person = await open(t, size, lintel.origin, { scripts: false })
      await comeIn(person, board, 'plain')
      await person.press('One more')
      assert.equal(await person.heading(), 'Free beds tonight')
      await person.press('Sign out')
      await person.press('Sign Out')
      await person.arrive(`${board}/bye`)
      assert.equal(await data.liveSessions('plain'), 0)
    })

    test('an application that asks for the password again gets it given again, and only then', async t => {
      const probe = await openProbe(t, data)
      await data.addPeople({ username: 'asked', ...places })
      const person = await open(t, size, lintel.origin)
      await comeIn(person, board, 'asked')
      const prove = async (more: Readonly<Record<string, string>>) => {
        await person.open(probe.asking(more))
        await person.fill('Password', temporary)
        await person.press('Submit')
        await person.arrive(probe.callback)
        return probe.provenAt(lintel.origin)
      }
      await person.open(probe.asking({ max_age: '3600' }))
      assert.equal(await person.heading(), 'Arrived')
      const first = await probe.provenAt(lintel.origin)
      await lintel.advance(2 * minute)
      const second = await prove({ prompt: 'login' })
      assert.ok(second >= first + 120, `${second} after ${first}`)
      await lintel.advance(2 * minute)
      const third = await prove({ max_age: '60' })
      assert.ok(third >= second + 120, `${third} after ${second}`)
      await person.open(probe.asking({ max_age: '60' }))
      assert.equal(await person.heading(), 'Arrived')
    })
  })
}
