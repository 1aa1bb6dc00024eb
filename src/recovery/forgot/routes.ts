import { anyone } from '../../session/access.ts'
import type { Services } from '../../session/services.ts'
import { type Route, redirect, route, send, type Visit } from '../../session/visit.ts'
import { forgotPage, noMailPage, sentPage } from './pages.ts'
import { leaveRequest } from './request.ts'

/** Forgot password: the one form, and the one reply. */
export function forgotRoutes(services: Services): readonly Route[] {
  const sendsMail = services.settings.SMTP_URL !== undefined || !services.settings.https
  const show = async (visit: Visit, given: { empty?: boolean; stale?: boolean } = {}, status = 200) => {
    const frame = await visit.frame()
    const { empty = false, stale = false } = given
    const entry = visit.form.get('username')
    return send(visit, sendsMail ? forgotPage(frame, { entry, empty, stale }) : noMailPage(frame), status)
  }
  return [
    route('GET', '/forgot-password', anyone, visit => show(visit)),
    route(
      'POST',
      '/forgot-password',
      anyone,
      async visit => {
        if (!sendsMail) return show(visit)
        const entry = visit.form.get('username')
        if (entry.trim() === '') return show(visit, { empty: true }, 422)
        await leaveRequest(services, visit, entry)
        return redirect(visit, '/forgot-password/sent')
      },
      { stale: visit => show(visit, { stale: true }, 403) },
    ),
    route('GET', '/forgot-password/sent', anyone, async visit => send(visit, sentPage(await visit.frame()))),
  ]
}
