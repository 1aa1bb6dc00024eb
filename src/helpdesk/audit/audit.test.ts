import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { type Desk, openDesk } from '../../../test/support/people/desk.ts'
import { claimVerification, readVerification, startVerification } from './verification.ts'

const day = 24 * 3_600_000

/** Records of one event for one person, a second apart. */
async function fill({ store, services, clock }: Desk, subject: string, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    clock.advance(1_000)
    await store.write(tx =>
      services.audit.record(tx, {
        event: 'authn_mfa_fail',
        actor: 'anonymous',
        subject,
        address: '192.0.2.7',
      }),
    )
  }
}

const rowsIn = (page: string): number => page.match(/<tr><th scope="row"/g)?.length ?? 0
const linkTo = (page: string, rel: 'prev' | 'next'): string | undefined =>
  page.match(new RegExp(`<a rel="${rel}" href="([^"]+)"`))?.[1]?.replaceAll('&amp;', '&')

eachEngine(
  'the log is read newest first, page by page, there and back, none twice and none missed',
  async open => {
    const desk = await openDesk(await open())
    await fill(desk, desk.inside, 120)
    const { administrator } = desk.callers
    const pages: string[] = []
    for (let path: string | undefined = '/helpdesk/audit?event=authn_mfa_fail'; path !== undefined; ) {
      const page: string = await (await administrator.get(path)).text()
      pages.push(page)
      path = linkTo(page, 'next')
    }
    assert.deepEqual(pages.map(rowsIn), [50, 50, 20])
    const ids = pages.flatMap(page =>
      [...page.matchAll(/<code>([0-9a-f-]{36})<\/code>/g)].map(([, id]) => id),
    )
    assert.equal(new Set(ids).size, 120)
    const back = await (await administrator.get(linkTo(pages[2] ?? '', 'prev') ?? '')).text()
    assert.equal(rowsIn(back), 50)
    assert.deepEqual(
      [...back.matchAll(/<code>([0-9a-f-]{36})<\/code>/g)].map(([, id]) => id),
      ids.slice(50, 100),
    )
  },
)

eachEngine('records are found by person, agent, event and day, each said in words', async open => {
  const desk = await openDesk(await open())
  const { administrator, helpdesk } = desk.callers
  await helpdesk.post(`/helpdesk/people/${desk.inside}/deactivate`, {
    reason: 'Left the agency.',
    version: '1',
  })
  await fill(desk, desk.outside, 3)
  const shown = async (query: string) => (await administrator.get(`/helpdesk/audit?${query}`)).text()
  const byPerson = await shown('person=ines')
  assert.match(byPerson, /Deactivated<br>Reason: Left the agency\./)
  assert.match(byPerson, /helpdesk Agent/)
  assert.doesNotMatch(byPerson, /Entered a wrong verification code<details/)
  assert.equal(rowsIn(await shown('person=otto&agent=anonymous')), 3)
  assert.equal(rowsIn(await shown('agent=helpdesk&event=user_archived')), 1)
  assert.equal(rowsIn(await shown('person=otto&event=user_archived')), 0)
  const today = new Date(desk.clock.now()).toISOString().slice(0, 10)
  assert.equal(rowsIn(await shown(`person=otto&from=${today}&to=${today}`)), 3)
  const yesterday = new Date(desk.clock.now() - day).toISOString().slice(0, 10)
  assert.equal(rowsIn(await shown(`person=otto&to=${yesterday}`)), 0)
})

eachEngine('a name or day that means nothing is told, and nothing is shown in its place', async open => {
  const desk = await openDesk(await open())
  for (const query of ['person=nobody', 'agent=nobody', 'from=2026-02-30', 'to=soon']) {
    const answer = await desk.callers.administrator.get(`/helpdesk/audit?${query}`)
    assert.equal(answer.status, 422, query)
    const page = await answer.text()
    assert.match(page, /<title>Error: /)
    assert.equal(rowsIn(page), 0)
  }
})

