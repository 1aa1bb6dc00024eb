import assert from 'node:assert/strict'
import { eachEngine, type Opened } from '../../../test/support/database/store.ts'
import { type Caller, type Desk, openDesk } from '../../../test/support/people/desk.ts'
import { addPolicy } from '../../../test/support/people/people.ts'
import { publishText } from '../../administration/publish-terms.ts'
import { createDraft, readDraft, readDrafts } from '../../terms/drafts.ts'
import { currentTerms, publishTerms, recordAcceptance, type TermsVersion } from '../../terms/store.ts'

const hour = 3_600_000
const day = 24 * hour
const text = '# Your duty\n\nKeep it safe.'
const soon = { date: '2026-01-16', time: '06:00' }
const soonAt = Date.parse('2026-01-16T12:00:00Z')

/** A desk on which a first version has held for a day, accepted by these callers. */
async function openTerms(opened: Opened, by: readonly (keyof Desk['callers'])[] = ['administrator']) {
  const desk = await openDesk(opened)
  const { store, clock } = desk
  const first = await store.write(tx =>
    publishTerms(tx, { text, effectiveAt: clock.now() - day, by: 'system', now: clock.now() - day }),
  )
  for (const who of by) await accept(desk, desk.callers[who].id, first)
  const draftId = await store.write(tx =>
    createDraft(tx, { text: `${text}\n\nAlways.`, by: desk.callers.administrator.id, now: clock.now() }),
  )
  return { desk, first, draftId, chief: desk.callers.administrator }
}

const accept = ({ store, clock }: Desk, id: string, version: TermsVersion, ago = hour): Promise<void> =>
  store.write(tx => recordAcceptance(tx, id, version, clock.now() - ago, '192.0.2.7'))

const page = async (caller: Caller, path: string): Promise<string> => (await caller.get(path)).text()

const versions = ({ store }: Desk) =>
  store.read
    .selectFrom('terms_version')
    .select(['number', 'text', 'sha256', 'effective_at', 'cancelled_at', 'created_by'])
    .orderBy('number')
    .execute()

const recorded = async (desk: Desk, event: string) =>
  (await desk.events())
    .filter(row => row.event === event)
    .map(({ args }) => JSON.parse(args) as Readonly<Record<string, unknown>>)

eachEngine(
  'a draft is published from a moment on the clocks of the zone, and then is no draft',
  async open => {
    const { desk, draftId, chief } = await openTerms(await open())
    const path = `/helpdesk/terms/drafts/${draftId}/publish`
    const look = await (await chief.post(path, { version: '1', ...soon })).text()
    assert.match(look, /Starting Jan 16, 2026, 6:00\sAM, this text is in force as version 2\./)
    assert.match(look, /7 active people are asked to accept it/)
    assert.equal((await versions(desk)).length, 1, 'looking publishes nothing')
    const twice = { version: '1', date: '2026-11-01', time: '01:30' }
    const asked = await chief.post(path, twice)
    assert.equal(asked.status, 422)
    assert.match(await asked.text(), /name="clock" value="second"[\s\S]*1:30\sAM Central Time \(CST\)/)
    const chosen = await (await chief.post(path, { ...twice, clock: 'second' })).text()
    assert.match(chosen, /Starting Nov 1, 2026, 1:30\sAM \(CST\)[\s\S]*name="clock" value="second"/)
    const answer = await chief.post(path, { version: '1', ...soon, step: 'sure' })
    assert.equal(answer.headers.get('location'), '/helpdesk/terms/versions/2')
    const [, second] = await versions(desk)
    assert.deepEqual([second?.effective_at, second?.created_by], [soonAt, chief.id])
    assert.deepEqual(await readDrafts(desk.store), [])
    assert.deepEqual(await recorded(desk, 'sensitive_create'), [
      { what: 'terms', version: 2, sha256: second?.sha256, effectiveAt: soonAt },
    ])
    assert.equal((await chief.get('/helpdesk')).status, 200, 'it does not hold yet')
    desk.clock.advance(soonAt - desk.clock.now())
    assert.equal((await currentTerms(desk.store, desk.clock.now()))?.number, 2)
    const next = await (await desk.signIn(chief.id)).get('/helpdesk')
    assert.equal(next.headers.get('location'), '/terms')
  },
)

