import assert from 'node:assert/strict'
import { eachEngine } from '../../../test/support/database/store.ts'
import { openDesk } from '../../../test/support/people/desk.ts'
import { createNewsReader } from '../../account-menu/news.ts'
import { createNews, editNews, readNewsList, removeNews } from './store.ts'

const agent = { actor: 'operator:test', role: 'helpdesk' as const }
const content = { title: 'Open house', text: 'Come in.', shownFrom: 1, shownUntil: null }

eachEngine(
  'news that the helpdesk writes are on Home until they end, and the log says who wrote them',
  async open => {
    const desk = await openDesk(await open())
    const { helpdesk, user } = desk.callers
    const typed = { title: 'Open <house>', text: 'One.\r\n\r\nTwo.', untilDate: '2026-01-16' }
    assert.equal((await helpdesk.post('/helpdesk/news/new', { ...typed, text: '' })).status, 422)
    assert.equal((await helpdesk.post('/helpdesk/news/new', typed)).status, 303)
    const home = await (await user.get('/')).text()
    assert.match(home, /Open &lt;house&gt;[\s\S]*<p>One\.<\/p><p>Two\.<\/p>/)
    const created = (await desk.events()).find(({ event }) => event === 'sensitive_create')
    assert.deepEqual(JSON.parse(created?.args ?? '{}'), { what: 'news', title: 'Open <house>' })
    const readNews = createNewsReader(desk.store)
    assert.equal((await readNews(desk.clock.now() + 2 * 24 * 3_600_000)).length, 0)
  },
)

eachEngine(
  'who is limited to some organizations reads the news and writes, changes and removes none',
  async open => {
    const desk = await openDesk(await open())
    const { scoped, helpdesk } = desk.callers
    const id = await desk.store.write(tx => createNews(desk.services, tx, agent, content, desk.clock.now()))
    const list = await (await scoped.get('/helpdesk/news')).text()
    assert.match(list, /Open house/)
    assert.doesNotMatch(list, /href="\/helpdesk\/news\/[^"?]/)
    const typed = { version: '1', title: 'Mine', text: 'For all of you.' }
    for (const path of ['new', `${id}/edit`, `${id}/remove`]) {
      assert.equal((await scoped.get(`/helpdesk/news/${path}`)).status, 403)
      assert.equal((await scoped.post(`/helpdesk/news/${path}`, typed)).status, 403)
    }
    const [item, ...others] = (await readNewsList(desk.store, undefined)).rows
    assert.deepEqual([item?.title, item?.version, others.length], ['Open house', 1, 0])
    const refused = (await desk.events()).filter(({ event }) => event === 'authz_fail')
    assert.equal(refused.length, 6)
    assert.equal((await helpdesk.post(`/helpdesk/news/${id}/remove`, typed)).status, 303)
  },
)

eachEngine('of fifty who change the same news from the same page one does', async open => {
  const { store, services } = await open()
  const id = await store.write(tx => createNews(services, tx, agent, content, 1))
  const act = { agent, id, seenVersion: 1 }
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      store.write(tx =>
        n % 2 === 0
          ? editNews(services, tx, act, { ...content, title: `Title ${n}` })
          : removeNews(services, tx, act),
      ),
    ),
  )
  assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
})

eachEngine(
  'a form that comes after another is told how the news are now, and changes nothing',
  async open => {
    const desk = await openDesk(await open())
    const { services, store } = desk
    const id = await store.write(tx => createNews(services, tx, agent, content, desk.clock.now()))
    const path = `/helpdesk/news/${id}/edit`
    const typed = { version: '1', title: 'Mine', text: 'My text.', fromDate: '2026-01-15', fromTime: '10:00' }
    assert.equal((await desk.callers.helpdesk.post(path, { ...typed, title: 'Hers' })).status, 303)
    const late = await desk.callers.administrator.post(path, typed)
    const page = await late.text()
    assert.equal(late.status, 422)
    assert.match(page, /<strong>Hers<\/strong>/)
    assert.match(page, /value="Mine"/)
    const removed = await desk.callers.administrator.post(`/helpdesk/news/${id}/remove`, { version: '1' })
    assert.equal(removed.status, 422)
    assert.equal(
      (await desk.callers.helpdesk.post(`/helpdesk/news/${id}/remove`, { version: '2' })).status,
      303,
    )
    assert.equal((await desk.callers.helpdesk.get(path)).status, 404)
  },
)

eachEngine('the list of news follows from page to page without a gap, forwards and back', async open => {
  const { store, services } = await open()
  await store.write(async tx => {
    for (let n = 0; n < 60; n++)
      await createNews(services, tx, agent, { ...content, title: `${n}`, shownFrom: Math.floor(n / 7) }, n)
  })
  const pages = [await readNewsList(store, undefined)]
  for (let last = pages[0]; last?.hasNext; last = pages.at(-1))
    pages.push(await readNewsList(store, { id: last.rows.at(-1)?.id ?? '', direction: 'after' }))
  const titles = pages.flatMap(({ rows }) => rows.map(({ title }) => title))
  assert.deepEqual(
    titles,
    Array.from({ length: 60 }, (_, n) => `${59 - n}`),
  )
  const back = await readNewsList(store, { id: pages[2]?.rows[0]?.id ?? '', direction: 'before' })
  assert.deepEqual(back, pages[1])
})
