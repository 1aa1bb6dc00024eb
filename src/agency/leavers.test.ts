import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { addContact } from '../../test/support/people/agency.ts'
import { type Caller, type Desk, openDesk } from '../../test/support/people/desk.ts'
import { dayOf } from '../administration/last-day.ts'
import { runAgency } from '../jobs/agency.ts'
import { parsePolicy } from '../policy/policy.ts'
import { reportLeaver } from './leavers.ts'

const hour = 3_600_000
const zone = parsePolicy('{}').timeZone
const today = (desk: Desk) => dayOf(desk.clock.now(), zone)
const inDays = (desk: Desk, days: number) => dayOf(desk.clock.now() + days * 24 * hour, zone)

const report = (
  desk: Desk,
  contact: Caller,
  person: string,
  lastDay: string,
  organization = desk.ownOrganization,
) => contact.post(`/agency/${organization}/people/${person}/leaver`, { lastDay })

const accountOf = (desk: Desk, id: string) =>
  desk.store.read.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

const activeIn = async (desk: Desk, id: string) =>
  (
    await desk.store.read
      .selectFrom('account_organization')
      .select('organization_id')
      .where('account_id', '=', id)
      .where('is_active', '=', 1)
      .execute()
  ).map(row => row.organization_id)

const takeBack = async (desk: Desk, contact: Caller) => {
  const { id } = await desk.store.read
    .selectFrom('leaver_report')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return contact.post(`/agency/${desk.ownOrganization}/leavers/${id}`)
}

const told = async (desk: Desk) =>
  (await desk.store.read.selectFrom('mail').select(['kind', 'account_id']).orderBy('id').execute()).map(
    ({ kind, account_id }) => `${kind} ${account_id === null ? 'helpdesk' : account_id}`,
  )

eachEngine(
  'a leaver loses this agency at once, and the account with the last one; the answer is the same',
  async open => {
    const desk = await openDesk(await open())
    const contact = await addContact(desk, 'clara', desk.ownOrganization)
    const both = await desk.add({
      username: 'bea',
      firstName: 'Bea',
      organizationIds: [desk.ownOrganization, desk.otherOrganization],
    })
    const [one, two] = [await desk.signIn(desk.inside), await desk.signIn(both)]
    const answers = [
      await report(desk, contact, desk.inside, today(desk)),
      await report(desk, contact, both, today(desk)),
    ]
    for (const answer of answers)
      assert.equal(answer.headers.get('location'), `/agency/${desk.ownOrganization}`)
    const said = async () =>
      (await (await contact.get(`/agency/${desk.ownOrganization}`)).text()).match(/Thank you[^<]*/)?.[0]
    assert.match((await said()) ?? '', /has ended/)
    assert.notEqual((await accountOf(desk, desk.inside)).deactivated_at, null)
    assert.equal((await accountOf(desk, both)).deactivated_at, null)
    assert.deepEqual(await activeIn(desk, both), [desk.otherOrganization])
    for (const person of [one, two])
      assert.equal((await person.get('/')).status, 303, 'what was signed in is dead')
    assert.deepEqual(
      new Set(await told(desk)),
      new Set([`left ${desk.inside}`, `left ${both}`, 'leaver-reported helpdesk']),
    )
    assert.equal((await report(desk, contact, desk.inside, today(desk))).status, 404, 'nobody leaves twice')
  },
)

eachEngine('for a day it can be taken back, and what else bars the account stays', async open => {
  const desk = await openDesk(await open())
  const contact = await addContact(desk, 'clara', desk.ownOrganization)
  await report(desk, contact, desk.inside, today(desk))
  assert.equal((await takeBack(desk, contact)).status, 303)
  assert.equal((await accountOf(desk, desk.inside)).deactivated_at, null)
  assert.deepEqual(await activeIn(desk, desk.inside), [desk.ownOrganization])
  assert.equal((await takeBack(desk, contact)).status, 404, 'once')
  desk.clock.advance(1_000)
  await desk.store.writeOne(db =>
    db.updateTable('account').set({ dormant_since: 1 }).where('id', '=', desk.inside).execute(),
  )
  await report(desk, contact, desk.inside, today(desk))
  assert.equal((await takeBack(desk, contact)).status, 303)
  const account = await accountOf(desk, desk.inside)
  assert.notEqual(account.deactivated_at, null)
  assert.equal(account.dormant_since, 1)
})

