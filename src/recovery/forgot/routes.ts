import { foldName } from '../../account/names.ts'
import { type RefusalOf, refusals } from '../../refusals.ts'
import { anyone } from '../../session/access.ts'
import type { Cookies } from '../../session/cookies.ts'
import { answerNoCookie } from '../../session/no-cookie.ts'
import type { Services } from '../../session/services.ts'
import { type Route, redirect, route, sayWhenAgain, send, type Visit } from '../../session/visit.ts'
import { waitInWords } from '../../web/time.ts'
import { forgotForm } from './fields.ts'
import { forgotPage, noMailPage, sentPage } from './pages.ts'
import { leaveRequest } from './request.ts'

/** Forgot password: the one form, and the one reply. */
export function forgotRoutes(services: Services, cookies: Pick<Cookies, 'marks'>): readonly Route[] {
  const sendsMail = services.settings.SMTP_URL !== undefined || !services.settings.https
  const show = async (
    visit: Visit,
    given: { refusal?: RefusalOf<'reset'>; when?: string; stale?: boolean } = {},
    status = 200,
  ) => {
    const frame = await visit.frame()
    const { refusal, when = '', stale = false } = given
    const view = { entry: forgotForm.read(visit.form).username, refusal, when, stale }
    return send(visit, sendsMail ? forgotPage(frame, view) : noMailPage(frame), status)
  }
  return [
    route('GET', '/forgot-password', anyone, visit => show(visit)),
    route(
      'POST',
      '/forgot-password',
      anyone,
      async visit => {
        if (!sendsMail) return show(visit)
        const key = foldName(forgotForm.read(visit.form).username)
        if (key === '') return show(visit, { refusal: 'reset.empty-username' }, 422)
        const left = await leaveRequest(services, visit, key, cookies.marks(visit.c, visit.now))
        if (left.ok) return redirect(visit, '/forgot-password/sent')
        sayWhenAgain(visit, left.until)
        const when = waitInWords(left.until, (await visit.policy()).timeZone, visit.language)
        const refusal = 'reset.source-waiting'
        return show(visit, { refusal, when }, refusals[refusal].status)
      },
      {
        stale: visit => (visit.sentCookie ? show(visit, { stale: true }, 403) : answerNoCookie(visit, 403)),
      },
    ),
    route('GET', '/forgot-password/sent', anyone, async visit => send(visit, sentPage(await visit.frame()))),
  ]
}
