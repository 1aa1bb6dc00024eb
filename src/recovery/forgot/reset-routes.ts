import { newPassword } from '../../password/fields.ts'
import type { Policy } from '../../policy/table.ts'
import { type Refusal, type RefusalOf, statusOf, unlessBusy } from '../../refusals.ts'
import { anyone } from '../../session/access.ts'
import type { Door } from '../../session/door.ts'
import { answerNoCookie } from '../../session/no-cookie.ts'
import {
  type Route,
  redirect,
  redirectSaying,
  route,
  sayWhenAgain,
  send,
  type Visit,
} from '../../session/visit.ts'
import { waitInWords } from '../../web/time.ts'
import {
  createLinkCookie,
  type LinkCookie,
  type LinkRow,
  mailedRoute,
  noteReuse,
  readLink,
} from '../mailed-link.ts'
import { answerPage, deadLinkPage, resetPage } from './pages.ts'
import { checkAnswer, holdsProof, isLive, makeProof, type ResetParts, setForgotten } from './reset.ts'

interface ResetRouteParts extends ResetParts {
  readonly door: Pick<Door, 'fail'>
}

interface Opened {
  readonly link: LinkRow
  readonly token: string
  /** The answer was right in this browser, or none is asked. */
  readonly proven: boolean
  readonly policy: Policy
}

export function resetRoutes(parts: ResetRouteParts): readonly Route[] {
  const cookie = createLinkCookie('reset', parts.services.settings.LINTEL_ORIGIN)
  return [
    mailedRoute('reset', cookie),
    route('GET', '/reset', anyone, visit =>
      withLink(parts, cookie, visit, opened => show(visit, opened), 200),
    ),
    route(
      'POST',
      '/reset',
      anyone,
      visit => withLink(parts, cookie, visit, opened => post(parts, cookie, visit, opened), 422),
      {
        stale: visit =>
          withLink(parts, cookie, visit, opened => show(visit, opened, { stale: true, status: 403 }), 403),
      },
    ),
  ]
}

async function withLink(
  parts: ResetRouteParts,
  cookie: LinkCookie,
  visit: Visit,
  use: (opened: Opened) => Promise<Response>,
  deadStatus: number,
): Promise<Response> {
  const { services } = parts
  const held = cookie.read(visit.c)
  const link = held && (await readLink(services, 'reset', held.token))
  const policy = await visit.policy()
  if (held === undefined || link === undefined) return dead(visit, deadStatus)
  if (link.used_at !== null) await noteReuse(services, visit, link)
  if (!isLive(link, policy, visit.now)) return dead(visit, deadStatus)
  const proven = !policy.securityQuestion || holdsProof(services.keyring, link, held.proof)
  return use({ link, token: held.token, proven, policy })
}

const dead = async (visit: Visit, status: number) =>
  visit.sentCookie ? send(visit, deadLinkPage(await visit.frame()), status) : answerNoCookie(visit, status)

async function show(
  visit: Visit,
  { link, proven, policy }: Opened,
  given: { readonly stale?: boolean; readonly status?: number } = {},
): Promise<Response> {
  const { stale = false, status = 200 } = given
  if (proven) return showPassword(visit, link, policy, [], stale, status)
  return showAnswer(visit, link, { stale, status })
}

async function showAnswer(
  visit: Visit,
  link: LinkRow,
  given: {
    readonly refusal?: Refusal<RefusalOf<'reset'>>
    readonly when?: string
    readonly stale?: boolean
    readonly status: number
  },
): Promise<Response> {
  const { refusal, when = '', stale = false, status } = given
  const question = link.question ?? ''
  return send(visit, answerPage(await visit.frame(), { question, refusal, when, stale }), status)
}

async function showPassword(
  visit: Visit,
  { username }: LinkRow,
  { passwordPolicy }: Policy,
  refusals: readonly Refusal<RefusalOf<'password'>>[],
  stale: boolean,
  status: number,
): Promise<Response> {
  const page = resetPage(await visit.frame(), { username, policy: passwordPolicy, refusals, stale })
  return send(visit, page, status)
}

function post(parts: ResetRouteParts, cookie: LinkCookie, visit: Visit, opened: Opened): Promise<Response> {
  if (!opened.proven) return postAnswer(parts, cookie, visit, opened)
  return visit.form.has(newPassword.name.password)
    ? postPassword(parts, cookie, visit, opened)
    : show(visit, opened)
}

async function postAnswer(
  parts: ResetRouteParts,
  cookie: LinkCookie,
  visit: Visit,
  { link, token, policy }: Opened,
): Promise<Response> {
  const outcome = await checkAnswer(parts, visit, link)
  if (!outcome.ok) {
    const [refusal] = unlessBusy(outcome.refusals) ?? []
    if (refusal === undefined) return parts.door.fail(visit.c, 503)
    sayWhenAgain(visit, refusal.until)
    const when =
      refusal.until === undefined ? '' : waitInWords(refusal.until, policy.timeZone, visit.language)
    return showAnswer(visit, link, { refusal, when, status: statusOf([refusal]) })
  }
  if (outcome.value === 'dead') return dead(visit, 422)
  cookie.write(visit.c, token, makeProof(parts.services.keyring, link))
  return redirect(visit, '/reset')
}

async function postPassword(
  parts: ResetRouteParts,
  cookie: LinkCookie,
  visit: Visit,
  { link, policy }: Opened,
): Promise<Response> {
  const outcome = await setForgotten(parts, visit, link, policy)
  if (!outcome.ok) {
    const refusals = unlessBusy(outcome.refusals)
    if (refusals === undefined) return parts.door.fail(visit.c, 503)
    return showPassword(visit, link, policy, refusals, false, statusOf(refusals))
  }
  cookie.expire(visit.c)
  return outcome.value === 'dead' ? dead(visit, 422) : redirectSaying(visit, '/sign-in', 'password-changed')
}
