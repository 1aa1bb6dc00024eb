import type { Context } from 'hono'
import { parsePolicy, readPolicy, siteOf } from '../policy/policy.ts'
import type { Policy } from '../policy/table.ts'
import type { Frame } from '../web/frame.ts'
import type { Html } from '../web/html.ts'
import { isLanguage, type Language, languages, languageTags, preferredLanguage } from '../web/language.ts'
import { emptyForm, type Form, parseForm, parseUpload } from '../web/request.ts'
import { bodyOf } from '../web/slow-bodies.ts'
import { type Access, admit } from './access.ts'
import type { Cookies } from './cookies.ts'
import type { CsrfTokens } from './csrf.ts'
import { tokenKind } from './forgery.ts'
import type { Hints, HintsReader } from './hints.ts'
import type { createKeptForms } from './kept-form.ts'
import { keepPath, senderOf } from './kept-form-rules.ts'
import { wordsFor } from './kept-form-words.ts'
import { type Progress, progressOf } from './next-step.ts'
import type { Services } from './services.ts'
import { isHeld, pathOf, type Route, type Visit } from './visit.ts'
import type { Holder, Pending, Visitor } from './visitor.ts'

/** The connection's facts about a request; set before any route. */
export interface Caller {
  readonly address: string
  readonly requestId: string
}

export interface ReadingParts {
  readonly services: Services
  readonly cookies: Cookies
  readonly csrf: CsrfTokens
  readonly keptForms: ReturnType<typeof createKeptForms>
  readonly callerOf: (c: Context) => Caller
  readonly hintsOf: HintsReader
  /** The access rule of the page at an address; undefined when there is none. */
  readonly accessOf: (path: string) => Access | undefined
  /** The user settings menu, or the lone Sign Out while a step is open. */
  readonly menu: (visit: Visit<Holder>, csrf: string) => Promise<Html>
}

export type RouteFacts = Pick<Route, 'access' | 'path' | 'keep' | 'english'>

/** Gathers what a handler is given: one request with who sends it, read once. */
export type Reading = <Who extends Visitor>(
  c: Context,
  visitor: Who,
  form: Form,
  route: RouteFacts,
) => Visit<Who>

