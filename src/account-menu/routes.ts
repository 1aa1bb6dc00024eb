import { holder, inside } from '../session/access.ts'
import type { Services } from '../session/services.ts'
import { heldRoute, insideRoute, type Route, redirect, send, type Visit } from '../session/visit.ts'
import type { Holder, Session } from '../session/visitor.ts'
import { homePage } from './home.ts'
import { themes } from './menu.ts'
import { createNewsReader, type NewsReader } from './news.ts'
import { themePage } from './theme-page.ts'
import { timeLeft } from './timeout.ts'

export function accountMenuRoutes(services: Services): readonly Route[] {
  const readNews = createNewsReader(services.store)
  return [
    insideRoute('GET', '/', inside, visit => showHome(readNews, visit)),
    insideRoute('GET', '/settings/theme', inside, showTheme),
    insideRoute('POST', '/settings/theme', inside, visit => postTheme(services, visit), {
      keep: { path: '/settings/theme' },
    }),
    heldRoute('GET', '/session/status', holder, answerTimeLeft, { background: true }),
    heldRoute('POST', '/session/extend', holder, answerTimeLeft),
  ]
}

async function showHome(readNews: NewsReader, visit: Visit<Session>): Promise<Response> {
  const news = await readNews(visit.now)
  return send(visit, homePage(await visit.frame(), visit.visitor, { now: visit.now, news }))
}

async function showTheme(visit: Visit<Session>): Promise<Response> {
  const wanted = (await visit.kept()).get('theme')
  const theme = themes.find(name => name === wanted) ?? visit.visitor.person.theme
  return send(visit, themePage(await visit.frame(), theme))
}

async function postTheme({ store }: Services, visit: Visit<Session>): Promise<Response> {
  const theme = themes.find(name => name === visit.form.get('theme'))
  if (theme !== undefined) {
    await store.writeOne(db =>
      db.updateTable('account').set({ theme }).where('id', '=', visit.visitor.person.id).execute(),
    )
  }
  return redirect(visit, '/')
}

/** For the page's script. The door has moved the end when this was asked for by a person, and not when by a clock. */
function answerTimeLeft({ visitor, c, now }: Visit<Holder>): Response {
  const left = visitor.kind === 'session' ? timeLeft(visitor, now) : { seconds: 0, last: true }
  return c.json(left)
}
