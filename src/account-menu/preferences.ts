import { inside } from '../session/access.ts'
import type { Services } from '../session/services.ts'
import { insideRoute, type Route, redirectSaying, send, type Visit } from '../session/visit.ts'
import type { Session } from '../session/visitor.ts'
import { isLanguage } from '../web/language.ts'
import { preferencesPage, themes } from './preferences-page.ts'

const path = '/preferences'

export function preferencesRoutes(services: Pick<Services, 'store'>): readonly Route[] {
  return [
    insideRoute('GET', path, inside, show),
    insideRoute('POST', path, inside, visit => save(services, visit), { keep: { path } }),
  ]
}

async function show(visit: Visit<Session>): Promise<Response> {
  const { theme, language } = visit.visitor.person
  const kept = await visit.kept()
  const values = {
    theme: themes.find(name => name === kept.get('theme')) ?? theme,
    language: kept.has('language') ? kept.get('language') : language,
  }
  return send(visit, preferencesPage(await visit.frame(), values, visit.said() === 'saved'))
}

/** What is not among the choices stays as it was. */
async function save({ store }: Pick<Services, 'store'>, visit: Visit<Session>): Promise<Response> {
  const { form, visitor } = visit
  const language = form.get('language')
  await store.writeOne(db =>
    db
      .updateTable('account')
      .set({
        theme: themes.find(name => name === form.get('theme')) ?? visitor.person.theme,
        language:
          form.has('language') && (language === '' || isLanguage(language))
            ? language
            : visitor.person.language,
      })
      .where('id', '=', visitor.person.id)
      .execute(),
  )
  return redirectSaying(visit, path, 'saved')
}
