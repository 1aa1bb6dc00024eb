import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Caller, type Desk, openDesk } from '../../../test/support/people/desk.ts'
import { cleanUp } from '../../jobs/clean-up.ts'

const header = 'First name,Last name,Email,Username,Organizations,Workgroups'
const fileOf = (...lines: readonly string[]) => [header, ...lines, ''].join('\n')
const people = (count: number) =>
  Array.from({ length: count }, (_, n) => `Ann,Lee,p${n}@example.org,person${n}x,Lakeside Night Shelter,`)

const page = async (who: Caller, query = '') => (await who.get(`/helpdesk/import/check${query}`)).text()
const idOn = (text: string) => /name="file" value="([^"]+)"/.exec(text)?.[1] ?? ''
const press = (who: Caller, file: string) => who.post('/helpdesk/import/check', { file })

async function countOf(desk: Desk): Promise<number> {
  return (await desk.store.read.selectFrom('account').select('id').execute()).length
}

/** Looks at the page until nothing works on the file any more. */
async function settled(who: Caller): Promise<string> {
  for (;;) {
    const answer = await who.get('/helpdesk/import/check')
    if (answer.headers.get('refresh') === null) return answer.text()
    await turn()
  }
}

eachEngine('a file is checked, and then imported once however often the button is pressed', async open => {
  const desk = await openDesk(await open())
  const { scoped } = desk.callers
  const before = await countOf(desk)
  assert.equal((await scoped.upload('/helpdesk/import', 'people.csv', fileOf(...people(3)))).status, 303)
  const report = await page(scoped)
  assert.match(report, /3 rows are ready to import\. Nothing has been created yet\./)
  assert.equal(await countOf(desk), before)
  const answers = await Promise.all(Array.from({ length: 10 }, () => press(scoped, idOn(report))))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([303]))
  assert.match(await settled(scoped), /3 accounts were created from people\.csv\./)
  assert.equal(await countOf(desk), before + 3)
  assert.equal((await press(scoped, idOn(report))).status, 303)
  assert.equal(await countOf(desk), before + 3)
  const imports = (await desk.events()).filter(({ event }) => event === 'sensitive_create')
  assert.equal(imports.length, 1)
})

eachEngine('a file of many is shown in parts, and imported whole', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  const before = await countOf(desk)
  await helpdesk.upload('/helpdesk/import', 'many.csv', fileOf(...people(1_500)))
  const report = await settled(helpdesk)
  assert.match(report, /1,500 rows are ready to import[\s\S]*many\.csv[\s\S]*Rows 1 to 200 of 1,500/)
  assert.match(await page(helpdesk, '?part=8'), /Rows 1,401 to 1,500 of 1,500/)
  assert.equal((await helpdesk.get('/helpdesk/import/check?part=9')).status, 303)
  await press(helpdesk, idOn(report))
  assert.match(await settled(helpdesk), /1,500 accounts were created/)
  assert.equal(await countOf(desk), before + 1_500)
})

eachEngine('while a file is under way its page asks again, and a second file waits its turn', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  await helpdesk.upload('/helpdesk/import', 'first.csv', fileOf(...people(1)))
  await settled(helpdesk)
  await desk.store.writeOne(db =>
    db.updateTable('people_import').set({ state: 'checking', changed_at: desk.clock.now() }).execute(),
  )
  const working = await helpdesk.get('/helpdesk/import/check')
  assert.equal(working.headers.get('refresh'), '2')
  assert.match(
    await working.text(),
    /The file is being checked[\s\S]*href="\/helpdesk\/import\/check\?stop"[^>]*>Stop refreshing/,
  )
  const second = await helpdesk.upload('/helpdesk/import', 'second.csv', fileOf(...people(1)))
  assert.equal(second.status, 303)
  const { file_name } = await desk.store.read
    .selectFrom('people_import')
    .select('file_name')
    .executeTakeFirstOrThrow()
  assert.equal(file_name, 'first.csv')
})

