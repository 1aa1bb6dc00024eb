import type { Context } from 'hono'
import type { Notify } from '../mail/notices.ts'
import { defaultPolicy, siteOf } from '../policy/policy.ts'
import { type ErrorStatus, errorPage } from '../web/error-pages.ts'
import type { Frame } from '../web/frame.ts'
import { emptyForm, type Form } from '../web/request.ts'
import type { AwayPage } from '../web/words.ts'
import { admit, holder } from './access.ts'
import type { VisitorReader } from './current.ts'
import { createFewAtOnce } from './few-at-once.ts'
import { forgeryOf, recordForgery, recordRefusal } from './forgery.ts'
import { createKeptForms } from './kept-form.ts'
import { keepPath } from './kept-form-rules.ts'
import { createLeading } from './leading.ts'
import { seenEvery } from './limits.ts'
import { stepAddress } from './next-step.ts'
import { browserLanguage, createReading, type ReadingParts, type RouteFacts, readForm } from './reading.ts'
import { isTooOldForStep } from './reauthentication.ts'
import { openSession } from './sign-ins.ts'
import { type Route, redirect, send, type Visit } from './visit.ts'
import { type Holder, type Pending, policyOf, type Session, type Visitor } from './visitor.ts'

export interface DoorParts extends Omit<ReadingParts, 'keptForms'> {
  readonly notify: Notify
  readonly visitors: VisitorReader
}

export interface Door {
  /** The handler that Hono calls for a route. */
  handler(route: Route): (c: Context) => Promise<Response>
  /** An error page for a request that reached no route or failed; 503 says when to come again. */
  fail(c: Context, status: ErrorStatus, retryAfterSeconds?: number): Promise<Response>
  /** The page of a request that the store was away for. Of a form it does not say that nothing was saved: nobody knows. */
  away(c: Context): Response
  /** The page of a form that found no room left on the disk: nothing of it was saved. */
  full(c: Context): Response
  /** After a step: opens the session when none is left, and leads on. */
  advance(visit: Visit<Holder>): Promise<Response>
}

const noRoute: RouteFacts = { access: holder, path: '/' }

/** Seconds after which the store may be back. */
const storeRetry = 30
/** Seconds after which a busy server may be asked again. */
const busyRetry = 5

