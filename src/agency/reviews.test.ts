import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { eachEngine } from '../../test/support/database/store.ts'
import { addContact, addReview } from '../../test/support/people/agency.ts'
import { type Caller, type Desk, openDesk } from '../../test/support/people/desk.ts'
import { addPolicy } from '../../test/support/people/people.ts'
import { moveStanding } from '../account/standing.ts'
import { runAgency } from '../jobs/agency.ts'

const day = 24 * 3_600_000

const lineOf = async (desk: Desk, account: string) =>
  desk.store.read
    .selectFrom('access_review_line')
    .selectAll()
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()

/** Answers for some people as the page of this moment shows them. */
const confirm = async (
  desk: Desk,
  contact: Caller,
  review: string,
  answers: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
) => {
  const fields: (readonly [string, string])[] = Object.entries(more)
  for (const [id, answer] of Object.entries(answers)) {
    fields.push(['person', id], [`answer-${id}`, answer])
    if (more[`seen-${id}`] === undefined)
      fields.push([`seen-${id}`, String((await lineOf(desk, id)).answered_at ?? 0)])
  }
  return contact.postAll(`/agency/${desk.ownOrganization}/reviews/${review}`, fields)
}

const mails = async (desk: Desk, kind: string) =>
  (await desk.store.read.selectFrom('mail').select('kind').where('kind', '=', kind).execute()).length

eachEngine(
  'a review is broken off and goes on; each answer says who gave it, and is in the log',
  async open => {
    const desk = await openDesk(await open())
    const one = await addContact(desk, 'clara', desk.ownOrganization)
    const two = await addContact(desk, 'colin', desk.ownOrganization)
    const other = await desk.add({ username: 'other', organizationIds: [desk.ownOrganization] })
    const review = await addReview(desk, desk.ownOrganization)
    assert.equal(await mails(desk, 'review-started'), 2)
    assert.equal((await confirm(desk, one, review, { [desk.inside]: 'stays' })).status, 303)
    const list = await (await two.get(`/agency/${desk.ownOrganization}/reviews`)).text()
    assert.match(list, /1 of 4 confirmed/)
    const today = new Date(desk.clock.now()).toISOString().slice(0, 10)
    assert.equal((await confirm(desk, two, review, { [other]: 'left' })).status, 422, 'a last day is needed')
    assert.equal(
      (await confirm(desk, two, review, { [other]: 'left' }, { [`day-${other}`]: today })).status,
      303,
    )
    assert.deepEqual(
      [(await lineOf(desk, desk.inside)).answered_by, (await lineOf(desk, other)).answered_by],
      [one.id, two.id],
    )
    const account = await desk.store.read
      .selectFrom('account')
      .select('deactivated_at')
      .where('id', '=', other)
      .executeTakeFirstOrThrow()
    assert.notEqual(account.deactivated_at, null, 'who left is reported')
    assert.equal(
      (await confirm(desk, one, review, { [two.id]: 'workgroup' }, { [`note-${two.id}`]: 'Day desk' }))
        .status,
      303,
    )
    const asked = await desk.store.read.selectFrom('agency_request').select(['kind', 'account_id']).execute()
    assert.deepEqual(
      asked.map(row => ({ ...row })),
      [{ kind: 'change', account_id: two.id }],
    )
    const logged = (await desk.events()).filter(({ args }) => args?.includes('"answers"'))
    assert.equal(logged.length, 3)
  },
)

eachEngine(
  'two contacts who answer for one person at once: one is kept, the other is shown it',
  async open => {
    const desk = await openDesk(await open())
    const [one, two] = [
      await addContact(desk, 'clara', desk.ownOrganization),
      await addContact(desk, 'colin', desk.ownOrganization),
    ]
    const review = await addReview(desk, desk.ownOrganization)
    const seen = { [`seen-${desk.inside}`]: '0' }
    const answers = await Promise.all([
      confirm(desk, one, review, { [desk.inside]: 'stays' }, seen),
      confirm(desk, two, review, { [desk.inside]: 'unsure' }, seen),
    ])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [303, 422])
  },
)

eachEngine('reminders go out at their days, once each, and only where somebody is open', async open => {
  const desk = await openDesk(await open())
  await addPolicy(desk, { twoStep: 'off' })
  const contact = await addContact(desk, 'clara', desk.ownOrganization)
  const review = await addReview(desk, desk.ownOrganization)
  const run = () => Promise.all([1, 2, 3].map(() => runAgency(desk.services, desk.clock.now())))
  await run()
  assert.equal(await mails(desk, 'review-reminder'), 0)
  desk.clock.advance(7 * day)
  await run()
  await run()
  assert.equal(await mails(desk, 'review-reminder'), 1)
  const signedIn = await desk.signIn(contact.id)
  const answers = { [desk.inside]: 'stays', [contact.id]: 'stays' }
  assert.equal((await confirm(desk, signedIn, review, answers)).status, 303)
  desk.clock.advance(6 * day)
  await run()
  assert.equal(await mails(desk, 'review-reminder'), 1)
})