eachEngine('the page of work under way stands still when it was stopped', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  await helpdesk.upload('/helpdesk/import', 'people.csv', fileOf(...people(1)))
  await desk.store.writeOne(db =>
    db.updateTable('people_import').set({ state: 'importing', changed_at: desk.clock.now() }).execute(),
  )
  const still = await helpdesk.get('/helpdesk/import/check?stop')
  assert.equal(still.headers.get('refresh'), null)
  assert.match(
    await still.text(),
    /does not refresh[\s\S]*href="\/helpdesk\/import\/check"[^>]*>Refresh automatically/,
  )
})

eachEngine('a file with faults shows them first and cannot be imported', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  const before = await countOf(desk)
  const file = fileOf(...people(250), '<b>Bo</b>,Lee,nowhere,ines,Nowhere House,')
  await helpdesk.upload('/helpdesk/import', '<i>.csv', file)
  const report = await page(helpdesk)
  assert.match(report, /1 of 251 rows cannot be imported\./)
  assert.match(report, /&lt;b&gt;Bo&lt;\/b&gt;[\s\S]*Enter an email address like/)
  assert.match(report, /Another account has this username/)
  assert.match(report, /There is no organization named Nowhere House\./)
  assert.ok(report.indexOf('Error') < report.indexOf('Ready'))
  assert.equal(idOn(report), '')
  const { id } = await desk.store.read.selectFrom('people_import').select('id').executeTakeFirstOrThrow()
  assert.equal((await press(helpdesk, id)).status, 422)
  assert.equal(await countOf(desk), before)
})

eachEngine(
  'a form without a file, or with one that is no table of people, says what is wrong',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk } = desk.callers
    const empty = await helpdesk.post('/helpdesk/import')
    assert.equal(empty.status, 422)
    assert.match(await empty.text(), /Choose a file\./)
    const other = await helpdesk.upload('/helpdesk/import', 'x.csv', 'a\0b')
    assert.equal(other.status, 422)
    assert.match(await other.text(), /not a table saved as text/)
    assert.match(await page(helpdesk), /There is no file to import/)
    const huge = await helpdesk.upload('/helpdesk/import', 'x.csv', 'a'.repeat(5 * 1_024 * 1_024))
    assert.equal(huge.status, 413)
    const elsewhere = await helpdesk.upload('/helpdesk/people/new', 'x.csv', header)
    assert.equal(elsewhere.status, 400, 'no other address takes files')
  },
)

eachEngine('an agent sees and imports only the file that they gave', async open => {
  const desk = await openDesk(await open())
  const { helpdesk, scoped } = desk.callers
  await helpdesk.upload('/helpdesk/import', 'people.csv', fileOf(...people(3)))
  const id = idOn(await page(helpdesk))
  assert.match(await page(scoped), /There is no file to import/)
  assert.equal((await press(scoped, id)).status, 422)
  const stale = await desk.signIn(helpdesk.id, false)
  assert.equal((await press(stale, id)).status, 403, 'the password is asked for again')
})

eachEngine('the gate before the press names it, and then does it', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  await helpdesk.upload('/helpdesk/import', 'people.csv', fileOf(...people(2)))
  const file = idOn(await settled(helpdesk))
  const before = await countOf(desk)
  await desk.givePassword(helpdesk.id, 'Heron lamp 42 quietly')
  const stale = await desk.signIn(helpdesk.id, false)
  const send = (gatePassword: string) => stale.post('/helpdesk/import/check', { file, gatePassword })
  const gate = await (await press(stale, file)).text()
  assert.match(gate, /<h1>Enter your password to create 2 accounts<\/h1>/)
  assert.match(gate, /action="\/helpdesk\/import\/check"/)
  assert.equal(idOn(gate), file)
  assert.match(gate, /class="usa-sidenav"[\s\S]*>Import</)
  assert.equal((await send('')).status, 422)
  const wrong = await send('Not that lamp 42')
  assert.equal(wrong.status, 422)
  assert.match(await wrong.text(), /The password is incorrect[\s\S]*name="gatePassword"/)
  assert.equal(await countOf(desk), before)
  const right = await send('Heron lamp 42 quietly')
  assert.equal(right.status, 303)
  assert.match(right.headers.get('set-cookie') ?? '', /lintel=s\./, 'the session has a new id')
  assert.match(await settled(helpdesk), /2 accounts were created/)
  assert.equal(await countOf(desk), before + 2)
  const events = (await desk.events()).map(({ event }) => event)
  assert.ok(events.includes('authn_reauth_fail') && events.includes('authn_reauth_success'))
})

