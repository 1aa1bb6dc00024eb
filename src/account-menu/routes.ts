import { inside } from '../session/access.ts'
import type { Services } from '../session/services.ts'
import { insideRoute, type Route, redirect, send, type Visit } from '../session/visit.ts'
import type { Session } from '../session/visitor.ts'
import { homePage } from './home.ts'
import { themes } from './menu.ts'

export function accountMenuRoutes(services: Services): readonly Route[] {
  return [
    insideRoute('GET', '/', inside, async visit => send(visit, homePage(await visit.frame(), visit.visitor))),
    insideRoute('POST', '/settings/theme', inside, visit => postTheme(services, visit)),
  ]
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
