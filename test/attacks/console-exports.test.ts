/** Exports and sheets of the console: where it is kept, what a spreadsheet makes of it, what a name does to a header. */
import assert from 'node:assert/strict'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { eachEngine } from '../support/database/store.ts'
import { type Caller, type Desk, openDesk } from '../support/people/desk.ts'

const said = { reason: 'Called and asked.', identified: 'call-back' }
const reports = ['people', 'acceptances', 'audit'] as const
const hostile = [
  '=1+1',
  '+1',
  '-1',
  '@sum(a1)',
  '\t=1',
  '＝1+1',
  "'=1",
  '"=1"',
  ' =1',
  '\r\n=1',
  ';=1',
  '=1\u202e',
]

const askFor = (who: Caller, report: string, fields: Readonly<Record<string, string>> = {}) =>
  who.post(`/helpdesk/reports/${report}`, { reason: 'For the board.', form: 'csv', ...fields })

/** The same, read to its end: an agent has one export at a time. */
async function exportOf(...asked: Parameters<typeof askFor>): Promise<Response> {
  const answer = await askFor(...asked)
  return new Response(await answer.arrayBuffer(), answer)
}

eachEngine('no cache keeps an export, a sheet or a page of the console', async open => {
  const desk = await openDesk(await open())
  const { helpdesk } = desk.callers
  const person = `/helpdesk/people/${desk.inside}`
  const answers = [
    await exportOf(helpdesk, 'people'),
    await exportOf(helpdesk, 'acceptances'),
    await exportOf(helpdesk, 'audit'),
    await helpdesk.post('/helpdesk/sheets', { ...said, person: `${desk.inside}:1` }),
    await helpdesk.post(`${person}/temporary-password`, { ...said, version: '2' }),
    ...(await Promise.all(
      [person, '/helpdesk', '/helpdesk/people', '/helpdesk/audit', '/helpdesk/import'].map(helpdesk.get),
    )),
  ]
  for (const answer of answers) {
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
  }
})

eachEngine('the caller has no say in the name of an exported file', async open => {
  const desk = await openDesk(await open())
  for (const report of reports)
    for (const form of [
      'csv',
      'jsonl',
      '',
      'html',
      'csv"; x="',
      'csv\r\nSet-Cookie: a=b',
      '../../etc/passwd',
    ]) {
      const { headers } = await exportOf(desk.callers.administrator, report, { form })
      assert.match(
        headers.get('content-disposition') ?? '',
        new RegExp(`^attachment; filename="lintel-${report}-\\d{4}-\\d\\d-\\d\\d\\.(csv|jsonl)"$`),
      )
      assert.match(headers.get('content-type') ?? '', /^(text\/csv|application\/x-ndjson); charset=utf-8$/)
      assert.equal(headers.get('set-cookie'), null)
    }
})

eachEngine('no cell of an export is a formula, whoever wrote what is in it', async open => {
  const desk = await openDesk(await open())
  const { administrator } = desk.callers
  for (const [index, text] of hostile.entries()) {
    const id = await desk.add({
      username: `h${index}`,
      firstName: text,
      lastName: text,
      email: `${text}@x.example`,
    })
    const answer = await administrator.post(`/helpdesk/people/${id}/deactivate`, {
      ...said,
      version: '1',
      reason: `${text} x`,
    })
    assert.equal(answer.status, 303)
  }
  desk.clock.advance(1_000)
  for (const report of reports) {
    const csv = await (await exportOf(administrator, report, { reason: '=cmd|calc' })).text()
    const rows: string[][] = parse(csv, { bom: true, record_delimiter: '\r\n' })
    assert.ok(rows.length > (report === 'acceptances' ? 0 : hostile.length))
    for (const cell of rows.flat())
      assert.doesNotMatch(cell, /^[\s\0]*[=+@\t\r\n＝＋＠－-]/, `${report}: ${cell}`)
  }
})

/** Everything that was recorded until now, as an export of one line for each record. */
async function linesOfLog(desk: Desk): Promise<readonly string[]> {
  desk.clock.advance(1_000)
  const answer = await exportOf(desk.callers.administrator, 'audit', { form: 'jsonl' })
  return (await answer.text())
    .trim()
    .split('\n')
    .filter(line => line !== '')
}

eachEngine(
  'a reason with line breaks or control characters is one line of the log, in both formats',
  async open => {
    const desk = await openDesk(await open())
    const { administrator } = desk.callers
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), async reason => {
        const before = (await linesOfLog(desk)).length
        const { status } = await exportOf(administrator, 'acceptances', {
          reason: `a${reason}\r\n{"event":"x"}\u2028`,
        })
        const after = await linesOfLog(desk)
        for (const line of after) assert.ok(typeof JSON.parse(line) === 'object')
        assert.ok(
          status === 200 ? after.length >= before + 2 : status === 400 || status === 422,
          String(status),
        )
      }),
      { numRuns: 8, endOnFailure: true },
    )
  },
)

eachEngine(
  'of 20 exports started at once by one agent one is sent, and a caller who hangs up blocks nothing',
  async open => {
    const desk = await openDesk(await open())
    const { administrator } = desk.callers
    const ask = () => askFor(administrator, 'people', { form: 'jsonl' })
    const answers = await Promise.all(Array.from({ length: 20 }, ask))
    const sent = answers.filter(({ status }) => status === 200)
    assert.equal(sent.length, 1)
    await sent[0]?.body?.cancel()
    const people = await desk.store.read.selectFrom('account').select('id').execute()
    assert.equal((await (await ask()).text()).trim().split('\n').length, people.length)
    const ended = (await desk.events()).filter(({ args }) => args.includes('"whole":'))
    assert.equal(ended.length, 2)
  },
)
