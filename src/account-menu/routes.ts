import { isStaff } from '../account/rules.ts'
import { createShelf, type ShelfReader } from '../applications/shelf.ts'
import { anyone, holder, inside } from '../session/access.ts'
import { askerOf } from '../session/asker.ts'
import type { Cookies } from '../session/cookies.ts'
import type { Services } from '../session/services.ts'
import { heldRoute, insideRoute, type Route, redirect, route, send, type Visit } from '../session/visit.ts'
import type { Holder, Session } from '../session/visitor.ts'
import { readAsked } from '../training/asked.ts'
import { readCourseToOpen } from '../training/courses.ts'
import { courseUrlOf } from '../training/moodle.ts'
import { backupCodesLeft } from '../verification/backup-codes/store.ts'
import { isLanguage } from '../web/language.ts'
import { safePath } from '../web/request.ts'
import type { Attention } from './attention.ts'
import { homePage, isHomeMessage } from './home.ts'
import { createNewsReader, type NewsReader } from './news.ts'
import { preferencesRoutes } from './preferences.ts'
import { closesInWords, timeLeft } from './timeout.ts'

/** Counts what needs somebody of the helpdesk; the console knows. */
type AttentionReader = (services: Services, session: Session, now: number) => Promise<Attention>

interface Read {
  readonly readNews: NewsReader
  readonly readShelf: ShelfReader
  readonly attentionOf: AttentionReader
}

export function accountMenuRoutes(
  services: Services,
  cookies: Pick<Cookies, 'setLanguage'>,
  attentionOf: AttentionReader,
): readonly Route[] {
  const read = {
    readNews: createNewsReader(services.store),
    readShelf: createShelf(services.store),
    attentionOf,
  }
  return [
    insideRoute('GET', '/', inside, visit => showHome(services, read, visit)),
    ...preferencesRoutes(services),
    route('GET', '/language/:tag', anyone, visit => chooseLanguage(cookies, visit)),
    heldRoute('GET', '/session/status', holder, visit => answerTimeLeft(services, visit), {
      background: true,
    }),
    heldRoute('POST', '/session/extend', holder, visit => answerTimeLeft(services, visit)),
  ]
}

async function showHome(
  services: Services,
  { readNews, readShelf, attentionOf }: Read,
  visit: Visit<Session>,
): Promise<Response> {
  const { visitor, now } = visit
  const { settings, store } = services
  const { id, role } = visitor.person
  const [news, shelf] = await Promise.all([readNews(now), readShelf(id, askerOf(visitor))])
  const attention = isStaff(role) ? await attentionOf(services, visitor, now) : undefined
  const codesLeft = visitor.facts.hasSecondStep ? await backupCodesLeft(store.read, id) : 0
  const course = settings.MOODLE_URL === undefined ? undefined : await readCourseToOpen(store.read, id)
  const courseUrl = courseUrlOf(settings, course)
  const renewals = await readAsked(services, id)
  const said = visit.said()
  return send(
    visit,
    homePage(await visit.frame(), visitor, {
      now,
      news,
      courseUrl,
      codesLeft,
      shelf,
      attention,
      renewals,
      message: isHomeMessage(said) ? said : undefined,
    }),
  )
}

/** A link, so that anyone who cannot read this page needs to read no form: it changes nothing but this browser's language. */
function chooseLanguage(cookies: Pick<Cookies, 'setLanguage'>, visit: Visit): Response {
  const wanted = visit.c.req.param('tag')
  if (isLanguage(wanted)) cookies.setLanguage(visit.c, wanted)
  return redirect(visit, safePath(visit.c.req.query('to')))
}

/** For the page's script. The door has moved the end when this was asked for by a person, and not when by a clock. */
async function answerTimeLeft(
  { store }: Pick<Services, 'store'>,
  { visitor, c, now, language }: Visit<Holder>,
): Promise<Response> {
  if (visitor.kind !== 'session') return c.json({ seconds: 0, last: true })
  return c.json({ ...timeLeft(visitor, now), closes: await closesInWords(store, visitor.id, language) })
}
