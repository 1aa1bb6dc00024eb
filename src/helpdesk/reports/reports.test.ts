import assert from 'node:assert/strict'
import { parse } from 'csv-parse/sync'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Caller, type Desk, openDesk } from '../../../test/support/people/desk.ts'
import { publishTerms, recordAcceptance } from '../../terms/store.ts'

const hour = 3_600_000
const secret = 'Which street did the blue bus stop in?'

/** People of whom there is something to export, and something that must not be. */
async function peopledDesk(desk: Desk): Promise<void> {
  const now = desk.clock.now()
  await desk.store.write(async tx => {
    await tx.db
      .insertInto('recovery_question')
      .values({
        account_id: desk.inside,
        question: secret,
        answer_encoded: '$canary',
        pepper_id: 'x',
        set_at: now,
      })
      .execute()
    const version = await publishTerms(tx, {
      text: 'Be kind.',
      effectiveAt: now + hour,
      by: 'system',
      now,
    })
    for (const id of [desk.inside, desk.outside]) await recordAcceptance(tx, id, version, now, '192.0.2.1')
    await tx.db
      .updateTable('account')
      .set({ first_name: '=HYPERLINK("x")', last_name: '@sum' })
      .where('id', '=', desk.inside)
      .execute()
  })
}

const fetchReport = (who: Caller, report: string, form: 'csv' | 'jsonl') =>
  who.post(`/helpdesk/reports/${report}`, { reason: 'For the board.', form })

const objects = (lines: string): Record<string, unknown>[] =>
  lines
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))

/** Facts of what was recorded of exports. */
async function notedIn({ store }: Desk): Promise<readonly Record<string, unknown>[]> {
  const rows = await store.read
    .selectFrom('audit_record')
    .select('args')
    .where('event', '=', 'sensitive_read')
    .execute()
  return rows.map(({ args }) => JSON.parse(args))
}

eachEngine(
  'people are exported in both forms with the same rows, and nothing in them is run by a spreadsheet',
  async open => {
    const desk = await openDesk(await open())
    await peopledDesk(desk)
    const { administrator } = desk.callers
    const answer = await fetchReport(administrator, 'people', 'csv')
    assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8')
    assert.match(
      answer.headers.get('content-disposition') ?? '',
      /^attachment; filename="lintel-people-[\d-]+\.csv"$/,
    )
    const csv = Buffer.from(await answer.arrayBuffer()).toString('utf8')
    const rows: Record<string, string>[] = parse(csv, { bom: true, columns: true, record_delimiter: '\r\n' })
    const people = objects(await (await fetchReport(administrator, 'people', 'jsonl')).text())
    assert.deepEqual(
      rows.map(({ id }) => id),
      people.map(({ id }) => id),
    )
    const ines = rows.find(({ id }) => id === desk.inside)
    assert.equal(ines?.['first_name'], `'=HYPERLINK("x")`)
    assert.equal(ines?.['last_name'], "'@sum")
    assert.equal(ines?.['organizations'], 'Lakeside Night Shelter')
    assert.equal(ines?.['terms_version'], '1')
    assert.equal(people.find(({ id }) => id === desk.inside)?.['first_name'], '=HYPERLINK("x")')
    assert.ok(!csv.includes(secret) && !csv.includes('$canary'))
  },
)

eachEngine(
  'a limited agent exports the people of their organizations, and their acceptances, and no others',
  async open => {
    const desk = await openDesk(await open())
    await peopledDesk(desk)
    const { scoped, helpdesk } = desk.callers
    const idsOf = async (who: Caller, report: string, column: string) =>
      objects(await (await fetchReport(who, report, 'jsonl')).text()).map(row => row[column])
    assert.deepEqual(await idsOf(scoped, 'people', 'id'), [desk.inside])
    assert.deepEqual(await idsOf(scoped, 'acceptances', 'account_id'), [desk.inside])
    assert.ok((await idsOf(helpdesk, 'people', 'id')).includes(desk.outside))
    assert.deepEqual(
      new Set(await idsOf(helpdesk, 'acceptances', 'account_id')),
      new Set([desk.inside, desk.outside]),
    )
    await desk.store.writeOne(db => {
      const also = { account_id: desk.inside, organization_id: desk.otherOrganization }
      return db
        .insertInto('account_organization')
        .values({ ...also, is_active: 1, may_sign_in: 1, may_edit: 1 })
        .execute()
    })
    const [ines] = objects(await (await fetchReport(scoped, 'people', 'jsonl')).text())
    assert.deepEqual(ines?.['organizations'], ['Lakeside Night Shelter'])
  },
)

