import type { Notify } from '../mail/notices.ts'
import type { Hasher } from '../password/hashing.ts'
import { type Refusal, type RefusalOf, statusOf, unlessBusy } from '../refusals.ts'
import { atStep, atStepOrInside } from '../session/access.ts'
import type { Cookies } from '../session/cookies.ts'
import type { Door } from '../session/door.ts'
import { endOtherSignIns } from '../session/ending.ts'
import type { Services } from '../session/services.ts'
import { keepOwn } from '../session/sign-ins.ts'
import { heldRoute, type Route, redirect, redirectSaying, send, type Visit } from '../session/visit.ts'
import { type Holder, policyOf } from '../session/visitor.ts'
import { questionForm } from './fields.ts'
import { notUsedPage, questionPage, recoveryPage } from './pages.ts'
import { prepareQuestion, type QuestionEntry } from './question.ts'
import { putQuestion, readQuestion, skipQuestion } from './store.ts'

interface RecoveryParts {
  readonly services: Services
  readonly hasher: Hasher
  readonly cookies: Pick<Cookies, 'setHolder'>
  readonly door: Pick<Door, 'advance' | 'fail'>
  readonly notify: Notify
}

export function recoveryRoutes(parts: RecoveryParts): readonly Route[] {
  return [
    heldRoute(
      'GET',
      '/recovery',
      atStepOrInside('recovery'),
      async visit => (await refuseUnused(visit, 200)) ?? showRecovery(visit),
      { proof: 'fresh' },
    ),
    heldRoute('POST', '/recovery', atStep('recovery'), visit => postSkip(parts, visit)),
    heldRoute(
      'GET',
      '/recovery/question',
      atStepOrInside('recovery'),
      async visit => (await refuseUnused(visit, 200)) ?? showQuestion(parts, visit),
      { proof: 'fresh' },
    ),
    heldRoute(
      'POST',
      '/recovery/question',
      atStepOrInside('recovery'),
      async visit => (await refuseUnused(visit, 403)) ?? postQuestion(parts, visit),
      { proof: 'fresh', keep: { path: '/recovery/question' }, costly: true },
    ),
  ]
}

/** Where policy has no security question, its pages say so. The step of the first sign-in is then not there. */
const refuseUnused = async (visit: Visit<Holder>, status: 200 | 403): Promise<Response | undefined> =>
  policyOf(visit.visitor).securityQuestion ? undefined : send(visit, notUsedPage(await visit.frame()), status)

async function showRecovery(visit: Visit<Holder>): Promise<Response> {
  const { visitor } = visit
  return send(
    visit,
    recoveryPage(await visit.frame(), {
      isSet: visitor.row.question_set_at !== null,
      firstSignIn: visitor.step === 'recovery',
      isSaved: visit.said() === 'saved',
    }),
  )
}

async function postSkip({ services, door }: RecoveryParts, visit: Visit<Holder>): Promise<Response> {
  const { id } = visit.visitor.person
  await services.store.write(async tx => {
    await skipQuestion(tx, id)
    await services.audit.record(tx, { event: 'authn_question_skipped', ...visit.trace(), subject: id })
  })
  return door.advance(visit)
}

async function showQuestion(
  { services }: RecoveryParts,
  visit: Visit<Holder>,
  entry?: QuestionEntry,
  refusals: readonly Refusal<RefusalOf<'recovery'>>[] = [],
): Promise<Response> {
  const question =
    entry?.question ??
    (questionForm.read(await visit.kept()).question ||
      (await readQuestion(services.store, visit.visitor.person.id))) ??
    ''
  return send(
    visit,
    questionPage(await visit.frame(), { question, answer: '' }, refusals),
    refusals.length > 0 ? statusOf(refusals) : 200,
  )
}

async function postQuestion(parts: RecoveryParts, visit: Visit<Holder>): Promise<Response> {
  const { services, hasher, door, notify, cookies } = parts
  const { visitor, form, now } = visit
  const entry = questionForm.read(form)
  const prepared = await prepareQuestion({ store: services.store, hasher }, visitor.person, entry)
  if (!prepared.ok) {
    const refusals = unlessBusy(prepared.refusals)
    return refusals === undefined ? door.fail(visit.c, 503) : showQuestion(parts, visit, entry, refusals)
  }
  const kept = await services.store.write(async tx => {
    const epoch = await endOtherSignIns(services, tx, visit)
    if (epoch === undefined) return undefined
    await putQuestion(tx, visitor.person.id, prepared.value.question, prepared.value.answer, now)
    await services.audit.record(tx, {
      event: 'authn_question_set',
      ...visit.trace(),
      subject: visitor.person.id,
    })
    await notify(tx, 'recovery-changed', visitor.person.id, visit)
    return { cookie: await keepOwn(tx, visitor, epoch, now) }
  })
  if (kept === undefined) return redirect(visit, '/sign-in')
  if (kept.cookie !== undefined) cookies.setHolder(visit.c, kept.cookie)
  return visitor.step === 'recovery' ? door.advance(visit) : redirectSaying(visit, '/recovery', 'saved')
}