eachEngine(
  'nothing of a file lies in clear in the store, and it is gone after the import or a day',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk, administrator } = desk.callers
    const stored = async () =>
      JSON.stringify(await desk.store.read.selectFrom('people_import_part').selectAll().execute())
    await helpdesk.upload('/helpdesk/import', 'people.csv', fileOf(...people(3)))
    await administrator.upload('/helpdesk/import', 'people.csv', fileOf('Bo,Lee,b@example.org,bolee,,'))
    assert.ok((await stored()).length > 500)
    assert.doesNotMatch(await stored(), /person1x|example\.org|bolee/)
    await press(helpdesk, idOn(await page(helpdesk)))
    assert.match(await settled(helpdesk), /3 accounts were created/)
    desk.clock.advance(25 * 3_600_000)
    await cleanUp(desk.services, desk.clock.now())
    assert.equal(await stored(), '[]')
  },
)

eachEngine(
  'an import that died with its process can be pressed again; a check is asked for anew',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk } = desk.callers
    await helpdesk.upload('/helpdesk/import', 'people.csv', fileOf(...people(3)))
    const id = idOn(await page(helpdesk))
    const put = (state: 'importing' | 'checking') =>
      desk.store.writeOne(db =>
        db.updateTable('people_import').set({ state, changed_at: desk.clock.now() }).execute(),
      )
    await put('importing')
    assert.match(await page(helpdesk), /The accounts are being created/)
    desk.clock.advance(6 * 60_000)
    const before = await countOf(desk)
    assert.equal((await press(helpdesk, idOn(await page(helpdesk)))).status, 303)
    assert.match(await settled(helpdesk), /3 accounts were created/)
    assert.equal(await countOf(desk), before + 3)
    assert.ok(id !== '')
    await put('checking')
    desk.clock.advance(6 * 60_000)
    assert.match(await page(helpdesk), /The check did not finish/)
  },
)

eachEngine('what changed since the check is shown in the rows, and nothing was made', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  await helpdesk.upload('/helpdesk/import', 'people.csv', fileOf(...people(3)))
  await desk.add({ username: 'person1x', email: 'z@example.org' })
  const before = await countOf(desk)
  await press(helpdesk, idOn(await page(helpdesk)))
  const report = await settled(helpdesk)
  assert.match(report, /Lintel has changed since the check, so nothing was created/)
  assert.match(report, /1 of 3 rows cannot be imported/)
  assert.equal(await countOf(desk), before)
})

eachEngine('the template is a table with the columns that there are', async open => {
  const desk = await openDesk(await open())
  const answer = await desk.callers.helpdesk.get('/helpdesk/import/template.csv')
  assert.match(answer.headers.get('content-disposition') ?? '', /attachment; filename="people\.csv"/)
  const template = await answer.text()
  const given = template + people(1).join('\n')
  await desk.callers.helpdesk.upload('/helpdesk/import', 'filled.csv', given)
  assert.match(await page(desk.callers.helpdesk), /1 row is ready to import/)
})