eachEngine("a person's page leads an administrator to who looked at them, and nobody else", async open => {
  const desk = await openDesk(await open())
  const { administrator, helpdesk } = desk.callers
  const path = `/helpdesk/people/${desk.inside}`
  assert.doesNotMatch(await (await helpdesk.get(path)).text(), /Who looked at this person/)
  await helpdesk.get(`/helpdesk/people/${desk.outside}`)
  const [, link = ''] =
    (await (await administrator.get(path)).text()).match(/href="([^"]+)">Who looked at this person/) ?? []
  const page = await (await administrator.get(link.replaceAll('&amp;', '&'))).text()
  assert.equal(rowsIn(page), 2)
  assert.match(page, />helpdesk Agent<[\s\S]*>Ines /)
  assert.match(page, /\/helpdesk\/reports\/audit\?person=ines&amp;event=sensitive_read/)
})

eachEngine('whoever reads the log is in it', async open => {
  const desk = await openDesk(await open())
  await desk.callers.administrator.get('/helpdesk/audit?person=ines&event=user_created')
  const read = (await desk.events()).filter(({ event }) => event === 'sensitive_read')
  assert.deepEqual(
    read.map(({ args }) => JSON.parse(args)),
    [{ what: 'audit', person: 'ines', event: 'user_created' }],
  )
})

eachEngine('the whole log is checked in the background, and the page says what came of it', async open => {
  const desk = await openDesk(await open())
  await fill(desk, desk.inside, 30)
  const { administrator } = desk.callers
  await (await startVerification(desk.services, { actor: administrator.id }))?.ended
  const done = await administrator.get('/helpdesk/audit/verify')
  assert.equal(done.headers.get('refresh'), null)
  assert.match(await done.text(), /The audit log is intact/)
  await desk.store.writeOne(db =>
    db.updateTable('audit_record').set({ address: '10.0.0.1' }).where('position', '=', 7).execute(),
  )
  await (await startVerification(desk.services, { actor: administrator.id }))?.ended
  const broken = await (await administrator.get('/helpdesk/audit/verify')).text()
  assert.match(broken, /Record 7 \([0-9a-f-]{36}\) of chain [0-9a-f-]{36} was changed/)
})

eachEngine(
  'a check whose process is gone counts as stopped after a minute, and can be started again',
  async open => {
    const desk = await openDesk(await open())
    await fill(desk, desk.inside, 3)
    const left = { state: 'running', startedAt: desk.clock.now(), checked: 2, of: 3 }
    await desk.store.writeOne(db =>
      db
        .insertInto('job')
        .values({
          name: 'audit-verification',
          next_run_at: desk.clock.now() + 60_000,
          last_result: JSON.stringify(left),
        })
        .execute(),
    )
    assert.equal(await startVerification(desk.services, { actor: 'system' }), undefined)
    desk.clock.advance(60_000)
    assert.equal((await readVerification(desk.services)).state, 'stopped')
    const { administrator } = desk.callers
    assert.match(await (await administrator.get('/helpdesk/audit/verify')).text(), /stopped after 2 records/)
    await (await startVerification(desk.services, { actor: 'system' }))?.ended
    assert.equal((await readVerification(desk.services)).state, 'done')
  },
)

eachEngine(
  'of 20 who press Verify now at once one has the check, and the page says how far it is',
  async open => {
    const desk = await openDesk(await open())
    await fill(desk, desk.inside, 30)
    const claims = await Promise.all(
      Array.from({ length: 20 }, () => claimVerification(desk.services, { actor: 'system' })),
    )
    assert.equal(claims.filter(claim => claim !== undefined).length, 1)
    assert.equal(await startVerification(desk.services, { actor: 'system' }), undefined)
    const { administrator } = desk.callers
    assert.equal((await administrator.post('/helpdesk/audit/verify')).status, 303)
    const meanwhile = await administrator.get('/helpdesk/audit/verify')
    assert.equal(meanwhile.headers.get('refresh'), '3')
    const page = await meanwhile.text()
    assert.match(page, /Checking: 0 of 30 records/)
    assert.match(page, /href="\/helpdesk\/audit\/verify\?stop"[^>]*>Stop refreshing/)
    const still = await administrator.get('/helpdesk/audit/verify?stop')
    assert.equal(still.headers.get('refresh'), null)
    assert.match(await still.text(), /href="\/helpdesk\/audit\/verify"[^>]*>Refresh automatically/)
  },
)