eachEngine(
  'nothing is published without the password, in the past, out of order or unchanged',
  async open => {
    const { desk, first, draftId, chief } = await openTerms(await open())
    const { store, clock, services } = desk
    const path = `/helpdesk/terms/drafts/${draftId}/publish`
    const stale = await desk.signIn(chief.id, false)
    assert.equal((await stale.post(path, { version: '1', ...soon, step: 'sure' })).status, 403)
    const cases: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
      [
        { version: '1', date: '2026-01-15', time: '05:59' },
        /Terms cannot take effect at a time that has passed/,
      ],
      [{ version: '1', date: '2026-02-30', time: '06:00' }, /Enter a date such as/],
      [{ version: '1', date: '', time: '' }, /Enter a date such as/],
      [{ version: '2', ...soon }, /Someone else changed this/],
      [{ ...soon }, /Someone else changed this/],
    ]
    for (const [fields, wanted] of cases) {
      const answer = await chief.post(path, { ...fields, step: 'sure' })
      assert.equal(answer.status, 422)
      assert.match(await answer.text(), wanted)
    }
    const agent = { actor: 'operator:test', role: 'administrator' } as const
    const later = { text: 'Other terms.', effectiveAt: soonAt, now: clock.now() }
    assert.ok((await store.write(tx => publishText(services, tx, agent, later))).ok)
    assert.match(
      await (await chief.post(path, { version: '1', ...soon, step: 'sure' })).text(),
      /A published version takes effect at that time or later/,
    )
    const same = await store.write(tx =>
      createDraft(tx, { text: 'Other terms.', by: chief.id, now: clock.now() }),
    )
    const unchanged = await chief.post(`/helpdesk/terms/drafts/${same}/publish`, {
      version: '1',
      date: '2026-01-17',
      time: '06:00',
      step: 'sure',
    })
    assert.match(await unchanged.text(), /word for word/)
    assert.deepEqual(
      (await versions(desk)).map(row => row.text),
      [first.text, 'Other terms.'],
    )
  },
)

eachEngine('of ten who publish one draft at once one does it', async open => {
  const { desk, draftId, chief } = await openTerms(await open())
  const fields = { version: '1', ...soon, step: 'sure' }
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => chief.post(`/helpdesk/terms/drafts/${draftId}/publish`, fields)),
  )
  const statuses = answers.map(({ status }) => status)
  assert.equal(statuses.filter(status => status === 303).length, 1, String(statuses))
  assert.ok(statuses.every(status => status === 303 || status === 422 || status === 404))
  assert.equal((await versions(desk)).length, 2)
})

eachEngine(
  'a version that does not hold yet can be cancelled, once; one that holds never changes',
  async open => {
    const { desk, draftId, chief } = await openTerms(await open())
    await chief.post(`/helpdesk/terms/drafts/${draftId}/publish`, { version: '1', ...soon, step: 'sure' })
    const { id } = await desk.store.read
      .selectFrom('terms_version')
      .select('id')
      .where('number', '=', 2)
      .executeTakeFirstOrThrow()
    const path = '/helpdesk/terms/versions/2/cancel'
    const fields = { version: id, reason: 'A paragraph is missing.' }
    const stale = await desk.signIn(chief.id, false)
    assert.equal((await stale.post(path, fields)).status, 403)
    const answers = await Promise.all(Array.from({ length: 5 }, () => chief.post(path, fields)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 422, 422, 422, 422])
    const [first, second] = await versions(desk)
    assert.deepEqual([second?.effective_at, second?.cancelled_at], [null, desk.clock.now()])
    assert.equal((await recorded(desk, 'sensitive_update'))[0]?.['reason'], 'A paragraph is missing.')
    desk.clock.advance(2 * day)
    assert.equal((await currentTerms(desk.store, desk.clock.now()))?.number, 1)
    const again = await desk.signIn(chief.id)
    const { id: firstId } = await desk.store.read
      .selectFrom('terms_version')
      .select('id')
      .where('number', '=', 1)
      .executeTakeFirstOrThrow()
    const held = await again.post('/helpdesk/terms/versions/1/cancel', { version: firstId })
    assert.equal(held.status, 422)
    assert.match(await held.text(), /This version is already in force/)
    assert.deepEqual((await versions(desk))[0], first)
    const list = await page(again, '/helpdesk/terms')
    assert.match(list, /Version 2<\/a><\/th><td[^>]*><span[^>]*>Canceled</)
  },
)

eachEngine(
  'a draft that someone else saved meanwhile is not overwritten, and nothing that was typed is lost',
  async open => {
    const { desk, draftId, chief } = await openTerms(await open())
    const path = `/helpdesk/terms/drafts/${draftId}`
    assert.equal((await chief.post(path, { version: '1', text: 'Theirs.' })).status, 303)
    const late = await chief.post(path, { version: '1', text: 'Mine.\r\nAll of it.' })
    assert.equal(late.status, 422)
    const shown = await late.text()
    assert.match(shown, /Someone else changed this/)
    assert.match(shown, /name="text"[^>]*>\nMine\./)
    assert.match(shown, /name="saved"[^>]*>\nTheirs\./)
    assert.equal((await readDraft(desk.store, draftId))?.text, 'Theirs.')
    assert.equal((await chief.post(path, { version: '2', text: 'Mine.\r\nAll of it. ' })).status, 303)
    assert.equal((await readDraft(desk.store, draftId))?.text, 'Mine.\nAll of it.')
    assert.equal((await chief.post(path, { version: '3', text: ' ' })).status, 422)
    assert.equal((await chief.post(path, { version: '3', text: 'x'.repeat(40_001) })).status, 422)
    assert.equal((await chief.post(`${path}/delete`, { version: '2' })).status, 422)
    assert.equal((await chief.post(`${path}/delete`, { version: '3' })).status, 303)
    assert.equal((await chief.get(path)).status, 404)
  },
)