eachEngine(
  'a file from whom it may not come from is answered as any form of theirs, and nothing is kept',
  async open => {
    const desk = await openDesk(await open())
    const { anonymous, pending, user } = desk.callers
    const send = (who: Caller) => who.upload('/helpdesk/import', 'people.csv', fileOf(...people(1)))
    assert.equal((await send(anonymous)).headers.get('location'), '/sign-in')
    assert.equal((await send(pending)).headers.get('location'), '/password/new')
    assert.equal((await send(user)).status, 403)
    assert.deepEqual(await desk.store.read.selectFrom('people_import').selectAll().execute(), [])
  },
)

eachEngine('where policy only warns, the check says whose training is not known, and goes on', async open => {
  const silent = await openDesk(await open())
  await silent.callers.helpdesk.upload('/helpdesk/import', 'people.csv', fileOf(...people(2)))
  assert.doesNotMatch(await page(silent.callers.helpdesk), /finished the training/, 'no Moodle is set')
  const opened = await open()
  const settings = { ...opened.services.settings, MOODLE_URL: 'https://moodle.example.org' }
  const desk = await openDesk({ ...opened, services: { ...opened.services, settings } })
  const { administrator } = desk.callers
  await administrator.upload('/helpdesk/import', 'people.csv', fileOf(...people(2)))
  const report = await page(administrator)
  assert.match(report, /We cannot confirm that 2 people have finished the training/)
  assert.match(report, /Ready[\s\S]*We cannot confirm that they finished the training\./)
  await press(administrator, idOn(report))
  assert.match(await settled(administrator), /2 accounts were created/)
})

const columnsOn = async (who: Caller) => (await who.get('/helpdesk/import/columns')).text()
const listOn = (text: string) => /name="list" value="([^"]+)"/.exec(text)?.[1] ?? ''
const vendor = 'Staff;Mail;Agency;Level\n"Núñez, Ana";ana@example.org;Lakeside Night Shelter;3\n'

eachEngine(
  'a file with other columns is read as the agent says, and the next one without asking',
  async open => {
    const desk = await openDesk(await open())
    const { scoped, helpdesk } = desk.callers
    const { store } = desk
    const given = await scoped.upload('/helpdesk/import', 'vendor.csv', vendor)
    assert.equal(given.headers.get('location'), '/helpdesk/import/columns')
    const { rows_sealed } = await store.read
      .selectFrom('people_import_part')
      .select('rows_sealed')
      .executeTakeFirstOrThrow()
    assert.doesNotMatch(rows_sealed, /Ana|example/)
    const asked = await columnsOn(scoped)
    assert.match(asked, /Núñez, Ana/)
    assert.equal(
      (await helpdesk.get('/helpdesk/import/columns')).status,
      303,
      'the file of another is not there',
    )
    const chosen = {
      list: listOn(asked),
      name: 'Staff',
      email: 'Mail',
      organizations: 'Agency',
      remember: 'Vendor',
    }
    const few = await scoped.post('/helpdesk/import/columns', { ...chosen, name: '' })
    assert.equal(few.status, 422)
    assert.match(await few.text(), /No column names people/)
    assert.equal(
      (await press(scoped, chosen.list)).status,
      303,
      'nothing is made of a file that is not checked',
    )
    const both = await Promise.all([1, 2].map(() => scoped.post('/helpdesk/import/columns', chosen)))
    assert.deepEqual(
      both.map(({ status }) => status),
      [303, 303],
    )
    assert.match(await settled(scoped), /Ana Núñez[\s\S]*anunez[\s\S]*Lakeside Night Shelter/)
    const next = await scoped.upload('/helpdesk/import', 'next.csv', vendor.replace('ana@', 'eva@'))
    assert.equal(next.headers.get('location'), '/helpdesk/import/check', 'the columns are known')
    assert.match(await settled(scoped), /eva@example\.org/)
    const late = await scoped.post('/helpdesk/import/columns', chosen)
    assert.equal(late.headers.get('location'), '/helpdesk/import/columns')
    assert.equal(
      (await helpdesk.upload('/helpdesk/import', 'x.csv', vendor)).headers.get('location'),
      '/helpdesk/import/columns',
      'another agent is asked',
    )
  },
)
