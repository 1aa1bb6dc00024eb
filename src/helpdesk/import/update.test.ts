import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Caller, type Desk, openDesk } from '../../../test/support/people/desk.ts'

const said = { reason: 'Told by the agency.', identified: 'written-list' }
const check = '/helpdesk/import/check'

async function give(who: Caller, ...lines: readonly string[]): Promise<string> {
  const sent = await who.upload('/helpdesk/import', 'people.csv', lines.join('\n'), {
    kind: 'update',
  })
  assert.equal(sent.status, 303)
  return (await who.get(sent.headers.get('location') ?? '')).text()
}

const press = (who: Caller, page: string, fields: Readonly<Record<string, string>> = said) =>
  who.post(check, { ...fields, file: /name="file" value="([^"]+)"/.exec(page)?.[1] ?? '' })

const rowOf = ({ store }: Desk, id: string) =>
  store.read.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

const work = (username: string, desk: Desk) =>
  desk.add({
    username,
    firstName: 'Ann',
    lastName: 'Lee',
    email: `${username}@example.org`,
    organizationIds: [desk.ownOrganization],
  })

eachEngine('accounts are updated after a preview, all or none, each with its record and mail', async open => {
  const desk = await openDesk(await open())
  const [ann, bo, same] = [await work('ann', desk), await work('bo', desk), await work('same', desk)]
  const { helpdesk } = desk.callers
  const page = await give(
    helpdesk,
    'Username,Email,Last name,Work phone,Job title,Organizations',
    'ann,new@example.org,,612-555-0123,,Nowhere House',
    ',BO@example.org,Olson,,Lead,',
    'same,same@example.org,Lee,,,',
  )
  assert.match(page, /2 accounts will change\. 1 row changes nothing\. Nothing has been updated yet\./)
  assert.match(page, /Email: ann@example\.org → new@example\.org[\s\S]*Work phone: \(blank\) → 612-555-0123/)
  assert.match(page, /Last name: Lee → Olson<br>Job title: \(blank\) → Lead/)
  for (const wrong of [
    {},
    { reason: said.reason },
    { identified: said.identified },
    { ...said, ticket: '<' },
  ])
    assert.equal((await press(helpdesk, page, wrong)).status, 422)
  const version = (await rowOf(desk, same)).version
  const answers = await Promise.all(Array.from({ length: 4 }, () => press(helpdesk, page)))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([303]))
  assert.match(await (await helpdesk.get(check)).text(), /2 accounts were updated from people\.csv/)
  const { email, last_name, work_phone } = await rowOf(desk, ann)
  assert.deepEqual([email, last_name, work_phone], ['new@example.org', 'Lee', '612-555-0123'])
  const changed = await rowOf(desk, bo)
  assert.deepEqual([changed.email, changed.last_name, changed.job_title], ['bo@example.org', 'Olson', 'Lead'])
  assert.equal((await rowOf(desk, same)).version, version)

  const records = (await desk.events()).filter(({ event }) => event === 'user_updated')
  assert.deepEqual(new Set(records.map(({ subject }) => subject)), new Set([ann, bo]))
  for (const { args } of records)
    assert.match(args, /"reason":"Told by the agency\.","identified":"written-list","many":"/)
  const ofAnn = records.find(({ subject }) => subject === ann)?.args ?? ''
  assert.match(ofAnn, /"email":\{"before":"ann@example\.org","after":"new@example\.org"\}/)
  const mails = await desk.store.read.selectFrom('mail').select(['account_id', 'kind']).execute()
  assert.deepEqual(
    mails.map(({ account_id, kind }) => `${account_id} ${kind}`).toSorted(),
    [`${ann} email-changed`, `${ann} record-changed`, `${bo} record-changed`].toSorted(),
  )
})

eachEngine('what somebody changed meanwhile is named, and nothing is updated', async open => {
  const desk = await openDesk(await open())
  const [ann, bo] = [await work('ann', desk), await work('bo', desk)]
  const { helpdesk, administrator } = desk.callers
  const page = await give(helpdesk, 'Username,Job title', 'ann,Lead', 'bo,Cook')
  const { version } = await rowOf(desk, bo)
  const edited = await administrator.post(`/helpdesk/people/${bo}/details`, {
    ...{ firstName: 'Bo', lastName: 'Lee', email: 'bo@example.org' },
    ...{ reason: 'A call.', version: String(version) },
  })
  assert.equal(edited.status, 303)
  assert.equal((await press(helpdesk, page)).status, 303)
  const again = await (await helpdesk.get(check)).text()
  assert.match(again, /Somebody changed one of these accounts since the check, so nothing was updated/)
  assert.equal(again.match(/Changed meanwhile/g)?.length, 1)
  assert.ok(again.indexOf('Bo Lee') < again.indexOf('Ann Lee'), 'it comes first')
  assert.equal((await rowOf(desk, ann)).job_title, '')
  await press(helpdesk, again)
  assert.equal((await rowOf(desk, bo)).job_title, 'Cook')
})