export function createReading(parts: ReadingParts): Reading {
  const { services, cookies, csrf, keptForms } = parts

  function visitOf<Who extends Visitor>(c: Context, visitor: Who, form: Form, route: RouteFacts): Visit<Who> {
    const now = services.now()
    let shown: Form | undefined
    const { address, requestId } = parts.callerOf(c)
    const hints = parts.hintsOf(waitingAddress(visitor, form, c), now)
    let policyRead: Promise<Policy> | undefined
    const policy = () => {
      policyRead ??=
        visitor.kind === 'stranger'
          ? readPolicy(services.store)
          : Promise.resolve(parsePolicy(visitor.row.policy))
      return policyRead
    }
    const visit: Visit<Who> = {
      c,
      visitor,
      form,
      now,
      sentCookie: cookies.anySent(c),
      address,
      requestId,
      userAgent: printable(c.req.header('user-agent') ?? ''),
      hints,
      language: route.english ? 'en' : languageOf(c, visitor, hints),
      policy,
      frame: async () => {
        const frame = await frameOf(visit, await policy(), route)
        return shown === undefined ? frame : { ...frame, notice: wordsFor(visit.language).notice }
      },
      async kept() {
        const sender = senderOf(visitor)
        shown ??= sender && (await keptForms.read(sender, c.req.path, now))
        return shown ?? emptyForm
      },
      async keepForm() {
        const sender = senderOf(visitor)
        const path = keepPath(route, c.req.path)
        const kept = sender && path !== undefined && (await keptForms.keep(sender, path, form, now))
        return kept ? path : undefined
      },
      say: (path, what) => cookies.say(c, path, what),
      said: () => cookies.said(c, c.req.path),
      mayOpen(path) {
        const access = parts.accessOf(path)
        return access !== undefined && admit(access, visitor).admit
      },
      trace: () => ({
        actor: visitor.kind === 'stranger' ? 'anonymous' : visitor.person.id,
        address,
        requestId,
      }),
    }
    return visit
  }

  async function frameOf(visit: Visit, policy: Policy, route: RouteFacts): Promise<Frame> {
    const clock = { now: visit.now, timeZone: policy.timeZone }
    const preToken = () => csrf.forPreSession(cookies.preSession(visit.c))
    if (!isHeld(visit))
      return {
        site: siteOf(policy),
        language: visit.language,
        otherLanguages: otherLanguages(visit),
        theme: 'system',
        clock,
        csrf: preToken(),
      }
    const { visitor } = visit
    const own = csrf.forHolder(visitor.csrfSecret)
    return {
      site: siteOf(policy),
      language: visit.language,
      ...(visitor.kind === 'pending' && {
        otherLanguages: otherLanguages(visit),
        progress: progressIn(visitor, policy, visit.now),
      }),
      theme: visitor.person.theme,
      clock,
      csrf: tokenKind(route) === 'holder' ? own : preToken(),
      menu: await parts.menu(visit, own),
      place: [visitor.organization?.name, visitor.workgroup?.name].filter(Boolean).join(' · '),
    }
  }

  /** What the person chose, else what was chosen in this browser, else what the application or the browser asks for. */
  function languageOf(c: Context, visitor: Visitor, { language }: Hints): Language {
    const own = visitor.kind === 'stranger' ? '' : visitor.person.language
    if (isLanguage(own)) return own
    const chosen = cookies.language(c)
    return isLanguage(chosen) ? chosen : (language ?? preferredLanguage(c))
  }

  return visitOf
}

/** The address that a visitor is on the way to. */
function waitingAddress(visitor: Visitor, form: Form, c: Context): string {
  if (visitor.kind === 'pending') return visitor.returnTo
  return visitor.kind === 'session' ? pathOf(c) : form.get('to') || (c.req.query('to') ?? '')
}

/** Only a first sign-in takes so many steps that one wants to know how many are left. */
const progressIn = ({ row, facts }: Pending, policy: Policy, now: number): Progress | undefined =>
  row.last_sign_in_at === null
    ? progressOf(facts, policy.securityQuestion && row.question_set_at === null, now)
    : undefined

/** The language chosen in this browser, else the one it asks for. */
export function browserLanguage(c: Context, cookies: Pick<Cookies, 'language'>): Language {
  const chosen = cookies.language(c)
  return isLanguage(chosen) ? chosen : preferredLanguage(c)
}

/** For who is not inside yet: the menu holds the choice of who is. */
function otherLanguages({ c, visitor, language }: Visit): NonNullable<Frame['otherLanguages']> {
  if (visitor.kind !== 'stranger' && visitor.person.language !== '') return []
  const to = encodeURIComponent(pathOf(c))
  return languageTags
    .filter(tag => tag !== language)
    .map(tag => ({ tag, name: languages[tag], href: `/language/${tag}?to=${to}` }))
}

/** Undefined: no form of ours, or the connection broke while it came. Files are read only where the route takes them. */
export async function readForm(c: Context, { upload }: Pick<Route, 'upload'>): Promise<Form | undefined> {
  const given = c.req.header('content-type') ?? ''
  const type = given.split(';')[0]?.trim().toLowerCase()
  const takesFiles = upload !== undefined && type === 'multipart/form-data'
  if (type !== 'application/x-www-form-urlencoded' && !takesFiles) return undefined
  const body = await bodyOf(c)
  if (body === undefined) return undefined
  return takesFiles ? parseUpload(new Uint8Array(body), given) : parseForm(new Uint8Array(body))
}

/** What a browser calls itself, without anything that could break a line. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '').slice(0, 256)
