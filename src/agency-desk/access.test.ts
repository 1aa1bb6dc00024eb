import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { type AgencyThings, addContact, addThings, placed } from '../../test/support/people/agency.ts'
import { type Caller, openDesk } from '../../test/support/people/desk.ts'

const answerOf = (response: Response): string => {
  const to = response.headers.get('location') ?? ''
  if ([200, 422].includes(response.status) || (response.status === 303 && to.startsWith('/agency')))
    return 'open'
  return response.status === 303 ? (to.split('?')[0] ?? '') : String(response.status)
}

eachEngine(
  'every address of the desk opens for the contact of its organization, and for nobody else',
  async open => {
    const desk = await openDesk(await open())
    const routes = desk.routes.filter(({ path }) => path.startsWith('/agency'))
    assert.ok(routes.length >= 17)
    const own = await addThings(desk, desk.ownOrganization, desk.inside)
    const other = await addThings(desk, desk.otherOrganization, desk.outside)
    const contact = await addContact(desk, 'clara', desk.ownOrganization)
    const { anonymous, pending, user, scoped, helpdesk, administrator } = desk.callers
    const ask = async (caller: Caller, method: string, path: string, things: AgencyThings) => {
      const address = placed(path, things)
      return answerOf(await (method === 'GET' ? caller.get(address) : caller.post(address)))
    }
    for (const { method, path } of routes) {
      const at = `${method} ${path}`
      assert.equal(await ask(anonymous, method, path, own), '/sign-in', at)
      assert.equal(await ask(pending, method, path, own), '/password/new', at)
      for (const caller of [user, scoped, helpdesk, administrator])
        assert.equal(await ask(caller, method, path, own), '404', at)
      if (path.includes(':id')) {
        assert.equal(await ask(contact, method, path, other), '404', at)
        for (const name of ['person', 'request', 'report', 'review'] as const)
          if (path.includes(`:${name}`))
            assert.equal(
              await ask(contact, method, path, { ...own, [name]: other[name] }),
              '404',
              `${at} ${name}`,
            )
      }
      assert.equal(await ask(contact, method, path, own), 'open', at)
    }
    const untouched = await desk.store.read
      .selectFrom('account_organization')
      .select('is_active')
      .where('account_id', '=', desk.outside)
      .executeTakeFirstOrThrow()
    assert.equal(untouched.is_active, 1)
  },
)

eachEngine('a contact of nothing any more finds no desk, also with a form that is open', async open => {
  const desk = await openDesk(await open())
  const contact = await addContact(desk, 'clara', desk.ownOrganization)
  const leaver = `/agency/${desk.ownOrganization}/people/${desk.inside}/leaver`
  assert.equal((await contact.get(leaver)).status, 200)
  await desk.store.writeOne(db => db.deleteFrom('agency_contact').execute())
  for (const path of ['/agency', `/agency/${desk.ownOrganization}`, leaver])
    assert.equal((await contact.get(path)).status, 404, path)
  assert.equal((await contact.post(leaver, { lastDay: '2020-01-01' })).status, 404)
})

eachEngine(
  'the list says nothing of elsewhere: no email, no username, no other organization, no reason',
  async open => {
    const desk = await openDesk(await open())
    const both = await desk.add({
      username: 'secretname',
      firstName: 'Bea',
      lastName: 'Both',
      email: 'bea@secret.example',
      organizationIds: [desk.ownOrganization, desk.otherOrganization],
    })
    await desk.store.writeOne(db =>
      db
        .updateTable('account')
        .set({
          last_sign_in_at: desk.clock.now(),
          suspended_until: desk.clock.now() + 1e9,
          suspended_reason: 'Hush',
        })
        .where('id', '=', both)
        .execute(),
    )
    const contact = await addContact(desk, 'clara', desk.ownOrganization)
    const page = await (await contact.get(`/agency/${desk.ownOrganization}`)).text()
    assert.match(page, /Both, Bea/)
    assert.match(page, /Never/, 'they signed in elsewhere, not here')
    for (const secret of ['secretname', 'secret.example', 'Harbor House', 'Hush', 'uspended'])
      assert.ok(!page.includes(secret), secret)
    const counted = async (q: string) =>
      /(\d+) (?:person|people)</.exec(
        await (await contact.get(`/agency/${desk.ownOrganization}?q=${q}`)).text(),
      )?.[1]
    assert.equal(await counted('both'), '1')
    for (const text of ['secretname', 'bea%40secret.example', 'harbor', 'otto'])
      assert.equal(await counted(text), '0', text)
  },
)
