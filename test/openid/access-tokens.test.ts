import assert from 'node:assert/strict'
import { everybody } from '../../src/applications/rules.ts'
import { eachEngine } from '../support/database/store.ts'
import { claimsIn, leadsTo, openParty } from '../support/people/party.ts'

const headOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')) as Record<string, string>

/** What the warehouse's proxy sends beside what we know of (its docs/adr/0008): both are for other doors than ours. */
const asTheProxyAsks = {
  scope: 'openid email profile federated:id offline_access',
  connector_id: 'okta',
}

eachEngine('an application that reads tokens itself gets a JWT for itself, for five minutes', async open => {
  const party = await openParty(await open(), { tokenForm: 'jwt', preset: 'hmis-warehouse' })
  const { desk } = party
  const who = await desk.signIn(desk.inside)
  const { access_token, id_token, refresh_token } = await party.tokensFor(who, asTheProxyAsks)
  const { alg, typ, kid } = headOf(access_token)
  const keys = (await (await desk.ask('/oidc/jwks')).json()) as { keys: { kid: string }[] }
  assert.equal(alg, 'RS256')
  assert.match(typ ?? '', /^at\+jwt$/)
  assert.ok(keys.keys.some(key => key.kid === kid))
  const claims = claimsIn(access_token)
  assert.equal(claims['iss'], desk.services.settings.LINTEL_ORIGIN)
  assert.equal(claims['aud'], party.id)
  assert.equal(claims['sub'], claimsIn(id_token)['sub'])
  assert.equal(Number(claims['exp']) - Number(claims['iat']), 300)
  assert.equal(claims['client_id'], party.id)
  assert.equal(claimsIn(id_token)['given_name'], 'Ines')
  await who.post('/sign-out')
  assert.equal((await party.refresh(refresh_token)).status, 400, 'no new one comes after the end')
})

eachEngine('where it is a JWT, the console and the page after sign-out say that it lasts', async open => {
  const party = await openParty(await open(), { tokenForm: 'jwt' })
  const { desk } = party
  const { administrator } = desk.callers
  const page = await (await administrator.get(`/helpdesk/applications/${party.id}`)).text()
  assert.match(page, /JWT\. They work up to 5 minutes after sign-out\./)
  for (const act of ['disable', 'end'])
    assert.match(
      await (await administrator.get(`/helpdesk/applications/${party.id}/${act}`)).text(),
      /up to 5 minutes/,
      act,
    )
  const who = await desk.signIn(desk.inside)
  await party.tokensFor(who)
  await who.post('/sign-out')
  assert.match(await (await who.get('/sign-in')).text(), /May still work until [^<]*: Bed Board\./)
})

eachEngine('an application may ask where people work at each entry; the choice is its claim', async open => {
  const party = await openParty(await open(), { asksWorkplace: true, allowed: everybody })
  const { desk } = party
  const both = await desk.add({
    username: 'both',
    organizationIds: [desk.ownOrganization, desk.otherOrganization],
  })
  const who = await desk.signIn(both)
  await who.post('/settings/choose', { organization: desk.ownOrganization })
  for (const organization of [desk.otherOrganization, desk.ownOrganization]) {
    const entry = (await party.authorize(who)).headers.get('location') ?? ''
    assert.match(entry, /wish=workplace/)
    const page = await (await who.get(entry)).text()
    assert.match(page, /Where do you work in Bed Board\?/)
    const request = /name="request" value="([^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const refused = await who.post('/applications/enter', { request, organization: 'elsewhere' })
    assert.equal(refused.status, 422)
    const chosen = await who.post('/applications/enter', { request, organization })
    assert.equal(chosen.status, 303)
    const onward = leadsTo(await who.get(chosen.headers.get('location') ?? ''))
    const code = new URL((await who.get(onward)).headers.get('location') ?? '').searchParams.get('code')
    const { id_token } = (await (await party.exchange(code ?? '')).json()) as { id_token: string }
    assert.equal((claimsIn(id_token)['organization'] as { id: string }).id, organization)
  }
  const silent = await party.authorize(who, { prompt: 'none' })
  assert.match(silent.headers.get('location') ?? '', /callback\?code=/, 'nobody is asked without a page')
  const alone = await desk.signIn(desk.inside)
  assert.match((await party.authorize(alone)).headers.get('location') ?? '', /callback\?code=/)
})
