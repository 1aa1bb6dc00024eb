import type { Context } from 'hono'
import type { AuditEvent } from '../audit/audit.ts'
import type { Policy } from '../policy/table.ts'
import type { Frame } from '../web/frame.ts'
import type { Html } from '../web/html.ts'
import type { Language } from '../web/language.ts'
import type { Form } from '../web/request.ts'
import type { Access } from './access.ts'
import type { Hints } from './hints.ts'
import type { Holder, Pending, Session, Visitor } from './visitor.ts'

/** One request, read once: who asks, from where, with what. */
export interface Visit<Who extends Visitor = Visitor> {
  readonly c: Context
  readonly visitor: Who
  readonly form: Form
  /** Milliseconds since 1970; the same all through the request. */
  readonly now: number
  readonly address: string
  readonly userAgent: string
  readonly requestId: string
  readonly language: Language
  /** What the application that sends the person here says of them. */
  readonly hints: Hints
  policy(): Promise<Policy>
  /** Tells whether the browser sent any cookie of ours: it blocks none, and has seen a page of ours. */
  readonly sentCookie: boolean
  /** Needed by the layout: site, token, menu. */
  frame(): Promise<Frame>
  /** What this person sent to this page too late, to be shown again; an empty form when there is nothing. */
  kept(): Promise<Form>
  /** Keeps the form of this POST when its route allows it. @returns the page that shows it again. */
  keepForm(): Promise<string | undefined>
  /** Has the page at a path of ours say something, once: only who did it is told that it was done. */
  say(path: string, what: string): void
  /** What was to be said on this page; it is not said again. */
  said(): string | undefined
  /** Tells whether the page at an address of ours is there for this visitor now. */
  mayOpen(path: string): boolean
  /** The actor and the source, for an audit record. */
  trace(): Pick<AuditEvent, 'actor' | 'address' | 'requestId'>
}

/** The last moment that a date can name, in milliseconds since 1970. */
const latestDate = 8.64e15

export type Answer = Response | Promise<Response>

/** How lately the password was given: within the policy's minutes; for `recent` the sign-in itself counts (decision 024). */
export type Proof = 'fresh' | 'recent'

/**
 * What an agent may do only so often: put a credential aside or hand one out, hand them out to a page of newcomers, and
 * look people up one by one.
 */
export type AgentUse = 'credential' | 'sheets' | 'look-up'

/** The people a page of the console shows, one or a list, by the log's name for it. */
export type Read = 'person' | 'people' | 'queues' | 'sheets' | 'terms' | 'training'

/** The page at an address, or why there is none for this visitor; `subject` is the account that it is about, for the log. */
export type Entry =
  | { readonly page: () => Answer; readonly subject?: string }
  | { readonly refused: 'account.not-there' | 'account.not-yours'; readonly subject?: string }

/** One address and method, who may use it, and what it does. A feature is a list of these. */
export interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly access: Access
  /** The password must have been given so lately: a step of a sign-in has just asked for it. Without it the gate is shown. */
  readonly proof?: Proof | ((visit: Visit) => Proof)
  /** What this form asks for, as it goes on after "Enter your password to": the gate in front of it says so. */
  readonly deed?: (visit: Visit<Session>) => string | Promise<string>
  /** The frame of the gate in front of it; absent: of the person's own pages. */
  readonly frame?: (visit: Visit<Session>) => Promise<Frame>
  /** Each request takes one of the agent's share. */
  readonly counts?: AgentUse
  /** Shows people to an agent: that it was read is in the log before it is shown. */
  readonly reads?: Read
  /** Asked for by a script, not by a person: does not extend the session. */
  readonly background?: true
  /** Answer to a form whose token is missing or old, when there is a kinder one than an error page. */
  readonly stale?: (visit: Visit) => Answer
  /**
   * A form that comes too late is kept, without what may be secret, and shown again by the page at `path`, which asks
   * `visit.kept()` for it. A `path` that is the route's own stands for the address of the request.
   */
  readonly keep?: { readonly path: string }
  /** The form may come with files; its body has at most so many bytes. */
  readonly upload?: { readonly largest: number }
  /** Runs many hashes: one person has few such forms under way at once. */
  readonly costly?: true
  /** The page is written in English only. */
  readonly english?: true
  /** Finds what the address names; its page is asked for when every guard of the route lets on. */
  readonly open: (visit: Visit) => Entry | Promise<Entry>
}

