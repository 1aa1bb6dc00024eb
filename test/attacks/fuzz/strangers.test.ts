/** Anyone who is not signed in: forms that anybody may send, with a token of their own, and links with whatever in them. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { createApp } from '../../../src/app.ts'
import { openHasher } from '../../../src/services.ts'
import { createCsrfTokens } from '../../../src/session/csrf.ts'
import { newToken } from '../../../src/store/ids.ts'
import { eachEngine } from '../../support/database/store.ts'
import { openDesk } from '../../support/people/desk.ts'
import { addressFrom, fieldsFrom, idsIn, parameters, runs } from './world.ts'

const hostile = [
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  '/%0d%0aSet-Cookie:a=b',
  '/\t/evil.example',
]

/** Text of a query or cookie: what attackers send, and anything else. */
const anyText = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.webPath(),
)

eachEngine(
  'no form from a stranger fails with an error, changes an account or leads to another site',
  async open => {
    const opened = await open()
    const desk = await openDesk(opened)
    const { services, store } = desk
    const { app, routes } = createApp({ services, hasher: openHasher(services.keyring) })
    const { LINTEL_ORIGIN: origin } = services.settings
    const pre = newToken()
    const cookie = `lintel-pre=${pre}.${services.keyring.sign('cookie', `pre ${pre}`)}`
    const csrf = createCsrfTokens(services.keyring).forPreSession(pre)
    const ids = await idsIn(desk)
    const send = (path: string, fields: readonly (readonly [string, string])[]) =>
      app.request(origin + path, {
        method: 'POST',
        headers: {
          ...{ host: new URL(origin).host, origin, 'sec-fetch-site': 'same-origin', cookie },
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams([
          ['csrf', csrf],
          ...fields.map(([name, value]) => [name, value]),
        ]).toString(),
      })
    const state = async () => [
      await store.read.selectFrom('account').selectAll().orderBy('id').execute(),
      await store.read.selectFrom('credential').selectAll().orderBy('account_id').execute(),
      await store.read
        .selectFrom('session')
        .select(['token_hash', 'ended_at'])
        .orderBy('token_hash')
        .execute(),
    ]
    const before = await state()
    const forAnybody = routes.filter(({ method, access }) => method === 'POST' && access.kind === 'anyone')
    assert.ok(forAnybody.length >= 4)
    for (const { path } of forAnybody)
      await fc.assert(
        fc.asyncProperty(addressFrom(path, ids), fieldsFrom(ids), anyText, async (address, fields, to) => {
          const answer = await send(address, [...fields.filter(([name]) => name !== 'to'), ['to', to]])
          assert.ok(answer.status < 500, `POST ${address}: ${answer.status}`)
          assert.match(answer.headers.get('location') ?? '/', /^\/(?![/\\])/)
        }),
        { ...parameters, numRuns: 4 * runs },
      )
    assert.deepEqual(await state(), before)
  },
)

eachEngine(
  'choosing a language leads only to our own pages and sets only a language that exists',
  async open => {
    const { callers } = await openDesk(await open())
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constantFrom('en', 'es'), anyText), anyText, async (tag, to) => {
        const path = `/language/${encodeURIComponent(tag)}?to=${encodeURIComponent(to)}`
        for (const who of [callers.anonymous, callers.user]) {
          const answer = await who.get(path)
          assert.ok(answer.status < 500, path)
          if (answer.status === 303)
            assert.match(answer.headers.get('location') ?? '', /^\/(?![/\\])[\x21-\x7e]*$/)
          for (const set of answer.headers.getSetCookie())
            assert.match(
              set,
              /^lintel(-language=(en|es); Max-Age=\d+|-pre=[\w.-]+); Path=\/; HttpOnly; SameSite=Lax$/,
            )
        }
      }),
      { numRuns: 40 * runs, endOnFailure: true },
    )
  },
)

eachEngine('a made-up cookie signs nobody in and sets no language', async open => {
  const { services } = await openDesk(await open())
  const { app } = createApp({ services, hasher: openHasher(services.keyring) })
  const { LINTEL_ORIGIN: origin } = services.settings
  const name = fc.constantFrom('lintel', 'lintel-pre', 'lintel-device', 'lintel-language', '__Host-lintel')
  const value = fc.oneof(fc.stringMatching(/^[\x21-\x3a\x3c-\x7e]*$/), fc.stringMatching(/^[sp]\.[\w-]{43}$/))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 8 }), async pairs => {
      const cookie = pairs.map(([key, text]) => `${key}=${text}`).join('; ')
      const headers = { host: new URL(origin).host, cookie }
      const inside = await app.request(`${origin}/helpdesk`, { headers })
      assert.equal(inside.headers.get('location'), '/sign-in?to=%2Fhelpdesk')
      const page = await (await app.request(`${origin}/sign-in`, { headers })).text()
      assert.match(page, /<html lang="(en|es)" /)
    }),
    { numRuns: 40 * runs, endOnFailure: true },
  )
})