eachEngine('a file with an error, or an address that another signs in with, updates nothing', async open => {
  const desk = await openDesk(await open())
  const [ann] = [await work('ann', desk), await work('bo', desk)]
  await desk.store.writeOne(db =>
    db
      .updateTable('account')
      .set({ sign_in_email_key: 'bo@example.org' })
      .where('username', '=', 'bo')
      .execute(),
  )
  const { helpdesk } = desk.callers
  const page = await give(
    helpdesk,
    'Username,Email,Job title',
    'ann,bo@example.org,Lead',
    'ghost,,Lead',
    'bo,,"Cook"',
  )
  assert.match(page, /2 of 3 rows cannot be used\. Nothing was updated\./)
  assert.match(page, /Nobody you look after has the username or email ghost\./)
  assert.match(page, /Another account has this email address/)
  assert.equal((await press(helpdesk, page)).status, 422)
  const { id } = await desk.store.read.selectFrom('people_import').select('id').executeTakeFirstOrThrow()
  assert.equal((await helpdesk.post(check, { ...said, file: id })).status, 422)
  assert.equal((await rowOf(desk, ann)).job_title, '')
  const missing = await give(helpdesk, 'First name,Job title', 'Ann,Lead')
  assert.match(missing, /Which column is which/)
})

eachEngine(
  'an agent with a limit updates whom they look after as a whole, and nobody else is there',
  async open => {
    const desk = await openDesk(await open())
    const both = await desk.add({
      username: 'both',
      organizationIds: [desk.ownOrganization, desk.otherOrganization],
    })
    const { scoped, helpdesk } = desk.callers
    const outside = await rowOf(desk, desk.outside)
    const page = await give(scoped, 'Username,Job title', `${outside.username},Lead`, 'both,Lead')
    assert.match(page, new RegExp(`Nobody you look after has the username or email ${outside.username}`))
    assert.match(page, /Only an agent who looks after every organization of this person/)
    const staff = await rowOf(desk, desk.callers.administrator.id)
    const refused = await give(helpdesk, 'Username,Job title', `${staff.username},Lead`)
    assert.match(refused, /Only an administrator can do this to this account/)

    const mine = await work('mine', desk)
    const fine = await give(scoped, 'Username,Job title', 'mine,Lead')
    await desk.store.writeOne(db =>
      db
        .updateTable('account_organization')
        .set({ organization_id: desk.otherOrganization })
        .where('account_id', '=', mine)
        .execute(),
    )
    await press(scoped, fine)
    assert.match(
      await (await scoped.get(check)).text(),
      /Nobody you look after has the username or email mine/,
    )
    assert.equal((await rowOf(desk, mine)).job_title, '')
    assert.equal((await rowOf(desk, both)).job_title, '')
  },
)

eachEngine('the eleventh file in ten minutes waits, and the administrators are told', async open => {
  const desk = await openDesk(await open())
  const ann = await work('ann', desk)
  const { helpdesk } = desk.callers
  for (let n = 0; n < 10; n++) {
    const page = await give(helpdesk, 'Username,Job title', `ann,Job ${n}`)
    assert.equal((await press(helpdesk, page)).status, 303)
  }
  const page = await give(helpdesk, 'Username,Job title', 'ann,Job 10')
  const waits = await press(helpdesk, page)
  assert.equal(waits.status, 429)
  assert.match(await waits.text(), /You updated accounts from 10 files in a short time/)
  assert.equal((await rowOf(desk, ann)).job_title, 'Job 9')
  const { kind } = await desk.store.read.selectFrom('incident').select('kind').executeTakeFirstOrThrow()
  assert.equal(kind, 'agent-limit')
})

eachEngine('an update whose process died is taken up for a reason, as it was begun', async open => {
  const desk = await openDesk(await open())
  const ann = await work('ann', desk)
  const { helpdesk } = desk.callers
  const page = await give(helpdesk, 'Username,Job title', 'ann,Lead')
  await desk.store.writeOne(db => db.updateTable('people_import').set({ state: 'importing' }).execute())
  assert.equal((await press(helpdesk, page, {})).status, 303, 'under way: only looked at')
  assert.equal((await rowOf(desk, ann)).job_title, '')
  desk.clock.advance(6 * 60_000)
  const silent = await press(await desk.signIn(helpdesk.id), page, {})
  assert.equal(silent.status, 422)
  assert.equal((await rowOf(desk, ann)).job_title, '')
  assert.equal((await press(await desk.signIn(helpdesk.id), page)).status, 303)
  assert.equal((await rowOf(desk, ann)).job_title, 'Lead')
})