type Options = Omit<Route, 'method' | 'path' | 'access' | 'english' | 'open'>

/** A route for anyone who comes. */
export const route = (
  method: Route['method'],
  path: string,
  access: Access,
  handle: (visit: Visit) => Answer,
  options: Options = {},
): Route => ({
  method,
  path,
  access,
  open: visit => ({ page: () => handle(visit) }),
  ...options,
})

/** Tells whether somebody's password stands behind the request. */
export const isHeld = (visit: Visit): visit is Visit<Holder> => visit.visitor.kind !== 'stranger'
export const isPending = (visit: Visit): visit is Visit<Pending> => visit.visitor.kind === 'pending'
export const isSession = (visit: Visit): visit is Visit<Session> => visit.visitor.kind === 'session'

/** A route behind the password: a pending sign-in at its step, or a session. The door has already let them in. */
export const heldRoute = (
  method: Route['method'],
  path: string,
  access: Exclude<Access, { kind: 'anyone' }>,
  handle: (visit: Visit<Holder>) => Answer,
  options: Options = {},
): Route =>
  route(
    method,
    path,
    access,
    visit => (isHeld(visit) ? handle(visit) : Promise.reject(new Error(`${path} was opened for a stranger`))),
    options,
  )

/** A route for full sessions only. */
export const insideRoute = (
  method: Route['method'],
  path: string,
  access: Extract<Access, { kind: 'inside' }>,
  handle: (visit: Visit<Session>) => Answer,
  options: Options = {},
): Route =>
  route(
    method,
    path,
    access,
    visit =>
      isSession(visit) ? handle(visit) : Promise.reject(new Error(`${path} was opened without a session`)),
    options,
  )

/** What an address of the console names. */
export interface Subject<Found> {
  /** Undefined: not there, for this visitor. */
  readonly find: (visit: Visit<Session>) => Promise<Found | undefined>
  /** Tells whether it is theirs to touch; without it all that they find is. */
  readonly may?: (visit: Visit<Session>, found: Found) => boolean | Promise<boolean>
  /** The account that it is, for the log. */
  readonly accountOf?: (found: Found) => string
}

/** A route for what its address names: the handler is given it. The door refuses one that is not there, or not theirs. */
export const routeOf = <Found>(
  method: Route['method'],
  path: string,
  access: Extract<Access, { kind: 'inside' }>,
  subject: Subject<Found>,
  handle: (visit: Visit<Session>, found: Found) => Answer,
  options: Options = {},
): Route => ({
  method,
  path,
  access,
  async open(visit) {
    if (!isSession(visit)) throw new Error(`${path} was opened without a session`)
    const found = await subject.find(visit)
    if (found === undefined) return { refused: 'account.not-there' }
    const about = subject.accountOf && { subject: subject.accountOf(found) }
    if ((await subject.may?.(visit, found)) === false) return { refused: 'account.not-yours', ...about }
    return { page: () => handle(visit, found), ...about }
  },
  ...options,
})

/** Says in `Retry-After` when it may work again; a wait that no time ends has no such moment. */
export function sayWhenAgain(visit: Visit, until: number | undefined): void {
  if (until === undefined || until > latestDate) return
  visit.c.header('retry-after', String(Math.max(1, Math.ceil((until - visit.now) / 1_000))))
}

/** The address that was asked for, with its query. */
export const pathOf = (c: Context): string => c.req.path + new URL(c.req.url).search

/** A page as an answer. */
export const send = (visit: Visit, page: Html, status = 200): Response =>
  visit.c.html(page.toString(), status as 200)

/** 303: whatever the method was, the next request is a GET. */
export const redirect = (visit: Visit, path: string): Response => visit.c.redirect(path, 303)

/** The same, and the page at its end says what was done, once. */
export function redirectSaying(visit: Visit, path: string, what: string): Response {
  visit.say(path.split('?')[0] ?? path, what)
  return redirect(visit, path)
}
