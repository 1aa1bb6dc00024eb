/** What a hostile application, browser or person tries with OpenID Connect. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { Updateable } from 'kysely'
import { everybody } from '../../src/applications/rules.ts'
import { newToken } from '../../src/store/ids.ts'
import type { AccountTable } from '../../src/store/schema.ts'
import { publishTerms } from '../../src/terms/store.ts'
import { eachEngine } from '../support/database/store.ts'
import { basic, claimsIn, openParty, type Party, type Tokens } from '../support/people/party.ts'

const errorOf = async (answer: Response) => ((await answer.json()) as Tokens).error
const form = 'application/x-www-form-urlencoded'

const notLedAway = async (party: Party, uri: string) => {
  const who = await party.desk.signIn(party.desk.inside)
  const answer = await party.authorize(who, { redirect_uri: uri })
  assert.equal(answer.headers.get('location'), null, uri)
  assert.equal(answer.status, 400, uri)
  assert.doesNotMatch(await answer.text(), /evil/)
}

eachEngine('no address but the registered one, byte by byte, gets a code or an error', async open => {
  const party = await openParty(await open())
  for (const uri of [
    'https://beds.example.org/callback/..;/evil',
    'https://beds.example.org/callback%2f..%2fevil',
    'https://evil@beds.example.org/callback',
    'https://beds.example.org@evil.example/callback',
    'https://beds.example.org:444/callback',
    'HTTPS://beds.example.org/callback',
    'https://beds.example.org/callback#evil',
    'https://beds.example.org/callback?evil',
    'http://beds.example.org/callback',
    'javascript:evil',
    ' https://beds.example.org/callback',
  ])
    await notLedAway(party, uri)
})

eachEngine('a code without a PKCE challenge, or with a plain or short one, is not given', async open => {
  const party = await openParty(await open())
  const who = await party.desk.signIn(party.desk.inside)
  for (const more of [
    { code_challenge: '', code_challenge_method: '' },
    { code_challenge: newToken(), code_challenge_method: 'plain' },
    { code_challenge: newToken(), code_challenge_method: '' },
    { code_challenge: 'short' },
  ]) {
    const answer = await party.answered(who, more)
    assert.equal(answer.searchParams.get('error'), 'invalid_request', JSON.stringify(more))
    assert.equal(answer.searchParams.get('code'), null)
  }
})

eachEngine(
  'a code without its verifier, with another, or with one it never had a challenge for, gets nothing',
  async open => {
    const party = await openParty(await open())
    const who = await party.desk.signIn(party.desk.inside)
    for (const code_verifier of ['', newToken(), 'short'])
      assert.match(
        String(await errorOf(await party.exchange(await party.codeFor(who), { code_verifier }))),
        /invalid_(grant|request)/,
      )
    const plain = await party.register({ name: 'Plain', pkceException: 'It cannot.' })
    const none = { code_challenge: '', code_challenge_method: '' }
    const answer = await plain.exchange(await plain.codeFor(who, none), { code_verifier: newToken() })
    assert.equal(await errorOf(answer), 'invalid_grant')
  },
)

eachEngine(
  'a code or refresh token of one application is nothing to another, and stays good for its own',
  async open => {
    const party = await openParty(await open())
    const other = await party.register({ name: 'Other' })
    const who = await party.desk.signIn(party.desk.inside)
    const code = await party.codeFor(who)
    assert.equal(await errorOf(await other.exchange(code)), 'invalid_grant')
    const { refresh_token } = await party.tokensFor(who)
    assert.equal(await errorOf(await other.refresh(refresh_token)), 'invalid_grant')
    assert.equal((await party.refresh(refresh_token)).status, 200)
  },
)

eachEngine(
  'only a code is ever given: no token in an address, no password grant, no device, no client of its own',
  async open => {
    const party = await openParty(await open())
    const who = await party.desk.signIn(party.desk.inside)
    for (const response_type of [
      'token',
      'id_token',
      'id_token token',
      'code id_token',
      'code token',
      'none',
    ]) {
      const answer = await party.authorize(who, { response_type })
      const to = answer.headers.get('location') ?? ''
      assert.doesNotMatch(to, /code=|token=/, response_type)
    }
    for (const grant_type of [
      'password',
      'client_credentials',
      'implicit',
      'urn:ietf:params:oauth:grant-type:device_code',
    ])
      assert.equal(
        (await party.token({ grant_type, username: 'ines', password: 'x' })).status,
        400,
        grant_type,
      )
    for (const path of [
      '/oidc/register',
      '/reg',
      '/device/auth',
      '/device',
      '/request',
      '/oidc/par',
      '/session/end/confirm',
    ])
      assert.equal((await party.post(path, {})).status, 404, path)
  },
)

eachEngine('an unknown application and a wrong secret get the same answer, with a challenge', async open => {
  const party = await openParty(await open())
  const { desk } = party
  const ask = async (id: string, secret: string) => {
    const answer = await desk.ask('/oidc/token', {
      method: 'POST',
      headers: { 'content-type': form, authorization: basic(id, secret) },
      body: 'grant_type=refresh_token&refresh_token=x',
    })
    return [answer.status, answer.headers.get('www-authenticate'), await answer.text()]
  }
  const unknown = await ask('0'.repeat(32), party.secret)
  assert.deepEqual(await ask(party.id, newToken()), unknown)
  assert.deepEqual(await ask(party.id, ''), unknown)
  assert.equal(unknown[0], 401)
  assert.match(String(unknown[1]), /^Basic /)
})

eachEngine(
  'a secret in the header and in the body at once is refused, and a loosely coded header too',
  async open => {
    const party = await openParty(await open())
    const send = (authorization: string, body: string) =>
      party.desk.ask('/oidc/token', {
        method: 'POST',
        headers: { 'content-type': form, authorization },
        body,
      })
    const both = await send(
      basic(party.id, party.secret),
      `grant_type=refresh_token&refresh_token=x&client_id=${party.id}&client_secret=${party.secret}`,
    )
    assert.equal(both.status, 400)
    for (const authorization of [
      `Basic ${Buffer.from(`${party.id}:${party.secret}`).toString('base64')}!!`,
      `Basic ${Buffer.from(`${party.id}%zz:${party.secret}`).toString('base64')}`,
      'Basic',
      'Basic :',
    ]) {
      const answer = await send(authorization, 'grant_type=refresh_token&refresh_token=x')
      assert.ok(answer.status === 400 || answer.status === 401, authorization)
      assert.notEqual(await errorOf(answer), 'invalid_grant', authorization)
    }
  },
)

eachEngine('whatever shuts an account out ends its tokens at the next request, everywhere', async open => {
  const opened = await open()
  const party = await openParty(opened)
  const { desk } = party
  const now = () => opened.clock.now()
  const shut: Readonly<Record<string, () => Updateable<AccountTable>>> = {
    deactivated: () => ({ deactivated_at: now() }),
    suspended: () => ({ suspended_until: now() + 3_600_000 }),
    leaving: () => ({ leaving_at: now() - 1 }),
    'locked down': () => ({ password_blocked_at: now(), epoch: 2 }),
  }
  for (const [name, columns] of Object.entries(shut)) {
    const id = await desk.add({ username: name.replace(' ', '-') })
    const { access_token, refresh_token } = await party.tokensFor(await desk.signIn(id))
    assert.equal((await party.userinfo(access_token)).status, 200)
    await opened.store.writeOne(db => db.updateTable('account').set(columns()).where('id', '=', id).execute())
    assert.equal((await party.userinfo(access_token)).status, 401, name)
    assert.equal(await errorOf(await party.refresh(refresh_token)), 'invalid_grant', name)
    const looked = await party.post('/oidc/introspect', { token: access_token })
    assert.deepEqual(await looked.json(), { active: false }, name)
  }
})

eachEngine(
  'a person who may no longer use an application, or who has a step to do, is out of it at the next request',
  async open => {
    const opened = await open()
    const party = await openParty(opened)
    const who = await party.desk.signIn(party.desk.inside)
    const before = await party.tokensFor(who)
    const allow = (allowed: object) =>
      opened.store.writeOne(db =>
        db
          .updateTable('application')
          .set({ allowed: JSON.stringify(allowed) })
          .where('id', '=', party.id)
          .execute(),
      )
    await allow({ ...everybody, roles: ['administrator'] })
    assert.equal((await party.userinfo(before.access_token)).status, 401)
    await allow(everybody)
    const { access_token, refresh_token } = await party.tokensFor(who)
    const now = opened.clock.now()
    await opened.store.write(tx => publishTerms(tx, { text: 'New', effectiveAt: now - 1, by: 'test', now }))
    assert.equal((await party.userinfo(access_token)).status, 401)
    assert.equal(await errorOf(await party.refresh(refresh_token)), 'invalid_grant')
  },
)

eachEngine('a disabled application is unknown at once, with everything it holds', async open => {
  const opened = await open()
  const party = await openParty(opened)
  const who = await party.desk.signIn(party.desk.inside)
  const { access_token, refresh_token } = await party.tokensFor(who)
  await opened.store.writeOne(db =>
    db.updateTable('application').set({ disabled_at: 1 }).where('id', '=', party.id).execute(),
  )
  assert.equal((await party.userinfo(access_token)).status, 401)
  assert.equal((await party.refresh(refresh_token)).status, 401)
  assert.equal((await party.authorize(who)).status, 400)
})

eachEngine(
  'nobody looks a token up without a secret, or another application’s, and nobody ends a stranger’s',
  async open => {
    const party = await openParty(await open())
    const other = await party.register({ name: 'Other' })
    const { access_token, refresh_token } = await party.tokensFor(await party.desk.signIn(party.desk.inside))
    for (const path of ['/oidc/introspect', '/oidc/revoke']) {
      const answer = await party.desk.ask(path, {
        method: 'POST',
        headers: { 'content-type': form },
        body: `token=${access_token}&client_id=${party.id}`,
      })
      assert.equal(answer.status, 401, path)
    }
    for (const token of [access_token, refresh_token]) {
      assert.deepEqual(await (await other.post('/oidc/introspect', { token })).json(), { active: false })
      await other.post('/oidc/revoke', { token })
    }
    assert.equal((await party.userinfo(access_token)).status, 200)
    const own = (await (await party.post('/oidc/introspect', { token: access_token })).json()) as {
      active: boolean
    }
    assert.equal(own.active, true)
    assert.equal((await party.post('/oidc/revoke', { token: access_token })).status, 200)
    assert.equal((await party.userinfo(access_token)).status, 401)
  },
)

eachEngine('a token of one kind is nothing where another is asked for', async open => {
  const party = await openParty(await open())
  const who = await party.desk.signIn(party.desk.inside)
  const { access_token, refresh_token, id_token } = await party.tokensFor(who)
  for (const token of [refresh_token, id_token, await party.codeFor(who)])
    assert.equal((await party.userinfo(token)).status, 401)
  for (const token of [access_token, id_token, await party.codeFor(who)])
    assert.equal(await errorOf(await party.refresh(token)), 'invalid_grant')
  for (const token of [access_token, refresh_token, id_token])
    assert.equal(await errorOf(await party.exchange(token)), 'invalid_grant')
  const looked = await (await party.post('/oidc/introspect', { token: id_token })).json()
  assert.notEqual((looked as { readonly active?: boolean }).active, true)
})

eachEngine('a refresh gives no more than was given, and only of the same person', async open => {
  const party = await openParty(await open())
  const who = await party.desk.signIn(party.desk.inside)
  const { refresh_token } = await party.tokensFor(who, { scope: 'openid' })
  const wider = await party.token({ grant_type: 'refresh_token', refresh_token, scope: 'openid email' })
  assert.equal(wider.status, 400)
})

eachEngine(
  'of fifty who refresh at once within half a minute each gets a token of the same family, and an old one ends them all',
  async open => {
    const opened = await open()
    const party = await openParty(opened)
    const { refresh_token } = await party.tokensFor(await party.desk.signIn(party.desk.inside))
    const answers = await Promise.all(Array.from({ length: 50 }, () => party.refresh(refresh_token)))
    const all = (await Promise.all(answers.map(answer => answer.json()))) as Tokens[]
    assert.equal(all.filter(({ error }) => error === undefined).length, 50)
    assert.equal(new Set(all.map(token => token.refresh_token)).size, 50)
    opened.clock.advance(31_000)
    const late = await Promise.all(Array.from({ length: 50 }, () => party.refresh(refresh_token)))
    assert.deepEqual([...new Set(late.map(({ status }) => status))], [400])
    for (const { access_token } of all.slice(0, 3))
      assert.equal((await party.userinfo(access_token)).status, 401)
  },
)

eachEngine('a sign-out among fifty refreshes leaves no token that works', async open => {
  const party = await openParty(await open())
  const who = await party.desk.signIn(party.desk.inside)
  const { refresh_token } = await party.tokensFor(who)
  const [, ...answers] = await Promise.all([
    who.post('/sign-out'),
    ...Array.from({ length: 50 }, () => party.refresh(refresh_token)),
  ])
  for (const answer of answers) {
    if (answer.status !== 200) continue
    const { access_token, refresh_token: next } = (await answer.json()) as Tokens
    assert.equal((await party.userinfo(access_token)).status, 401)
    assert.equal((await party.refresh(next)).status, 400)
  }
})

eachEngine(
  'a session that was given to somebody gets their browser no code: it goes to who holds the session',
  async open => {
    const party = await openParty(await open())
    const attacker = await party.desk.signIn(party.desk.outside)
    const code = await party.codeFor(attacker)
    const victim = await party.desk.signIn(party.desk.inside)
    const own = await party.tokensFor(victim)
    const theirs = (await (await party.exchange(code)).json()) as Tokens
    assert.notEqual(claimsIn(own.id_token)['sub'], claimsIn(theirs.id_token)['sub'])
    assert.equal(claimsIn(theirs.id_token)['nonce'], 'nonce')
  },
)

eachEngine(
  'no other site reads an answer: no origin is allowed, nothing may be framed, no address is told on',
  async open => {
    const party = await openParty(await open())
    const { access_token } = await party.tokensFor(await party.desk.signIn(party.desk.inside))
    const origin = 'https://evil.example'
    const asked = [
      party.desk.ask('/oidc/userinfo', { headers: { origin, authorization: `Bearer ${access_token}` } }),
      party.desk.ask('/oidc/jwks', { headers: { origin } }),
      party.desk.ask('/oidc/token', { method: 'POST', headers: { origin, 'content-type': form }, body: '' }),
      party.authorize(party.desk.callers.anonymous),
    ]
    for (const answer of await Promise.all(asked)) {
      assert.equal(answer.headers.get('access-control-allow-origin'), null)
      assert.equal(answer.headers.get('access-control-allow-credentials'), null)
      assert.equal(answer.headers.get('x-frame-options'), 'DENY')
      assert.equal(answer.headers.get('referrer-policy'), 'same-origin')
      assert.equal(answer.headers.get('set-cookie'), null)
      assert.ok(answer.headers.get('content-security-policy'))
    }
  },
)

eachEngine(
  'a stamp that somebody made up, or moved to another request, stands for no fresh password',
  async open => {
    const opened = await open()
    const party = await openParty(opened)
    const who = await party.desk.signIn(party.desk.inside)
    opened.clock.advance(1_000)
    const asked =
      (await party.authorize(who, { max_age: '10000', prompt: 'login' })).headers.get('location') ?? ''
    const stamp = new URL(asked, 'http://x').searchParams.get('lintel_asked') ?? ''
    opened.clock.advance(1_000)
    const later = await party.desk.signIn(party.desk.inside)
    opened.clock.advance(1_000)
    for (const lintel_asked of [stamp, '1.x', `${opened.clock.now() - 1}.x`, stamp.replace(/^\d/, '0')]) {
      const answer = await party.authorize(later, { prompt: 'login', lintel_asked })
      assert.match(answer.headers.get('location') ?? '', /wish=prove-again/, lintel_asked)
    }
  },
)

eachEngine(
  'an acr that was not reached is not claimed, and asking for it leads to the second step',
  async open => {
    const opened = await open()
    const party = await openParty(opened)
    const who = await party.desk.signIn(party.desk.inside)
    const { id_token } = await party.tokensFor(who)
    assert.deepEqual(claimsIn(id_token)['amr'], ['pwd', 'otp', 'mfa'])
    await opened.store.writeOne(db =>
      db
        .updateTable('session')
        .set({ proofs: JSON.stringify({ password: opened.clock.now() }) })
        .execute(),
    )
    const weaker = claimsIn((await party.tokensFor(who)).id_token)
    assert.deepEqual([weaker['acr'], weaker['amr']], ['urn:lintel:password', ['pwd']])
    const asked = await party.authorize(who, { acr_values: 'urn:lintel:two-step' })
    assert.match(asked.headers.get('location') ?? '', /wish=second-step/)
  },
)

eachEngine('two applications that know people by names of their own cannot compare them', async open => {
  const party = await openParty(await open(), { pairwise: true })
  const other = await party.register({ name: 'Other', pairwise: true })
  const who = await party.desk.signIn(party.desk.inside)
  const [one, two, again] = [
    await party.tokensFor(who),
    await other.tokensFor(who),
    await party.tokensFor(who),
  ]
  const sub = (tokens: Tokens) => claimsIn(tokens.id_token)['sub']
  assert.notEqual(sub(one), sub(two))
  assert.notEqual(claimsIn(one.id_token)['sid'], claimsIn(two.id_token)['sid'])
  assert.equal(sub(one), sub(again))
  assert.equal(((await (await party.userinfo(one.access_token)).json()) as { sub: string }).sub, sub(one))
  assert.notEqual(sub(one), createHash('sha256').update(party.desk.inside).digest('hex').slice(0, 32))
})

eachEngine('the audit log holds every entry, every refusal, every wrong secret and every end', async open => {
  const party = await openParty(await open())
  const closed = await party.register({ name: 'Closed', allowed: { ...everybody, roles: ['administrator'] } })
  const who = await party.desk.signIn(party.desk.inside)
  await party.tokensFor(who)
  await who.get((await closed.authorize(who)).headers.get('location') ?? '')
  await party.desk.ask('/oidc/token', {
    method: 'POST',
    headers: { 'content-type': form, authorization: basic(party.id, newToken()) },
    body: 'grant_type=refresh_token&refresh_token=x',
  })
  await who.post('/sign-out')
  const found = (await party.desk.events()).filter(
    ({ args }) => args.includes(party.id) || args.includes(closed.id),
  )
  assert.deepEqual(
    found.map(({ event }) => event),
    ['authn_token_created', 'authz_fail', 'authz_fail', 'authn_token_revoked'],
  )
})
