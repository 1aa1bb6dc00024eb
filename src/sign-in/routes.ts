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
import { courseUrlOf } from '../training/moodle.ts'
import { safePath } from '../web/request.ts'
import { signInForm } from './fields.ts'
import { signInPage } from './pages.ts'
import { type SignInParts, signIn } from './sign-in.ts'
import { isMessage, type SignInMessage } from './words.ts'

interface SignInRoutes extends SignInParts {
  readonly cookies: Cookies
  readonly fail: Door['fail']
}

export function signInRoutes(parts: SignInRoutes): readonly Route[] {
  return [
    route('GET', '/sign-in', anyone, visit => showSignIn(parts, visit)),
    route('POST', '/sign-in', anyone, visit => postSignIn(parts, visit), { stale: staleSignIn }),
    heldRoute('POST', '/sign-out', holder, visit => postSignOut(parts, visit)),
  ]
}

/** Where a person who is signed in already is led from the sign-in page. */
function pathInside(visit: Visit): string | undefined {
  if (visit.visitor.kind === 'stranger') return undefined
  return visit.visitor.step === undefined ? '/' : stepAddress[visit.visitor.step]
}

async function showSignIn({ services }: SignInRoutes, visit: Visit): Promise<Response> {
  const path = pathInside(visit)
  if (path !== undefined) return redirect(visit, path)
  const said = visit.said()
  const leftOpen = await leftOpenSaid(services.store, said)
  return render(visit, { message: messageOf(visit, messageIn(said)), leftOpen })
}

function messageOf({ visitor }: Visit, said: string | undefined): SignInMessage | undefined {
  if (isMessage(said)) return said
  return visitor.kind === 'stranger' ? visitor.ended?.reason : undefined
}

async function render(
  visit: Visit,
  given: {
    readonly username?: string
    readonly refusals?: readonly Refusal[]
    readonly message?: SignInMessage | undefined
    readonly leftOpen?: LeftOpen | undefined
    readonly courseUrl?: string | undefined
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
    courseUrl: given.courseUrl,
    policy: await visit.policy(),
  })
  return send(visit, page, status)
}

const staleSignIn = (visit: Visit) =>
  render(
    visit,
    { username: signInForm.read(visit.form).username, message: visit.sentCookie ? 'stale' : 'no-cookie' },
    403,
  )

async function postSignIn(parts: SignInRoutes, visit: Visit): Promise<Response> {
  const { username, password, to } = signInForm.read(visit.form)
  const entry = { username, password, returnTo: safePath(to) }
  const outcome = await signIn(parts, entry, visit)
  if (!outcome.ok) return refused(parts, visit, entry.username, outcome.refusals)
  const { computer } = outcome.value
  parts.cookies.setHolder(visit.c, outcome.value.cookie)
  if (computer !== undefined) parts.cookies.setOwnComputer(visit.c, computer.token, computer.days)
  if (outcome.value.pending) return redirect(visit, '/')
  parts.cookies.remember(visit.c, outcome.value.person, visit.now)
  return redirect(visit, entry.returnTo)
}

async function refused(
  parts: SignInRoutes,
  visit: Visit,
  username: string,
  list: readonly Refusal<RefusalOf<'sign-in'> | 'request.busy'>[],
): Promise<Response> {
  const refusals = unlessBusy(list)
  if (refusals === undefined) return parts.fail(visit.c, 503)
  sayWhenAgain(visit, refusals.find(({ code }) => code === 'sign-in.waiting')?.until)
  const courseUrl = courseUrlOf(parts.services.settings)
  return render(visit, { username, refusals, courseUrl }, statusOf(refusals))
}

async function postSignOut({ services, cookies }: SignInRoutes, visit: Visit<Holder>): Promise<Response> {
  const said = await signOut(services, visit)
  cookies.expireHolder(visit.c)
  visit.c.header('clear-site-data', '"cache", "storage"')
  return redirectSaying(visit, '/sign-in', said)
}