eachEngine(
  'who was not confirmed is suspended as policy said at the start, never the last administrator',
  async open => {
    const desk = await openDesk(await open())
    const contact = await addContact(desk, 'clara', desk.ownOrganization)
    const both = await desk.add({
      username: 'bea',
      organizationIds: [desk.ownOrganization, desk.otherOrganization],
    })
    const boss = await desk.add({
      username: 'boss',
      role: 'administrator',
      organizationIds: [desk.ownOrganization],
    })
    const others = [desk.callers.administrator.id, desk.callers.pending.id]
    await desk.store.write(async tx => {
      const state = {
        deactivatedAt: null,
        suspendedUntil: null,
        leavingAt: null,
        dormantSince: null,
        trainingLapsed: false,
      }
      for (const id of others) {
        await moveStanding(tx, { role: 'administrator', state }, { role: 'user', state })
        await tx.db.updateTable('account').set({ role: 'user' }).where('id', '=', id).execute()
      }
    })
    await desk.store.writeOne(db =>
      db
        .updateTable('account')
        .set({ role: 'administrator' })
        .where('id', '=', others[0] ?? '')
        .execute(),
    )
    const review = await addReview(desk, desk.ownOrganization, { reviewSuspendDays: 5 })
    await desk.store.writeOne(db =>
      db
        .updateTable('account')
        .set({ role: 'user' })
        .where('id', '=', others[0] ?? '')
        .execute(),
    )
    await confirm(desk, contact, review, { [contact.id]: 'stays', [both]: 'unsure' })
    desk.clock.advance(18 * day)
    await runAgency(desk.services, desk.clock.now())
    assert.equal((await lineOf(desk, both)).outcome, null, 'not before')
    desk.clock.advance(day)
    await Promise.all([1, 2].map(() => runAgency(desk.services, desk.clock.now())))
    const outcomes = Object.fromEntries(
      await Promise.all(
        [desk.inside, both, boss, contact.id].map(
          async id => [id, (await lineOf(desk, id)).outcome] as const,
        ),
      ),
    )
    assert.deepEqual(outcomes, {
      [desk.inside]: 'suspended',
      [both]: 'suspended',
      [boss]: 'last-administrator',
      [contact.id]: null,
    })
    const states = await desk.store.read
      .selectFrom('account')
      .select(['id', 'deactivated_at'])
      .where('id', 'in', [desk.inside, both, boss])
      .execute()
    const off = states.filter(row => row.deactivated_at !== null).map(({ id }) => id)
    assert.deepEqual(off, [desk.inside], 'who works elsewhere too keeps the account')
    assert.equal(await mails(desk, 'not-confirmed'), 2)
  },
)

eachEngine('a closed review is answered by nobody, and its export is what the log sealed', async open => {
  const desk = await openDesk(await open())
  const contact = await addContact(desk, 'clara', desk.ownOrganization)
  const review = await addReview(desk, desk.ownOrganization)
  await confirm(desk, contact, review, { [desk.inside]: 'stays' })
  const { helpdesk, scoped } = desk.callers
  assert.equal((await scoped.post(`/helpdesk/reviews/${review}`, { do: 'close' })).status, 403)
  assert.equal((await helpdesk.post(`/helpdesk/reviews/${review}`, { do: 'close' })).status, 303)
  assert.equal((await confirm(desk, contact, review, { [contact.id]: 'stays' })).status, 404)
  const csv = await (await helpdesk.get(`/helpdesk/reviews/${review}/export`)).text()
  assert.match(csv, /Lakeside Night Shelter,ines,Ines Lee,stays,,Clara Contact,2/)
  const sha256 = createHash('sha256').update(csv).digest('hex')
  assert.ok((await desk.events()).some(({ args }) => args.includes(sha256)))
  await desk.store.writeOne(db =>
    db.updateTable('account').set({ first_name: 'Renamed' }).where('id', '=', desk.inside).execute(),
  )
  assert.equal(
    await (await helpdesk.get(`/helpdesk/reviews/${review}/export`)).text(),
    csv,
    'also after a new name',
  )
})

eachEngine('the helpdesk suspends many at once, within what it may', async open => {
  const desk = await openDesk(await open())
  const boss = await desk.add({
    username: 'boss',
    role: 'administrator',
    organizationIds: [desk.ownOrganization],
  })
  const review = await addReview(desk, desk.ownOrganization)
  const path = `/helpdesk/reviews/${review}/organizations/${desk.ownOrganization}`
  const { helpdesk } = desk.callers
  const answer = await helpdesk.postAll(path, [
    ['person', desk.inside],
    ['person', boss],
    ['person', desk.outside],
  ])
  assert.equal(answer.status, 303)
  const active = await desk.store.read
    .selectFrom('account')
    .select('id')
    .where('deactivated_at', 'is not', null)
    .execute()
  assert.deepEqual(
    active.map(({ id }) => id),
    [desk.inside],
  )
  const outside = await desk.store.read
    .selectFrom('account_organization')
    .select('is_active')
    .where('account_id', '=', desk.outside)
    .executeTakeFirstOrThrow()
  assert.equal(outside.is_active, 1)
  assert.match(await (await helpdesk.get(path)).text(), /access of 1 person was suspended/)
})
