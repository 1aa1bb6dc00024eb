import assert from 'node:assert/strict'
import { eachEngine } from '../../test/support/database/store.ts'
import { type Desk, openDesk } from '../../test/support/people/desk.ts'
import type { IncidentKind } from '../store/schema.ts'

const said = { reason: 'Asked for it.', identified: 'in-person', version: '1' }

const accountOf = (desk: Desk, id: string) =>
  desk.store.read.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

async function organizationsOf(desk: Desk, id: string): Promise<readonly string[]> {
  const rows = await desk.store.read
    .selectFrom('account_organization')
    .select('organization_id')
    .where('account_id', '=', id)
    .execute()
  return rows.map(row => row.organization_id).sort()
}

eachEngine('a new email address kills mailed links, and only the old address is told', async open => {
  const desk = await openDesk(await open())
  const now = desk.clock.now()
  await desk.store.writeOne(db =>
    db
      .insertInto('one_time_link')
      .values({
        token_hash: 'reset-link',
        kind: 'reset',
        account_id: desk.inside,
        epoch: 1,
        created_at: now,
        expires_at: now + 1,
        wrong_answers: 0,
      })
      .execute(),
  )
  const details = { firstName: 'Ines', lastName: 'Lee', email: 'New@Example.org' }
  const path = `/helpdesk/people/${desk.inside}/details`
  assert.equal((await desk.callers.helpdesk.post(path, { ...said, ...details })).status, 303)
  const account = await accountOf(desk, desk.inside)
  assert.deepEqual(
    [account.email_key, account.security_changed_at, account.version],
    ['new@example.org', now, 2],
  )
  const links = await desk.store.read.selectFrom('one_time_link').select('kind').execute()
  assert.deepEqual(
    links.map(({ kind }) => kind),
    ['not-me'],
  )
  const mails = await desk.store.read.selectFrom('mail').select(['recipient', 'kind']).execute()
  assert.deepEqual(
    mails.map(({ recipient, kind }) => [recipient, kind]),
    [['maria@example.org', 'email-changed']],
  )
  const again = await desk.callers.helpdesk.post(path, { ...said, ...details, lastName: 'Late' })
  assert.equal(again.status, 422, 'a form from before the change is stale')
  assert.equal((await accountOf(desk, desk.inside)).last_name, 'Lee')
})

eachEngine(
  'whoever looks after everyone may leave the old address untold: an incident takes the place of the notice',
  async open => {
    const desk = await openDesk(await open())
    const { store } = desk
    const now = desk.clock.now()
    const link = (account_id: string) => ({
      token_hash: `held by the old mailbox of ${account_id}`,
      kind: 'not-me' as const,
      account_id,
      epoch: 1,
      created_at: now,
      expires_at: now + 1,
      wrong_answers: 0,
    })
    await store.writeOne(db => db.insertInto('one_time_link').values(link(desk.inside)).execute())
    const details = { firstName: 'Ines', lastName: 'Lee', email: 'new@example.org', quiet: 'yes' }
    const path = `/helpdesk/people/${desk.inside}/details`
    assert.match(await (await desk.callers.helpdesk.get(path)).text(), /Do not tell the old address/)
    assert.doesNotMatch(await (await desk.callers.scoped.get(path)).text(), /Do not tell the old address/)
    assert.equal((await desk.callers.helpdesk.post(path, { ...said, ...details })).status, 303)
    assert.deepEqual(await store.read.selectFrom('mail').select('id').execute(), [])
    assert.deepEqual(await store.read.selectFrom('one_time_link').select('kind').execute(), [])
    const incidents = () => store.read.selectFrom('incident').select(['account_id', 'kind']).execute()
    assert.deepEqual(
      (await incidents()).map(({ account_id, kind }) => [account_id, kind]),
      [[desk.inside, 'old-address-not-told']],
    )
    const limited = { ...said, ...details, email: 'other@example.org', version: '2' }
    assert.equal((await desk.callers.scoped.post(path, limited)).status, 303)
    const mails = await store.read.selectFrom('mail').select('recipient').execute()
    assert.deepEqual(
      mails.map(({ recipient }) => recipient),
      ['new@example.org'],
      'an agent with a limit always tells',
    )
    assert.equal((await incidents()).length, 1)
  },
)