eachEngine('long terms in any script are taken whole', async open => {
  const { desk, chief } = await openTerms(await open())
  const long = 'ሰላም ዓለም\n'.repeat(4_000).trim()
  const answer = await chief.post('/helpdesk/terms/drafts/new', { text: long.replaceAll('\n', '\r\n') })
  assert.equal(answer.status, 303)
  const id = answer.headers.get('location')?.match(/drafts\/([^?]+)/)?.[1] ?? ''
  assert.equal((await readDraft(desk.store, id))?.text, long)
  const again = await chief.post(`/helpdesk/terms/drafts/${id}`, { version: '1', text: `${long}።` })
  assert.equal(again.status, 303)
})

eachEngine('the preview is the page that people see, and nothing in it can be accepted', async open => {
  const { desk, draftId, chief } = await openTerms(await open())
  const shown = await page(chief, `/helpdesk/terms/drafts/${draftId}/preview`)
  assert.match(shown, /<h1>Terms of Agreement<\/h1>.*Version 2, in force from January 16, 2026/s)
  assert.match(shown, /<h2>Your duty<\/h2><p>Keep it safe\.<\/p><p>Always\.<\/p>/)
  assert.doesNotMatch(shown, /action="\/terms"/)
  assert.match(
    await page(chief, '/helpdesk/terms/versions/1/text'),
    /Version 1, in force from January 14, 2026/,
  )
  assert.equal((await versions(desk)).length, 1)
})

eachEngine('the report says who accepted what, when and from where, and who is missing', async open => {
  const { desk, chief, first } = await openTerms(await open())
  await accept(desk, desk.inside, first)
  const accepted = await page(chief, '/helpdesk/terms/versions/1')
  assert.match(accepted, /2 of 7 active people have accepted it \(28%\)/)
  assert.match(accepted, new RegExp(first.sha256))
  assert.match(
    accepted,
    new RegExp(
      `Lee, Ines</a></th><td[^>]*>ines</td><td[^>]*>Jan 15, 2026, 5:00\\sAM</td><td[^>]*>192\\.0\\.2\\.7</td><td[^>]*><code>${first.sha256.slice(0, 12)}…`,
    ),
  )
  assert.doesNotMatch(accepted, /Lee, Otto/)
  const missing = await page(chief, '/helpdesk/terms/versions/1?list=missing')
  assert.match(missing, /Lee, Otto/)
  assert.doesNotMatch(missing, /Lee, Ines/)
  const searched = await page(chief, '/helpdesk/terms/versions/1?list=missing&q=scop')
  assert.match(searched, /Agent, scoped/)
  assert.doesNotMatch(searched, /Lee, Otto/)
  assert.doesNotMatch(await page(chief, '/helpdesk/terms/versions/1?q=zzz'), /Lee, Ines/)
})

eachEngine('with yearly terms an acceptance from more than a year ago counts no more', async open => {
  const opened = await open()
  const { desk, chief, first } = await openTerms(opened)
  await accept(desk, desk.inside, first, 366 * day)
  assert.match(await page(chief, '/helpdesk/terms'), /2 of 7 active people have accepted it/)
  await addPolicy(opened, { termsYearly: true })
  assert.match(
    await page(chief, '/helpdesk/terms'),
    /1 of 7 active people have accepted it.*counts for one year/s,
  )
  assert.match(await page(chief, '/helpdesk/terms/versions/1'), /Accepted over a year ago/)
  assert.match(await page(chief, '/helpdesk/terms/versions/1?list=missing'), /Lee, Ines/)
})

eachEngine(
  'a long list is walked forwards and back without missing anyone or showing anyone twice',
  async open => {
    const { desk, chief, first } = await openTerms(await open())
    for (let at = 0; at < 55; at++) {
      const id = await desk.add({ username: `p${at}`, firstName: 'Same', lastName: 'Name' })
      if (at % 2 === 0) await accept(desk, id, first, hour + (at % 6))
    }
    for (const list of ['accepted', 'missing']) {
      const pages: string[][] = []
      let next: string | undefined = `/helpdesk/terms/versions/1?list=${list}`
      let back: string | undefined
      while (next !== undefined) {
        const shown: string = await page(chief, next)
        pages.push([...shown.matchAll(/\/helpdesk\/people\/([0-9a-f-]{36})"/g)].map(match => match[1] ?? ''))
        next = shown.match(/rel="next" href="([^"]+)"/)?.[1]?.replaceAll('&amp;', '&')
        back = shown.match(/rel="prev" href="([^"]+)"/)?.[1]?.replaceAll('&amp;', '&')
      }
      const all = pages.flat()
      assert.equal(new Set(all).size, all.length, list)
      assert.equal(all.length, list === 'accepted' ? 29 : 33, list)
      const before = await page(chief, back ?? '')
      const shown = [...before.matchAll(/\/helpdesk\/people\/([0-9a-f-]{36})"/g)].map(match => match[1])
      assert.deepEqual(shown, pages.at(-2), list)
    }
  },
)