eachEngine('after a day nobody takes it back', async open => {
  const desk = await openDesk(await open())
  const contact = await addContact(desk, 'clara', desk.ownOrganization)
  await report(desk, contact, desk.inside, today(desk))
  desk.clock.advance(24 * hour)
  const later = await desk.signIn(contact.id)
  assert.equal((await takeBack(desk, later)).status, 404)
  assert.notEqual((await accountOf(desk, desk.inside)).deactivated_at, null)
})

eachEngine('a later last day waits for the clock, and a new report stands in its place', async open => {
  const desk = await openDesk(await open())
  const contact = await addContact(desk, 'clara', desk.ownOrganization)
  await report(desk, contact, desk.inside, inDays(desk, 20))
  await report(desk, contact, desk.inside, inDays(desk, 2))
  assert.match(await (await contact.get(`/agency/${desk.ownOrganization}`)).text(), /Leaves: /)
  await runAgency(desk.services, desk.clock.now())
  assert.equal((await accountOf(desk, desk.inside)).deactivated_at, null)
  desk.clock.advance(73 * hour)
  await Promise.all([1, 2].map(() => runAgency(desk.services, desk.clock.now())))
  assert.notEqual((await accountOf(desk, desk.inside)).deactivated_at, null)
  const ended = (await desk.events()).filter(({ event }) => event === 'user_archived')
  assert.equal(ended.length, 1, 'once, by whichever process')
})

eachEngine('staff, contacts and what is beyond the number of a day become a request', async open => {
  const desk = await openDesk(await open())
  const contact = await addContact(desk, 'clara', desk.ownOrganization)
  const other = await addContact(desk, 'colin', desk.ownOrganization)
  const chief = await desk.add({
    username: 'boss',
    role: 'administrator',
    organizationIds: [desk.ownOrganization],
  })
  for (const person of [chief, other.id, contact.id]) {
    assert.equal((await report(desk, contact, person, today(desk))).status, 303)
    await report(desk, contact, person, today(desk))
  }
  const requests = async () =>
    desk.store.read.selectFrom('agency_request').select(['kind', 'account_id']).execute()
  assert.deepEqual(
    new Set((await requests()).map(row => row.account_id)),
    new Set([chief, other.id, contact.id]),
  )
  assert.equal((await requests()).length, 3, 'each once')
  const many: string[] = []
  for (let n = 0; n < 11; n++)
    many.push(await desk.add({ username: `many${n}`, organizationIds: [desk.ownOrganization] }))
  await Promise.all(many.map(person => report(desk, contact, person, today(desk))))
  const open_ = await Promise.all(many.map(async id => (await accountOf(desk, id)).deactivated_at === null))
  assert.equal(open_.filter(Boolean).length, 1, 'ten a day, of any number at once')
  assert.equal((await requests()).length, 4)
})

eachEngine('two agencies that end the last two memberships at once leave no account open', async open => {
  const desk = await openDesk(await open())
  const here = await addContact(desk, 'clara', desk.ownOrganization)
  const there = await addContact(desk, 'colin', desk.otherOrganization)
  for (let round = 0; round < 10; round++) {
    const both = await desk.add({
      username: `both${round}`,
      organizationIds: [desk.ownOrganization, desk.otherOrganization],
    })
    if (round < 9)
      await Promise.all([
        report(desk, here, both, today(desk)),
        report(desk, there, both, today(desk), desk.otherOrganization),
      ])
    else await Promise.all([report(desk, here, both, today(desk)), report(desk, here, both, today(desk))])
    assert.equal((await accountOf(desk, both)).deactivated_at === null, round === 9, String(round))
  }
})

eachEngine('a contact who is demoted between the page and the write does nothing', async open => {
  const desk = await openDesk(await open())
  const contact = await addContact(desk, 'clara', desk.ownOrganization)
  await desk.store.writeOne(db => db.deleteFrom('agency_contact').execute())
  const by = {
    agent: { actor: contact.id, role: 'user' as const },
    organizationId: desk.ownOrganization,
    now: desk.clock.now(),
  }
  const outcome = await desk.store.write(tx =>
    reportLeaver(desk.services, tx, by, { personId: desk.inside, lastDay: today(desk) }, parsePolicy('{}')),
  )
  assert.equal(outcome.ok, false)
  assert.deepEqual(await activeIn(desk, desk.inside), [desk.ownOrganization])
})

eachEngine('the password is asked for before a report', async open => {
  const desk = await openDesk(await open())
  const { id } = await addContact(desk, 'clara', desk.ownOrganization)
  const stale = await desk.signIn(id, false)
  assert.equal((await report(desk, stale, desk.inside, today(desk))).status, 403)
  assert.deepEqual(await activeIn(desk, desk.inside), [desk.ownOrganization])
})
