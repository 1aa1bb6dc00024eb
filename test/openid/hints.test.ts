import assert from 'node:assert/strict'
import { eachEngine } from '../support/database/store.ts'
import { openParty, type Party } from '../support/people/party.ts'

type Fields = Readonly<Record<string, string>>

/** The sign-in page to which a stranger is led who comes with this request. */
async function signInFor({ desk, authorize }: Party, more: Fields) {
  const { anonymous } = desk.callers
  const entry = (await authorize(anonymous, more)).headers.get('location') ?? ''
  const to = (await anonymous.get(entry)).headers.get('location') ?? ''
  assert.match(to, /^\/sign-in\?to=/)
  return { entry, page: await (await anonymous.get(to)).text() }
}

const usernameIn = (page: string) => /id="username"[^>]*?(?: value="([^"]*)")/.exec(page)?.[1] ?? ''

eachEngine('login_hint fills in the username, whether there is such an account or not', async open => {
  const party = await openParty(await open())
  for (const login_hint of ['ines', 'nobody-here'])
    assert.equal(usernameIn((await signInFor(party, { login_hint })).page), login_hint)
  const markup = await signInFor(party, { login_hint: '"><script>alert(1)</script>' })
  assert.doesNotMatch(markup.page, /<script>alert/)
  assert.equal(usernameIn((await signInFor(party, { login_hint: 'x'.repeat(255) })).page), '')
})

eachEngine('a hint in a link that no application asked for fills in nothing', async open => {
  const party = await openParty(await open())
  const { entry } = await signInFor(party, { login_hint: 'ines' })
  const forged = new URL(entry, 'http://lintel.test')
  forged.searchParams.set('login_hint', 'otto')
  const bare = new URL(forged)
  bare.searchParams.delete('lintel_asked')
  for (const { pathname, search } of [forged, bare]) {
    const to = `/sign-in?to=${encodeURIComponent(pathname + search)}`
    assert.equal(usernameIn(await (await party.desk.callers.anonymous.get(to)).text()), '')
  }
})

eachEngine('ui_locales chooses the language of the sign-in, and of the steps after it', async open => {
  const party = await openParty(await open())
  const languageOf = (page: string) => /<html lang="([a-z]+)"/.exec(page)?.[1]
  for (const [ui_locales, language] of [
    ['es', 'es'],
    ['fr-CA es-MX en', 'es'],
    ['fr', 'en'],
  ] as const)
    assert.equal(languageOf((await signInFor(party, { ui_locales })).page), language)
  const { entry } = await signInFor(party, { ui_locales: 'es' })
  const who = await party.desk.signIn(party.desk.inside)
  assert.equal(languageOf(await (await who.get(entry)).text()), 'es')
  const { pending } = party.desk.callers
  await party.desk.store.writeOne(db =>
    db
      .updateTable('pending_sign_in')
      .set({ return_to: entry })
      .where('account_id', '=', pending.id)
      .execute(),
  )
  assert.equal(languageOf(await (await pending.get('/password/new')).text()), 'es')
  await party.desk.store.writeOne(db =>
    db.updateTable('account').set({ language: 'en' }).where('id', '=', party.desk.inside).execute(),
  )
  assert.equal(languageOf(await (await who.get(entry)).text()), 'en', 'their own choice comes first')
})