export function createDoor(parts: DoorParts): Door {
  const { services, cookies, visitors } = parts
  const keptForms = createKeptForms(services.store, services.keyring)

  const visitOf = createReading({ ...parts, keptForms })
  const fewAtOnce = createFewAtOnce()
  const leading = createLeading(parts)

  const read = (c: Context) => visitors.read(cookies.holder(c), services.now())

  async function failed(visit: Visit, status: ErrorStatus, retryAfterSeconds?: number): Promise<Response> {
    if (retryAfterSeconds !== undefined) visit.c.header('retry-after', String(retryAfterSeconds))
    return send(visit, errorPage(await visit.frame(), status, visit.requestId, { retryAfterSeconds }), status)
  }

  async function refuseForgery(visit: Visit, route: Route, reason: string): Promise<Response> {
    await recordForgery(services, visit, route, reason)
    return route.stale !== undefined && reason === 'token' ? route.stale(visit) : failed(visit, 403)
  }

  async function touch(session: Session, now: number): Promise<Session> {
    if (now - session.lastSeenAt < seenEvery) return session
    await services.store.writeOne(db =>
      db
        .updateTable('session')
        .set({ last_seen_at: now })
        .where('id', '=', session.id)
        .where('last_seen_at', '<', now)
        .execute(),
    )
    return { ...session, lastSeenAt: now }
  }

  /** Makes a session of a pending sign-in that has no step left; undefined when another request was first. */
  async function open(visit: Visit<Pending>): Promise<boolean> {
    const { visitor } = visit
    const token = await services.store.write(tx =>
      openSession(
        { ...services, notify: parts.notify },
        tx,
        {
          accountId: visitor.person.id,
          epoch: visitor.person.epoch,
          failuresBefore: visitor.failuresBefore,
          returnTo: visitor.returnTo,
          proofs: visitor.proofs,
          pending: visitor,
          csrfSecret: visitor.csrfSecret,
          organization: visitor.organization,
          workgroup: visitor.workgroup,
          previousSignInAt: visitor.row.last_sign_in_at,
          browserKnown: cookies.knows(visit.c, visitor.person.id, visit.now),
        },
        policyOf(visitor),
        visit,
      ),
    )
    if (token === undefined) return false
    cookies.setHolder(visit.c, token)
    cookies.remember(visit.c, visitor.person.id, visit.now)
    return true
  }

  async function advance(visit: Visit<Holder>): Promise<Response> {
    const visitor = await read(visit.c)
    if (visitor.kind === 'stranger') return redirect(visit, '/sign-in')
    if (visitor.step !== undefined) return redirect(visit, stepAddress[visitor.step])
    if (visitor.kind === 'session') return redirect(visit, visitor.returnTo)
    return enter(visitOf(visit.c, visitor, emptyForm, noRoute))
  }

  async function enter(visit: Visit<Pending>): Promise<Response> {
    return redirect(visit, (await open(visit)) ? visit.visitor.returnTo : '/sign-in')
  }

  /** What takes memory or hashes is read only for who may send it, and few at a time for each of them. */
  async function answer(c: Context, route: Route): Promise<Response> {
    if (route.upload === undefined && route.costly === undefined) return answerForm(c, route)
    const sender = await read(c)
    const entry = admit(route.access, sender)
    if (!entry.admit && entry.why === 'role') return refuseRole(visitOf(c, sender, emptyForm, route), route)
    if (sender.kind === 'stranger')
      return route.upload ? answerVisitor(c, route, sender, emptyForm) : answerForm(c, route)
    return (
      fewAtOnce.during(sender.person.id, () => answerForm(c, route)) ??
      failed(visitOf(c, sender, emptyForm, route), 429, busyRetry)
    )
  }

  /** Who sends a form is read when all of it is there: a long one takes its time, and much can change meanwhile. */
  async function answerForm(c: Context, route: Route): Promise<Response> {
    const form = route.method === 'POST' ? await readForm(c, route) : emptyForm
    return answerVisitor(c, route, await read(c), form)
  }

  async function answerVisitor(
    c: Context,
    route: Route,
    visitor: Visitor,
    form: Form | undefined,
  ): Promise<Response> {
    const visit = visitOf(c, visitor, form ?? emptyForm, route)
    if (form === undefined) return failed(visit, 400)
    const admission = admit(route.access, visitor)
    if (!admission.admit && admission.why === 'signed-out')
      return leading.away(visit, route, admission.leadTo, admission.why)
    const forgery = route.method === 'POST' ? forgeryOf(parts, visit, route) : undefined
    if (forgery !== undefined) return refuseForgery(visit, route, forgery)
    if (
      visitor.kind === 'pending' &&
      visitor.step === undefined &&
      route.access.kind !== 'anyone' &&
      route.access.kind !== 'holder'
    ) {
      return enter(visit as Visit<Pending>)
    }
    const isBeyondStep = route.access.kind === 'step' || route.access.kind === 'inside'
    if (isBeyondStep && visitor.kind === 'session' && isTooOldForStep(visitor, visit.now))
      return leading.back(visit as Visit<Session>, route)
    if (!admission.admit && admission.leadTo !== undefined)
      return leading.away(visit, route, admission.leadTo, admission.why)
    if (!admission.admit) return refuseRole(visit, route)
    if (visitor.kind !== 'session' || route.background) return route.handle(visit)
    const session = await touch(visitor, visit.now)
    const touched = session === visitor ? (visit as Visit<Session>) : visitOf(c, session, visit.form, route)
    return handled(touched, route)
  }

  /** A form that was kept is done with once it has led on. */
  async function handled(visit: Visit<Session>, route: Route): Promise<Response> {
    const answer = await route.handle(visit)
    const path = route.method === 'POST' ? keepPath(route, visit.c.req.path) : undefined
    if (path !== undefined && answer.status === 303) await keptForms.drop(visit.visitor.person.id, path)
    return answer
  }

  const away = (c: Context): Response => withoutStore(c, c.req.method === 'POST' ? 'away-form' : 'away')

  /** Needs nothing of the store. */
  function withoutStore(c: Context, page: AwayPage): Response {
    const language = browserLanguage(c, cookies)
    const frame: Frame = { site: siteOf(defaultPolicy), language, theme: 'system', csrf: '' }
    const { requestId } = parts.callerOf(c)
    c.header('retry-after', String(storeRetry))
    return c.html(errorPage(frame, page, requestId, { retryAfterSeconds: storeRetry }).toString(), 503)
  }

  async function refuseRole(visit: Visit, route: Route): Promise<Response> {
    await recordRefusal(services, visit, 'authz_fail', route.path)
    return failed(visit, 403)
  }

  return {
    handler: route => c => answer(c, route),
    advance,
    away,
    full: c => withoutStore(c, 'full'),
    async fail(c, status, retryAfterSeconds = status === 503 ? busyRetry : undefined) {
      try {
        return await failed(visitOf(c, await read(c), emptyForm, noRoute), status, retryAfterSeconds)
      } catch {
        return away(c)
      }
    },
  }
}
