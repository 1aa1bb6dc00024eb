import { crossSite, safePath } from '../web/request.ts'
import { endSession } from './ending.ts'
import { recordDeadCookie, recordRefusal } from './forgery.ts'
import type { ReadingParts } from './reading.ts'
import { isSession, pathOf, type Route, redirect, redirectSaying, type Visit } from './visit.ts'
import type { Session, Stranger } from './visitor.ts'

/** Where somebody is led who may not have what they asked for now. */
export interface Leading {
  /** To what comes first: the sign-in, the step that is open, or another page. */
  away(visit: Visit, route: Route, leadTo: string, why: string): Promise<Response>
  /**
   * Ends a session that may not do the step it stands before: the sign-in that follows asks for the password, and then the
   * step.
   */
  back(visit: Visit<Session>, route: Route): Promise<Response>
}

export function createLeading({
  services,
  cookies,
  csrf,
}: Pick<ReadingParts, 'services' | 'cookies' | 'csrf'>): Leading {
  async function noteEnd(visitor: Stranger, visit: Visit): Promise<void> {
    const { ended } = visitor
    if (ended === undefined) return
    const trace = { address: visit.address, requestId: visit.requestId }
    if (!ended.stored)
      await services.store.write(tx => endSession(services, tx, ended, ended.reason, visit.now, trace))
    else if (ended.reason === 'signed-out') await recordDeadCookie(services, visit, ended)
  }

  /** Tells whether a form comes from a page of ours that a session which timed out was shown; only those are kept. */
  function isLateForm(visit: Visit, { ended }: Stranger): boolean {
    return (
      (ended?.reason === 'idle' || ended?.reason === 'absolute') &&
      crossSite(visit.c.req.raw.headers, services.settings.LINTEL_ORIGIN) === undefined &&
      csrf.isOf(visit.form.get('csrf'), ended.csrfSecret)
    )
  }

  /** Where a session goes once its steps are done again. */
  async function rememberPath(session: Session, path: string): Promise<void> {
    if (path === session.returnTo) return
    await services.store.writeOne(db =>
      db.updateTable('session').set({ return_to: path }).where('id', '=', session.id).execute(),
    )
  }

  async function leadToStep(visit: Visit, route: Route, step: string): Promise<Response> {
    if (isSession(visit)) {
      const path = route.method === 'GET' ? pathOf(visit.c) : await visit.keepForm()
      await rememberPath(visit.visitor, safePath(path))
    }
    return redirect(visit, step)
  }

  async function back(visit: Visit<Session>, route: Route): Promise<Response> {
    const { visitor, c, now, address, requestId } = visit
    const path = route.method === 'GET' ? pathOf(c) : await visit.keepForm()
    const session = { id: visitor.id, accountId: visitor.person.id }
    await services.store.write(tx =>
      endSession(services, tx, session, 'guarding-step', now, { address, requestId }),
    )
    cookies.expireHolder(c)
    return redirectSaying(visit, `/sign-in?to=${encodeURIComponent(safePath(path))}`, 'guarding-step')
  }

  async function leadToSignIn(
    visit: Visit,
    visitor: Stranger,
    route: Route,
    signIn: string,
  ): Promise<Response> {
    const kept = route.method === 'POST' && isLateForm(visit, visitor) ? await visit.keepForm() : undefined
    await noteEnd(visitor, visit)
    if (kept !== undefined) return redirectSaying(visit, `${signIn}?to=${encodeURIComponent(kept)}`, 'kept')
    const wanted =
      route.method === 'GET' && visit.c.req.path !== '/' ? `?to=${encodeURIComponent(pathOf(visit.c))}` : ''
    return redirect(visit, signIn + wanted)
  }

  async function away(visit: Visit, route: Route, leadTo: string, why: string): Promise<Response> {
    if (why === 'step-open' && route.method === 'POST')
      await recordRefusal(services, visit, 'sequence_fail', route.path)
    const { visitor } = visit
    if (visitor.kind === 'stranger') return leadToSignIn(visit, visitor, route, leadTo)
    return why === 'step-open' ? leadToStep(visit, route, leadTo) : redirect(visit, leadTo)
  }

  return { away, back }
}
