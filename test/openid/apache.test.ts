/** Apache with mod_auth_openidc in front of pages that know nothing of signing in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createWorkgroup } from '../../src/workspace/store.ts'
import { openData, signedIn } from '../attacks/support.ts'
import { password } from '../journeys/guide.ts'
import { type Client, openClient } from '../support/http/client.ts'
import { claimsAge, openApache } from '../support/outside/apache.ts'
import { type Scope, startLintel } from '../support/process/process.ts'
import { register } from './support.ts'

const title = (html: string): string => /<title>(.*)<\/title>/.exec(html)?.[1] ?? ''

/** What a page is told of who reads it. */
const told = (html: string, name: string): string =>
  (new RegExp(`^${name}=(.*)$`, 'm').exec(html)?.[1] ?? '').replaceAll('&quot;', '"')

const local = (address: string): string => {
  const { pathname, search } = new URL(address)
  return pathname + search
}

/** Lintel and an Apache that is registered with it; Ines, who is inside Lintel, at a browser. */
async function openHouse(t: Scope, { isTold }: { readonly isTold: boolean }) {
  const apache = await openApache(t)
  const lintel = await startLintel(t, { engine: 'sqlite' })
  const data = await openData(t, lintel)
  const { store, now } = data.services
  const assessors = await store.write(tx =>
    createWorkgroup(tx, { name: 'Assessors', allows: '', key: 'ASSESSORS' }, now()),
  )
  await data.addPeople({ username: 'ines' })
  const copied = await register(data, {
    name: 'Guides',
    preset: 'apache',
    redirectUris: [apache.redirectUri],
    signOutUris: [apache.afterSignOut],
    backchannelUri: isTold ? apache.backchannelUri : undefined,
  })
  await apache.start({ issuer: lintel.origin, ...copied })
  const there = openClient(apache.origin)
  const open = (name: string) => there.get(`/${name}/page.shtml`)
  const inside = await signedIn(lintel, 'ines', password)
  /** From a page of Apache's to Lintel, and with its answer back to the page. */
  const comeIn = async (browser: Client): Promise<string> => {
    const asked = await open('told')
    assert.ok(asked.location?.startsWith(`${lintel.origin}/oidc/authorize?`), asked.location)
    const answer = await browser.get(local(asked.location ?? ''))
    const page = await there.follow(await there.get(local(answer.location ?? '')))
    assert.equal(title(page.text), 'Told of the end')
    return page.text
  }
  /** An administrator gives Ines the other workgroup in place of her own. */
  const becomeAssessor = () =>
    store.writeOne(db => db.updateTable('account_workgroup').set({ workgroup_id: assessors }).execute())
  return { apache, lintel, data, there, open, inside, comeIn, becomeAssessor }
}

type House = Awaited<ReturnType<typeof openHouse>>

/** Signs out in Lintel. @returns the page that says what was closed. */
async function signOut({ inside }: House): Promise<string> {
  await inside.get('/')
  return (await inside.follow(await inside.submit({}, 'Sign Out'))).text
}

/** Once the application has taken the notice, or Lintel has noted that it did not. */
async function noticeTaken({ data: { services } }: House): Promise<void> {
  const tried = () =>
    services.store.read
      .selectFrom('logout_notice')
      .select(['sent_at', 'last_error'])
      .executeTakeFirstOrThrow()
  let notice = await tried()
  for (; notice.sent_at === null && notice.last_error === null; notice = await tried()) await sleep(20)
  assert.equal(notice.last_error, null)
}

test('Apache with mod_auth_openidc: claims, a fresh token, another workgroup, the notice of an end, and its own sign-out', async t => {
  const house = await openHouse(t, { isTold: true })
  const { apache, lintel, data, there, open, inside, comeIn, becomeAssessor } = house
  const page = await comeIn(inside)
  assert.equal(told(page, 'REMOTE_USER'), 'ines')
  assert.match(told(page, 'OIDC_CLAIM_organization'), /"name": "North Shelter", "may_edit": true/)
  assert.match(told(page, 'OIDC_CLAIM_workgroup'), /"name": "HMIS Users"/)
  assert.equal((await open('assessors')).status, 401)

  const tokens = [await open('checked'), await open('checked')].map(({ text }) =>
    told(text, 'OIDC_access_token'),
  )
  assert.equal(new Set(tokens.filter(token => token.length > 20)).size, 2, 'a token was not refreshed')

  await becomeAssessor()
  await sleep(claimsAge * 1_000 + 1)
  assert.match(told((await open('told')).text, 'OIDC_CLAIM_workgroup'), /"key": "ASSESSORS"/)

  assert.match(await signOut(house), /Also closed: Guides\./)
  await noticeTaken(house)
  assert.ok((await open('told')).location?.startsWith(`${lintel.origin}/oidc/authorize?`))

  const again = await signedIn(lintel, 'ines', password)
  await comeIn(again)
  assert.equal(title((await open('assessors')).text), 'For assessors')
  const asked = await there.get(`/redirect_uri?logout=${encodeURIComponent(apache.afterSignOut)}`)
  const question = (await again.get(local(asked.location ?? ''))).text
  assert.match(question, /Guides asks you to sign out/)
  const [, request = ''] = /name="request" value="([^"]*)"/.exec(question) ?? []
  const agreed = await again.submit({ request: request.replaceAll('&amp;', '&') }, 'Sign Out')
  const left = await again.follow(agreed)
  assert.equal(left.headers['refresh'], `0; url=${apache.afterSignOut}`)
  assert.equal(await data.liveSessions('ines'), 0)
})

test('Apache that is never told: the page that checks closes at the next request, and the sign-out says what stays open', async t => {
  const house = await openHouse(t, { isTold: false })
  const { apache, lintel, open, inside, comeIn } = house
  await comeIn(inside)
  assert.match(await signOut(house), /May stay open until it checks your sign-in again: Guides\./)
  assert.equal(title((await open('told')).text), 'Told of the end')
  assert.equal((await open('checked')).headers.location, apache.afterSignOut)
  assert.ok((await open('told')).location?.startsWith(`${lintel.origin}/oidc/authorize?`))
})
