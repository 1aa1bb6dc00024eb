/** What an agent of one agency could do to people who also work at another. */
import assert from 'node:assert/strict'
import { deactivate } from '../../src/administration/state.ts'
import { actions, type VerbName, verbNames } from '../../src/helpdesk/person/verb-rules.ts'
import { putQuestion } from '../../src/recovery/store.ts'
import { openHasher } from '../../src/services.ts'
import { eachEngine } from '../support/database/store.ts'
import { type Desk, openDesk } from '../support/people/desk.ts'

const wholeVerbs: readonly VerbName[] = verbNames.filter(name => 'whole' in actions[name])
const said = { reason: 'They asked.', identified: 'in-person', date: '2027-03-01', time: '17:00' }
const details = { firstName: 'Bo', lastName: 'Thief', email: 'thief@example.org' }
const sentence = /Only an agent who looks after every organization of this person can do this/

const inBoth = (desk: Desk) =>
  desk.add({ username: 'both', organizationIds: [desk.ownOrganization, desk.otherOrganization] })

const versionOf = async ({ store }: Desk, id: string): Promise<string> =>
  String(
    (await store.read.selectFrom('account').select('version').where('id', '=', id).executeTakeFirstOrThrow())
      .version,
  )

eachEngine(
  'an agent of one agency opens, closes and renames no account that another gave access to',
  async open => {
    const desk = await openDesk(await open())
    const { scoped, helpdesk } = desk.callers
    const both = await inBoth(desk)
    await desk.store.write(tx =>
      putQuestion(tx, both, 'Which lake?', { encoded: 'x', pepperId: 'testkey1' }, desk.clock.now()),
    )
    const before = await versionOf(desk, both)
    const page = await (await scoped.get(`/helpdesk/people/${both}`)).text()
    assert.ok(wholeVerbs.length >= 12)
    for (const verb of wholeVerbs) {
      assert.ok(!page.includes(`/${both}/${verb}"`), verb)
      const form = { ...said, ...details, version: before }
      const answer = await scoped.post(`/helpdesk/people/${both}/${verb}`, form)
      const text = await answer.text()
      assert.equal(answer.status, 422, verb)
      if (verb !== 'code-card') assert.match(text, sentence, verb)
      assert.doesNotMatch(text, /Harbor House/, verb)
    }
    assert.equal(await versionOf(desk, both), before, 'nothing was done')
    assert.doesNotMatch(await (await scoped.get('/helpdesk/sheets')).text(), /both/, 'no sheet either')

    for (const verb of ['lock-down', 'end-sessions']) {
      const form = { ...said, version: await versionOf(desk, both) }
      assert.equal((await scoped.post(`/helpdesk/people/${both}/${verb}`, form)).status, 303, verb)
    }
    const form = { ...said, version: await versionOf(desk, both) }
    assert.equal((await helpdesk.post(`/helpdesk/people/${both}/deactivate`, form)).status, 303)
  },
)

eachEngine(
  'what gives nothing elsewhere does not count, and a contact of two agencies is in both',
  async open => {
    const desk = await openDesk(await open())
    const both = await inBoth(desk)
    await desk.store.writeOne(db =>
      db
        .insertInto('agency_contact')
        .values({ account_id: both, organization_id: desk.otherOrganization, since: 1 })
        .execute(),
    )
    const agent = { actor: desk.callers.scoped.id, role: 'helpdesk' } as const
    const act = { agent, subjectId: both, reason: '', now: desk.clock.now() }
    const close = () => desk.store.write(tx => deactivate(desk.services, tx, act))
    const refused = await close()
    assert.deepEqual(refused.ok ? [] : refused.refusals, [{ code: 'account.works-elsewhere' }])
    await desk.store.writeOne(db =>
      db
        .updateTable('account_organization')
        .set({ is_active: 0 })
        .where('account_id', '=', both)
        .where('organization_id', '=', desk.otherOrganization)
        .execute(),
    )
    assert.ok((await close()).ok)
  },
)

eachEngine(
  'that somebody begins to work elsewhere while the form is on its way is seen as it is written',
  async open => {
    const opened = await open()
    const hasher = openHasher(opened.services.keyring)
    let meanwhile = async (): Promise<unknown> => undefined
    const desk = await openDesk(opened, {
      ...hasher,
      async hash(...given) {
        await meanwhile()
        return hasher.hash(...given)
      },
    })
    const { inside: account_id, otherOrganization: organization_id } = desk
    const version = await versionOf(desk, account_id)
    meanwhile = () =>
      desk.store.writeOne(db =>
        db
          .insertInto('account_organization')
          .values({ account_id, organization_id, is_active: 1, may_sign_in: 1, may_edit: 1 })
          .execute(),
      )
    const path = `/helpdesk/people/${account_id}/temporary-password`
    const answer = await desk.callers.scoped.post(path, { ...said, version })
    assert.equal(answer.status, 422)
    assert.doesNotMatch(await answer.text(), /Temporary password: |Harbor House/)
  },
)