eachEngine('a new name with the same address sends no mail and is no change of security', async open => {
  const desk = await openDesk(await open())
  const details = { firstName: 'Inez', lastName: 'Lee', email: 'Maria@example.org' }
  await desk.callers.helpdesk.post(`/helpdesk/people/${desk.inside}/details`, { ...said, ...details })
  const account = await accountOf(desk, desk.inside)
  assert.deepEqual([account.first_name, account.security_changed_at], ['Inez', null])
  assert.deepEqual(await desk.store.read.selectFrom('mail').select('id').execute(), [])
})

eachEngine('an agent with a limit gives and takes only within it', async open => {
  const desk = await openDesk(await open())
  const both = await desk.add({
    username: 'both',
    organizationIds: [desk.ownOrganization, desk.otherOrganization],
  })
  const path = `/helpdesk/people/${both}/access`
  const { scoped, helpdesk } = desk.callers
  const outside = await scoped.post(path, { ...said, organization: desk.otherOrganization })
  assert.equal(outside.status, 422)
  assert.equal((await scoped.post(path, said)).status, 422, 'nobody may be lost from sight')
  assert.equal((await scoped.post(path, { ...said, organization: desk.ownOrganization })).status, 303)
  assert.deepEqual(
    await organizationsOf(desk, both),
    [desk.ownOrganization, desk.otherOrganization].sort(),
    'the other organization stays',
  )
  assert.equal((await helpdesk.post(path, { ...said, version: '2' })).status, 303)
  assert.deepEqual(await organizationsOf(desk, both), [])
})

eachEngine('a retired organization is not given, and what stays keeps its flags', async open => {
  const desk = await openDesk(await open())
  await desk.store.writeOne(db =>
    db
      .updateTable('account_organization')
      .set({ may_edit: 0 })
      .where('account_id', '=', desk.inside)
      .execute(),
  )
  await desk.store.writeOne(db =>
    db.updateTable('organization').set({ retired_at: 1 }).where('id', '=', desk.otherOrganization).execute(),
  )
  const path = `/helpdesk/people/${desk.inside}/access`
  const { helpdesk } = desk.callers
  assert.equal((await helpdesk.post(path, { ...said, organization: desk.otherOrganization })).status, 422)
  assert.equal((await helpdesk.post(path, { ...said, organization: desk.ownOrganization })).status, 303)
  const { may_edit } = await desk.store.read
    .selectFrom('account_organization')
    .select('may_edit')
    .where('account_id', '=', desk.inside)
    .executeTakeFirstOrThrow()
  assert.equal(may_edit, 0)
})

eachEngine(
  'an incident is closed once, and only an administrator closes one of two resets in a day',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk, administrator } = desk.callers
    const add = (id: string, account_id: string, kind: IncidentKind) =>
      desk.store.writeOne(db =>
        db.insertInto('incident').values({ id, account_id, kind, opened_at: desk.clock.now() }).execute(),
      )
    await add('one', desk.inside, 'not-me')
    await add('two', desk.outside, 'password-and-two-step-reset')
    const close = (who: typeof helpdesk, id: string) =>
      who.post(`/helpdesk/people/${id}/close-incident`, said)
    assert.equal((await close(helpdesk, desk.inside)).status, 303)
    assert.equal((await close(helpdesk, desk.inside)).status, 422)
    assert.equal((await close(helpdesk, desk.outside)).status, 403)
    assert.equal((await close(administrator, desk.outside)).status, 303)
    const rows = await desk.store.read.selectFrom('incident').select('closed_by').orderBy('id').execute()
    assert.deepEqual(
      rows.map(({ closed_by }) => closed_by),
      [helpdesk.id, administrator.id],
    )
  },
)
