import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { addContact, addReview } from '../../../test/support/people/agency.ts'
import { openDesk } from '../../../test/support/people/desk.ts'
import { newId } from '../../store/ids.ts'

const hidden = /Quillfeather|quill/

eachEngine('licenses and standing are said by an administrator, and what is left is counted', async open => {
  const desk = await openDesk(await open())
  const { administrator, helpdesk } = desk.callers
  const base = `/helpdesk/organizations/${desk.ownOrganization}`
  const entry = { version: '1', licenses: '2', agreementOn: '2026-01-02', billing: 'Ask Rosa.' }
  assert.equal((await helpdesk.post(`${base}/standing`, entry)).status, 403)
  const wrong = await administrator.post(`${base}/standing`, {
    ...{ version: '1', licenses: '-3', agreementOn: 'soon', billing: 'x'.repeat(601) },
  })
  assert.equal(wrong.status, 422)
  assert.match(await wrong.text(), /whole number[\s\S]*Enter a day[\s\S]*at most 600/)
  assert.equal((await administrator.post(`${base}/standing`, entry)).status, 303)
  assert.equal((await administrator.post(`${base}/standing`, entry)).status, 422, 'an older page')
  const page = async () => (await helpdesk.get(base)).text()
  const used = Number(/2 bought, (\d+) used/.exec(await page())?.[1])
  await desk.add({ username: 'one', organizationIds: [desk.ownOrganization] })
  await desk.add({ username: 'two', organizationIds: [desk.ownOrganization] })
  const left = 2 - used - 2
  assert.match(
    await page(),
    new RegExp(`2 bought, ${used + 2} used, ${left < 0 ? `${-left} too many` : `${left} left`}`),
  )
  assert.match(await page(), /January 2, 2026[\s\S]*Ask Rosa\.[\s\S]*Licenses or standing changed/)
  const request = newId(desk.clock.now())
  const asked = { asked_by: desk.inside, asked_at: 1, changed_at: 1, version: 1, state: 'asked' } as const
  await desk.store.writeOne(db =>
    db
      .insertInto('agency_request')
      .values({ id: request, kind: 'account', organization_id: desk.ownOrganization, entry: '{}', ...asked })
      .execute(),
  )
  assert.match(await (await helpdesk.get(`/helpdesk/requests/${request}`)).text(), /2 bought/)
})

eachEngine(
  'who works for a victim service provider too is nobody to contacts and limited agents of the other agency',
  async open => {
    const desk = await openDesk(await open())
    const { scoped, helpdesk, administrator } = desk.callers
    const both = [desk.ownOrganization, desk.otherOrganization]
    const id = await desk.add({ username: 'quill', lastName: 'Quillfeather', organizationIds: both })
    const clara = await addContact(desk, 'clara', desk.ownOrganization)
    const review = await addReview(desk, desk.ownOrganization)
    const organization = `/helpdesk/organizations/${desk.ownOrganization}`
    const agency = `/agency/${desk.ownOrganization}`
    const pages = [
      [scoped, '/helpdesk/people'],
      [scoped, '/helpdesk/people?q=quill'],
      [scoped, `/helpdesk/people/${id}`],
      [scoped, organization],
      [clara, agency],
      [clara, `${agency}/people/${id}`],
      [clara, `${agency}/reviews/${review}`],
    ] as const
    const seen = async () =>
      Promise.all(
        pages.map(async ([caller, path]) =>
          hidden.test(
            (await (await caller.get(path)).text()).replaceAll('q=quill', '').replaceAll('value="quill"', ''),
          ),
        ),
      )
    const before = await seen()
    const counts = async () => [await countIn(scoped), await countIn(helpdesk)]
    const countIn = async (caller: typeof scoped) => {
      const list = await (await caller.get('/helpdesk/organizations?q=Lakeside')).text()
      return Number(/<td[^>]*>(\d+)<\/td>/.exec(list)?.[1])
    }
    const [fewer = 0, all = 0] = await counts()
    const shelter = `/helpdesk/organizations/${desk.otherOrganization}/standing`
    const flagged = await administrator.post(shelter, { version: '1', isVictimService: 'yes' })
    assert.equal(flagged.status, 303)
    assert.ok(before.filter(Boolean).length >= 6, before.join())
    assert.deepEqual(
      await seen(),
      pages.map(() => false),
    )
    assert.deepEqual(await counts(), [fewer - 1, all])
    const said = { reason: 'Asked.', identified: 'call-back', version: '1' }
    assert.equal((await scoped.post(`/helpdesk/people/${id}/end-sessions`, said)).status, 404)
    assert.match(await (await helpdesk.get(organization)).text(), hidden)
    const looks = await desk.store.read
      .selectFrom('audit_record')
      .select('args')
      .where('event', '=', 'sensitive_read')
      .where('actor', '=', helpdesk.id)
      .execute()
    assert.ok(
      looks.some(({ args }) => JSON.parse(args).what === 'people'),
      'who looks after everyone sees them, and the log has it',
    )
  },
)
