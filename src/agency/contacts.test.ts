import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { addContact } from '../../test/support/people/agency.ts'
import { type Caller, type Desk, openDesk } from '../../test/support/people/desk.ts'
import { organizationsOf } from './contacts.ts'

const said = { reason: 'Named by the agency.' }

const appointBy = async (desk: Desk, agent: Caller, person: string, organizations: readonly string[]) => {
  const { version } = await desk.store.read
    .selectFrom('account')
    .select('version')
    .where('id', '=', person)
    .executeTakeFirstOrThrow()
  return agent.postAll(`/helpdesk/people/${person}/contact`, [
    ...Object.entries({ ...said, version: String(version) }),
    ...organizations.map(id => ['contactOf', id] as const),
  ])
}

const contactOf = async (desk: Desk, person: string) =>
  (await organizationsOf(desk.store.read, person)).map(({ id }) => id)

eachEngine('only who looks after everyone appoints a contact, of their own organizations', async open => {
  const desk = await openDesk(await open())
  const { helpdesk, scoped, user } = desk.callers
  const { inside, ownOrganization, otherOrganization } = desk
  assert.equal((await appointBy(desk, scoped, inside, [ownOrganization])).status, 403)
  assert.equal((await appointBy(desk, user, inside, [ownOrganization])).status, 403)
  assert.equal((await appointBy(desk, helpdesk, inside, [otherOrganization])).status, 422)
  assert.equal((await appointBy(desk, helpdesk, desk.callers.administrator.id, [])).status, 403)
  assert.deepEqual(await contactOf(desk, inside), [])
  const person = await desk.signIn(inside)
  assert.equal((await appointBy(desk, helpdesk, inside, [ownOrganization])).status, 303)
  assert.deepEqual(await contactOf(desk, inside), [ownOrganization])
  assert.equal((await person.get('/')).status, 303, 'a new role signs out')
  const now = await desk.signIn(inside)
  assert.match(await (await now.get('/')).text(), /Agency desk/)
  assert.equal((await appointBy(desk, helpdesk, inside, [])).status, 303)
  assert.deepEqual(await contactOf(desk, inside), [])
  const logged = (await desk.events()).filter(({ args }) => args.includes('"change":"contact"'))
  assert.equal(logged.length, 2)
})

eachEngine('a contact counts while they belong to the organization, and while it is there', async open => {
  const desk = await openDesk(await open())
  const { id } = await addContact(desk, 'clara', desk.ownOrganization)
  const set = (is_active: 0 | 1) =>
    desk.store.writeOne(db =>
      db.updateTable('account_organization').set({ is_active }).where('account_id', '=', id).execute(),
    )
  await set(0)
  assert.deepEqual(await contactOf(desk, id), [])
  await set(1)
  const retire = (retired_at: number | null) =>
    desk.store.writeOne(db =>
      db.updateTable('organization').set({ retired_at }).where('id', '=', desk.ownOrganization).execute(),
    )
  await retire(1)
  assert.deepEqual(await contactOf(desk, id), [])
  await retire(null)
  assert.deepEqual(await contactOf(desk, id), [desk.ownOrganization])
  await desk.store.writeOne(db =>
    db.deleteFrom('account_organization').where('account_id', '=', id).execute(),
  )
  const left = await desk.store.read.selectFrom('agency_contact').selectAll().execute()
  assert.deepEqual(left, [], 'the role goes with the membership')
})

eachEngine('a contact falls under the duty of a second step, after the grace', async open => {
  const desk = await openDesk(await open())
  const { id } = await addContact(desk, 'clara', desk.ownOrganization)
  const early = await desk.signIn(id)
  assert.equal((await early.get('/agency')).status, 303)
  assert.match(await (await early.get('/')).text(), /requires 2-step verification starting/)
  desk.clock.advance(7 * 24 * 3_600_000)
  const late = await desk.signIn(id)
  assert.equal((await late.get('/agency')).headers.get('location'), '/sign-in/two-step')
})
