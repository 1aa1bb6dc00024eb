import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { callback, openParty, type Tokens } from '../../test/support/people/party.ts'
import { everybody } from '../applications/rules.ts'

const statuses = async (answers: readonly Promise<Response>[]) =>
  (await Promise.all(answers)).map(({ status }) => status).sort()

eachEngine(
  'of fifty who send a code at once one gets tokens, and they die as the code was sent twice',
  async open => {
    const { desk, codeFor, exchange, userinfo } = await openParty(await open())
    const who = await desk.signIn(desk.inside)
    const code = await codeFor(who)
    const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(code)))
    const won = answers.filter(({ status }) => status === 200)
    assert.equal(won.length, 1)
    const [winner] = won
    assert.ok(winner)
    const { access_token } = (await winner.json()) as Tokens
    assert.equal((await userinfo(access_token)).status, 401)
  },
)

eachEngine('a person’s names and where they work now reach the application', async open => {
  const { desk, tokensFor, userinfo } = await openParty(await open())
  const who = await desk.signIn(desk.inside)
  const { access_token, id_token } = await tokensFor(who)
  const claims = (await (await userinfo(access_token)).json()) as Record<string, unknown>
  const inToken = JSON.parse(Buffer.from(id_token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  for (const name of ['sub', 'name', 'email', 'organization', 'groups', 'roles'])
    assert.deepEqual(inToken[name], claims[name], name)
  assert.equal(claims['sub'], desk.inside.replaceAll('-', ''))
  assert.equal((claims['organization'] as { id: string }).id, desk.ownOrganization)
})

eachEngine('a code works for a minute, an access token for five', async opened => {
  const start = await opened()
  const { desk, codeFor, exchange, tokensFor, userinfo } = await openParty(start)
  const who = await desk.signIn(desk.inside)
  const { access_token } = await tokensFor(who)
  const [early, late] = [await codeFor(who), await codeFor(who)]
  start.clock.advance(59_000)
  assert.equal((await exchange(early)).status, 200)
  start.clock.advance(1_000)
  assert.equal(((await (await exchange(late)).json()) as Tokens).error, 'invalid_grant')
  start.clock.advance(239_000)
  assert.equal((await userinfo(access_token)).status, 200)
  start.clock.advance(1_000)
  assert.equal((await userinfo(access_token)).status, 401)
})

eachEngine('whatever ends the session ends its tokens at the next request', async open => {
  const { desk, tokensFor, userinfo, token } = await openParty(await open())
  const who = await desk.signIn(desk.inside)
  const { access_token, refresh_token } = await tokensFor(who)
  assert.equal((await userinfo(access_token)).status, 200)
  await who.post('/sign-out')
  assert.equal((await userinfo(access_token)).status, 401)
  const refreshed = await token({ grant_type: 'refresh_token', refresh_token })
  assert.equal(refreshed.status, 400)
  assert.equal(((await refreshed.json()) as Tokens).error, 'invalid_grant')
})

eachEngine('a refresh token answers twice within half a minute, and later ends its family', async opened => {
  const start = await opened()
  const { desk, tokensFor, token, userinfo } = await openParty(start)
  const who = await desk.signIn(desk.inside)
  const { refresh_token } = await tokensFor(who)
  const again = () => token({ grant_type: 'refresh_token', refresh_token })
  assert.deepEqual(await statuses([again(), again()]), [200, 200])
  const sibling = (await (await again()).json()) as Tokens
  start.clock.advance(31_000)
  assert.equal((await again()).status, 400)
  assert.equal((await userinfo(sibling.access_token)).status, 401)
  assert.equal(
    (await token({ grant_type: 'refresh_token', refresh_token: sibling.refresh_token })).status,
    400,
  )
})

eachEngine(
  'a stranger’s request waits in the address, through the sign-in, and goes on from a page',
  async open => {
    const { desk, authorize } = await openParty(await open())
    const answer = await authorize(desk.callers.anonymous)
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.get('set-cookie'), null)
    const entry = answer.headers.get('location') ?? ''
    assert.match(entry, /^\/applications\/enter\?wish=sign-in&client_id=/)
    assert.match((await desk.callers.anonymous.get(entry)).headers.get('location') ?? '', /^\/sign-in\?to=/)
    const who = await desk.signIn(desk.inside)
    const page = await who.get(entry)
    assert.equal(page.status, 200)
    const onward = /^0; url=(\/oidc\/authorize\?.*)$/.exec(page.headers.get('refresh') ?? '')?.[1] ?? ''
    const back = await who.get(onward)
    assert.match(back.headers.get('location') ?? '', /^https:\/\/beds\.example\.org\/callback\?code=/)
  },
)

eachEngine('prompt=login is met once by a password given later, and does not ask for ever', async opened => {
  const start = await opened()
  const { desk, authorize } = await openParty(start)
  const who = await desk.signIn(desk.inside)
  start.clock.advance(1_000)
  const asked = await authorize(who, { prompt: 'login' })
  const entry = asked.headers.get('location') ?? ''
  assert.match(entry, /wish=prove-again/)
  assert.match(await (await who.get(entry)).text(), /name="password"/)
  start.clock.advance(1_000)
  const later = await desk.signIn(desk.inside)
  const onward = (await later.get(entry)).headers.get('refresh')?.replace('0; url=', '') ?? ''
  assert.match((await later.get(onward)).headers.get('location') ?? '', /callback\?code=/)
})

eachEngine('without a session, prompt=none says so to the application and shows nothing', async open => {
  const { desk, authorize } = await openParty(await open())
  const answer = await authorize(desk.callers.anonymous, { prompt: 'none' })
  assert.match(answer.headers.get('location') ?? '', /callback\?error=login_required/)
})

eachEngine('who may not use an application gets no code, and a page says why', async open => {
  const { desk, authorize } = await openParty(await open(), {
    allowed: { ...everybody, roles: ['administrator'] },
  })
  const who = await desk.signIn(desk.inside)
  const entry = (await authorize(who)).headers.get('location') ?? ''
  assert.match(entry, /wish=not-allowed/)
  const page = await who.get(entry)
  assert.equal(page.status, 403)
  assert.match(await page.text(), /You cannot open Bed Board/)
  const silent = await authorize(who, { prompt: 'none' })
  assert.match(silent.headers.get('location') ?? '', /error=access_denied/)
})

eachEngine('an address that was not registered is never led to', async open => {
  const { desk, authorize } = await openParty(await open())
  const who = await desk.signIn(desk.inside)
  const wrong = [
    'https://beds.example.org/callback/',
    `${callback}?x=1`,
    'https://evil.example/callback',
    `${callback}#f`,
  ]
  for (const redirect_uri of wrong) {
    const answer = await authorize(who, { redirect_uri })
    assert.equal(answer.status, 400, redirect_uri)
    assert.equal(answer.headers.get('location'), null)
  }
})

eachEngine('a cookie from before the newest gets no code: it may only read', async open => {
  const { desk, authorize } = await openParty(await open())
  const who = await desk.signIn(desk.inside)
  await desk.store.writeOne(db =>
    db
      .updateTable('session')
      .set(eb => ({
        previous_token_hash: eb.ref('token_hash'),
        previous_until: desk.clock.now() + 5_000,
        token_hash: 'the newest',
      }))
      .where('account_id', '=', who.id)
      .execute(),
  )
  assert.match((await authorize(who)).headers.get('location') ?? '', /wish=sign-in/)
})