eachEngine('an acceptance is exported with the hash of the text that was accepted', async open => {
  const desk = await openDesk(await open())
  await peopledDesk(desk)
  const [row] = objects(await (await fetchReport(desk.callers.scoped, 'acceptances', 'jsonl')).text())
  assert.match(String(row?.['sha256']), /^[0-9a-f]{64}$/)
  assert.equal(row?.['terms_version'], 1)
  assert.equal(row?.['address'], null, 'not for who is limited')
  const all = objects(await (await fetchReport(desk.callers.helpdesk, 'acceptances', 'jsonl')).text())
  assert.equal(all.find(({ account_id }) => account_id === desk.inside)?.['address'], '192.0.2.1')
})

eachEngine(
  'an export asks for the password again and a reason, and is in the log with its rows',
  async open => {
    const desk = await openDesk(await open())
    const stale = await desk.signIn(desk.callers.helpdesk.id, false)
    for (const report of ['people', 'acceptances', 'audit']) {
      assert.match(await (await stale.get(`/helpdesk/reports/${report}`)).text(), /type="password"/)
      assert.equal((await fetchReport(stale, report, 'csv')).status, 403)
      const unreasoned = await desk.callers.helpdesk.post(`/helpdesk/reports/${report}`, { reason: ' ' })
      assert.equal(unreasoned.status, 422)
    }
    const { length } = objects(await (await fetchReport(desk.callers.helpdesk, 'people', 'jsonl')).text())
    const noted = await notedIn(desk)
    const [began, ended] = [noted.find(each => 'reason' in each), noted.find(each => 'rows' in each)]
    assert.deepEqual(began, { reason: 'For the board.', what: 'people', form: 'jsonl' })
    assert.deepEqual(ended, { what: 'people', form: 'jsonl', rows: length, whole: true })
    assert.equal(noted.length, 3, 'one more says whom the rows are about')
  },
)

eachEngine('a reader who goes away ends the export, and the log says how far it came', async open => {
  const desk = await openDesk(await open())
  for (let n = 0; n < 3; n++)
    await desk.store.write(async tx => {
      for (let each = 0; each < 400; each++)
        await desk.services.audit.record(tx, { event: 'sys_startup', actor: 'system' })
    })
  desk.clock.advance(1_000)
  const answer = await fetchReport(desk.callers.administrator, 'audit', 'jsonl')
  const reader = answer.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  const ended = (await notedIn(desk)).find(each => 'rows' in each)
  assert.equal(ended?.['whole'], false)
  assert.ok(Number(ended?.['rows']) < 1_200)
})

eachEngine('an export of more than one page holds every record once, in the order of time', async open => {
  const desk = await openDesk(await open())
  await desk.store.write(async tx => {
    for (let n = 0; n < 1_100; n++) {
      if (n % 7 === 0) desk.clock.advance(1)
      await desk.services.audit.record(tx, { event: 'sys_startup', actor: 'system', args: { n } })
    }
  })
  desk.clock.advance(1_000)
  const rows = objects(
    await (
      await desk.callers.administrator.post('/helpdesk/reports/audit', {
        reason: 'For the board.',
        form: 'jsonl',
        event: 'sys_startup',
      })
    ).text(),
  )
  assert.equal(rows.length, 1_100)
  assert.equal(new Set(rows.map(({ id }) => id)).size, 1_100)
  const times = rows.map(({ at }) => String(at))
  assert.deepEqual(times, [...times].sort())
})

eachEngine('an agent has one export at a time and a process four; each gives its place back', async open => {
  const desk = await openDesk(await open())
  const ids = await Promise.all(
    [1, 2, 3, 4].map(n => desk.add({ username: `agent-${n}`, email: `a${n}@example.org`, role: 'helpdesk' })),
  )
  const agents = await Promise.all(ids.map(id => desk.signIn(id)))
  const first = await fetchReport(desk.callers.helpdesk, 'people', 'csv')
  assert.equal(first.status, 200)
  const second = await fetchReport(desk.callers.helpdesk, 'acceptances', 'jsonl')
  assert.equal(second.status, 429)
  const refusal = await second.text()
  assert.match(refusal, /One of your exports is still running/)
  assert.match(refusal, /value="For the board\."/)
  const others = await Promise.all(agents.map(agent => fetchReport(agent, 'people', 'csv')))
  assert.deepEqual(others.map(({ status }) => status).sort(), [200, 200, 200, 503])
  await first.text()
  assert.equal((await fetchReport(desk.callers.helpdesk, 'people', 'csv')).status, 200)
  const shut = others.find(({ status }) => status === 200)
  await shut?.body?.cancel()
  const refused = agents[others.findIndex(({ status }) => status === 503)]
  assert.ok(refused)
  assert.equal(
    (await fetchReport(refused, 'people', 'csv')).status,
    200,
    'one that was cut off gives it back too',
  )
})
