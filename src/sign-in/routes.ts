import type { LeftOpen } from '../applications/left-open.ts'
import { type Refusal, type RefusalOf, statusOf, unlessBusy } from '../refusals.ts'
import { anyone, holder } from '../session/access.ts'
import type { Cookies } from '../session/cookies.ts'
import type { Door } from '../session/door.ts'
import { stepAddress } from '../session/next-step.ts'
import { leftOpenSaid, messageIn, signOut } from '../session/sign-out.ts'
import {
  heldRoute,
  type Route,
  redirect,
  redirectSaying,
  route,
  sayWhenAgain,
  send,
  type Visit,
} from '../session/visit.ts'
import type { Holder } from '../session/visitor.ts'
import { coursesBeforeAccount, readCourses } from '../training/courses.ts'
import { courseUrlOf } from '../training/moodle.ts'
import { askAnyPasskey } from '../verification/passkeys/ask.ts'
import { safePath } from '../web/request.ts'
import { barredPage } from './barred-page.ts'
import { passkeySite, signInByPasskey } from './by-passkey.ts'
import { signInForm } from './fields.ts'
import type { SignInOutcome } from './let-in.ts'
import { signInPage, withPasskey } from './pages.ts'
import { type BarCode, isBar } from './rules.ts'
import { type SignInParts, signIn } from './sign-in.ts'
import { isMessage, type SignInMessage } from './words.ts'

interface SignInRoutes extends SignInParts {
  readonly cookies: Cookies
  readonly fail: Door['fail']
}

export function signInRoutes(parts: SignInRoutes): readonly Route[] {
  return [
    route('GET', '/sign-in', anyone, visit => showSignIn(parts, visit)),
    route('POST', '/sign-in', anyone, visit => postSignIn(parts, visit), { stale: stale(parts) }),
    route('GET', `${withPasskey}/options`, anyone, visit => passkeyOptions(parts, visit)),
    route('POST', withPasskey, anyone, visit => postPasskey(parts, visit), { stale: stale(parts) }),
    heldRoute('POST', '/sign-out', holder, visit => postSignOut(parts, visit)),
  ]
}

/** Where a person who is signed in already is led from the sign-in page. */
function pathInside(visit: Visit): string | undefined {
  if (visit.visitor.kind === 'stranger') return undefined
  return visit.visitor.step === undefined ? '/' : stepAddress[visit.visitor.step]
}

async function showSignIn(parts: SignInRoutes, visit: Visit): Promise<Response> {
  const path = pathInside(visit)
  if (path !== undefined) return redirect(visit, path)
  const said = visit.said()
  const leftOpen = await leftOpenSaid(parts.services.store, said)
  return render(parts, visit, { message: messageOf(visit, messageIn(said)), leftOpen })
}

function messageOf({ visitor }: Visit, said: string | undefined): SignInMessage | undefined {
  if (isMessage(said)) return said
  return visitor.kind === 'stranger' ? visitor.ended?.reason : undefined
}

async function render(
  parts: SignInRoutes,
  visit: Visit,
  given: {
    readonly username?: string
    readonly refusals?: readonly Refusal[]
    readonly message?: SignInMessage | undefined
    readonly leftOpen?: LeftOpen | undefined
  },
  status = 200,
): Promise<Response> {
  const refusals = (given.refusals ?? []) as Parameters<typeof signInPage>[1]['refusals']
  const returnTo = visit.form.has(signInForm.name.to)
    ? signInForm.read(visit.form).to
    : visit.c.req.query('to')
  const page = signInPage(await visit.frame(), {
    username: given.username ?? visit.hints.username,
    returnTo: safePath(returnTo),
    refusals,
    message: given.message,
    leftOpen: given.leftOpen,
    takesPasskeys: (await passkeySite(parts, visit)) !== undefined,
    policy: await visit.policy(),
  })
  return send(visit, page, status)
}

const stale =
  (parts: SignInRoutes) =>
  (visit: Visit): Promise<Response> =>
    render(
      parts,
      visit,
      { username: signInForm.read(visit.form).username, message: visit.sentCookie ? 'stale' : 'no-cookie' },
      403,
    )

async function postSignIn(parts: SignInRoutes, visit: Visit): Promise<Response> {
  const { username, password, to } = signInForm.read(visit.form)
  const entry = { username, password, returnTo: safePath(to) }
  return answered(parts, visit, entry, await signIn(parts, entry, visit))
}

function answered(
  parts: SignInRoutes,
  visit: Visit,
  entry: { readonly username: string; readonly returnTo: string },
  outcome: SignInOutcome,
): Response | Promise<Response> {
  if (!outcome.ok) return refused(parts, visit, entry.username, outcome.refusals)
  const { computer } = outcome.value
  parts.cookies.setHolder(visit.c, outcome.value.cookie)
  if (computer !== undefined) parts.cookies.setOwnComputer(visit.c, computer.token, computer.days)
  if (outcome.value.pending) return redirect(visit, '/')
  parts.cookies.remember(visit.c, outcome.value.person, visit.now)
  return redirect(visit, entry.returnTo)
}

/** What the browser is asked for: nobody is named, and nothing is kept. */
async function passkeyOptions(parts: SignInRoutes, visit: Visit): Promise<Response> {
  const site = await passkeySite(parts, visit)
  if (site === undefined) return parts.fail(visit.c, 404)
  return visit.c.json(askAnyPasskey(parts.services, site, parts.cookies.preSession(visit.c), visit.now))
}

async function postPasskey(parts: SignInRoutes, visit: Visit): Promise<Response> {
  const site = await passkeySite(parts, visit)
  if (site === undefined) return parts.fail(visit.c, 404)
  const returnTo = safePath(signInForm.read(visit.form).to)
  const given = { preSession: parts.cookies.preSession(visit.c), returnTo }
  return answered(parts, visit, { username: '', returnTo }, await signInByPasskey(parts, site, given, visit))
}

async function refused(
  parts: SignInRoutes,
  visit: Visit,
  username: string,
  list: readonly Refusal<RefusalOf<'sign-in'> | 'request.busy'>[],
): Promise<Response> {
  const refusals = unlessBusy(list)
  if (refusals === undefined) return parts.fail(visit.c, 503)
  const bar = refusals.find(isBar)
  if (bar !== undefined) {
    const courseUrl = await courseOf(parts.services, bar)
    const shown = { bar, courseUrl, policy: await visit.policy() }
    return send(visit, barredPage(await visit.frame(), shown), statusOf(refusals))
  }
  sayWhenAgain(visit, refusals.find(({ code }) => code === 'sign-in.waiting')?.until)
  return render(parts, visit, { username, refusals }, statusOf(refusals))
}

/** Where training is done again, for whom it keeps out. */
async function courseOf(
  { settings, store }: SignInRoutes['services'],
  { code }: Refusal<BarCode>,
): Promise<string | undefined> {
  const [course] =
    code === 'sign-in.training-expired' ? coursesBeforeAccount(await readCourses(store.read)) : []
  return courseUrlOf(settings, course)
}

async function postSignOut({ services, cookies }: SignInRoutes, visit: Visit<Holder>): Promise<Response> {
  const said = await signOut(services, visit)
  cookies.expireHolder(visit.c)
  visit.c.header('clear-site-data', '"cache", "storage"')
  return redirectSaying(visit, '/sign-in', said)
}
