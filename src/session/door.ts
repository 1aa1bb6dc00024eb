import type { Context } from 'hono'
import type { Notify } from '../mail/notices.ts'
import { defaultPolicy, readPolicy, siteOf } from '../policy/policy.ts'
import { type ErrorStatus, errorPage } from '../web/error-pages.ts'
import type { Frame } from '../web/frame.ts'
import { emptyForm, type Form } from '../web/request.ts'
import type { AwayPage } from '../web/words.ts'
import { type Access, admit, holder } from './access.ts'
import type { VisitorReader } from './current.ts'
import { createEntering, type Entering } from './entering.ts'
import { createFewAtOnce } from './few-at-once.ts'
import { doorGuards, type Guard, NoLongerTheirs, stoppedBy } from './guards.ts'
import { createKeptForms } from './kept-form.ts'
import { keepPath } from './kept-form-rules.ts'
import { createLeading } from './leading.ts'
import { browserLanguage, createReading, type ReadingParts, type RouteFacts, readForm } from './reading.ts'
import { recordRead } from './reads.ts'
import type { ReauthenticationParts } from './reauthentication-check.ts'
import { touch } from './sign-ins.ts'
import { type Answer, type Entry, isSession, type Route, send, type Visit } from './visit.ts'
import type { Session, Visitor } from './visitor.ts'

interface DoorParts extends Omit<ReadingParts, 'keptForms' | 'accessOf'> {
  readonly notify: Notify
  readonly visitors: VisitorReader
  /** What the gate asks. */
  readonly checks: ReauthenticationParts
}

export interface Door extends Pick<Entering, 'advance'> {
  /** The handler that Hono calls for a page's route. */
  handler(route: Route): (c: Context) => Promise<Response>
  /** Frame of a page that belongs to nobody: no menu, no token. */
  strangerFrame(c: Context): Promise<Frame>
  /** An error page for a request that reached no route or failed; 503 says when to come again. */
  fail(c: Context, status: ErrorStatus, retryAfterSeconds?: number): Promise<Response>
  /** The page of a request that the store was away for. Of a form it does not say that nothing was saved: nobody knows. */
  away(c: Context): Response
  /** The page of a form that found no room left on the disk: nothing of it was saved. */
  full(c: Context): Response
}

type Shown = Exclude<Entry, { refused: string }>

const noRoute: RouteFacts = { access: holder, path: '/' }

/** Seconds after which the store may be back. */
const storeRetry = 30
/** Seconds after which a busy server may be asked again. */
const busyRetry = 5

/** Between the address and its page: reads the form and who sends it, asks every guard, and calls the handler. */
export function createDoor(parts: DoorParts): Door {
  const { services, cookies, visitors } = parts
  const keptForms = createKeptForms(services.store, services.keyring)
  const pages = new Map<string, Access>()
  const visitOf = createReading({ ...parts, keptForms, accessOf: path => pages.get(path) })
  const fewAtOnce = createFewAtOnce()
  const read = (c: Context) => visitors.read(cookies.holder(c), services.now())
  const entering = createEntering({ ...parts, read, visitOf })
  const guards = doorGuards({ ...parts, entering, leading: createLeading(parts), fail: failed })

  async function failed(visit: Visit, status: ErrorStatus, retryAfterSeconds?: number): Promise<Response> {
    if (retryAfterSeconds !== undefined) visit.c.header('retry-after', String(retryAfterSeconds))
    return send(visit, errorPage(await visit.frame(), status, visit.requestId, { retryAfterSeconds }), status)
  }

  const ask = (list: readonly Guard[], visit: Visit, route: Route, form: Form | undefined) =>
    stoppedBy(list, { visit, route, form, decision: admit(route.access, visit.visitor) })

  /** Bodies that take memory or hashes are read only for callers who may send them, and few at a time for each of them. */
  async function answer(c: Context, route: Route): Promise<Response> {
    if (route.upload === undefined && route.costly === undefined) return answerForm(c, route)
    const sender = await read(c)
    const visit = visitOf(c, sender, emptyForm, route)
    const stopped = await ask(guards.beforeBody, visit, route, emptyForm)
    if (stopped !== undefined) return stopped
    if (sender.kind === 'stranger')
      return route.upload ? answerVisitor(c, route, sender, emptyForm) : answerForm(c, route)
    return fewAtOnce.during(sender.person.id, () => answerForm(c, route)) ?? failed(visit, 429, busyRetry)
  }

  /** The sender of a form is read once all of it has arrived: a long form takes time, and much can change meanwhile. */
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
    const stopped = await ask(guards.all, visit, route, form)
    if (stopped !== undefined) return stopped
    if (!isSession(visit) || route.background) return open(visit, route)
    const session = await touch(services.store, visit.visitor, visit.now)
    return handled(session === visitor ? visit : visitOf(c, session, visit.form, route), route)
  }

  /** Asks what the route itself asks, and for the page of what the address names. */
  async function open(visit: Visit, route: Route): Promise<Response> {
    const stopped = await ask(guards.beforeEntry, visit, route, visit.form)
    if (stopped !== undefined) return stopped
    const entry = await route.open(visit)
    if ('refused' in entry) return guards.refuse(visit, entry)
    return (await ask(guards.beforePage, visit, route, visit.form)) ?? show(visit, route, entry)
  }

  /** Nobody is shown people before the log says so. */
  async function show(visit: Visit, { reads }: Route, entry: Shown): Promise<Response> {
    if (reads === undefined) return pageOf(visit, entry.page)
    const noted = recordRead(services, visit, reads, entry.subject)
    const [answer] = await Promise.all([pageOf(visit, entry.page), noted])
    return answer
  }

  async function pageOf(visit: Visit, page: () => Answer): Promise<Response> {
    try {
      return await page()
    } catch (error) {
      if (error instanceof NoLongerTheirs) return guards.refuse(visit, { refused: 'account.not-yours' })
      throw error
    }
  }

  /** A form that was kept is done with once it has led on. */
  async function handled(visit: Visit<Session>, route: Route): Promise<Response> {
    const answer = await open(visit, route)
    const path = route.method === 'POST' ? keepPath(route, visit.c.req.path) : undefined
    if (path !== undefined && answer.status === 303) await keptForms.drop(visit.visitor.person.id, path)
    return answer
  }

  const away = (c: Context): Response => withoutStore(c, c.req.method === 'POST' ? 'away-form' : 'away')

  const plainFrame = (c: Context): Frame => ({
    site: siteOf(defaultPolicy),
    language: browserLanguage(c, cookies),
    theme: 'system',
    clock: { now: services.now(), timeZone: defaultPolicy.timeZone },
    csrf: '',
  })

  /** Needs nothing of the store. */
  function withoutStore(c: Context, page: AwayPage): Response {
    const frame = plainFrame(c)
    const { requestId } = parts.callerOf(c)
    c.header('retry-after', String(storeRetry))
    return c.html(errorPage(frame, page, requestId, { retryAfterSeconds: storeRetry }).toString(), 503)
  }

  return {
    handler(route) {
      if (route.method === 'GET') pages.set(route.path, route.access)
      return c => answer(c, route)
    },
    advance: entering.advance,
    strangerFrame: async c => ({ ...plainFrame(c), site: siteOf(await readPolicy(services.store)) }),
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
