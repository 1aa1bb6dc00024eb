import { type Refusal, type RefusalOf, statusOf } from '../refusals.ts'
import { atStep } from '../session/access.ts'
import type { Cookies } from '../session/cookies.ts'
import type { Door } from '../session/door.ts'
import { endOwnSignIn } from '../session/ending.ts'
import type { Services } from '../session/services.ts'
import { heldRoute, type Route, redirectSaying, send, type Visit } from '../session/visit.ts'
import type { Holder } from '../session/visitor.ts'
import { termsForm } from './fields.ts'
import { termsPage } from './pages.ts'
import { currentTerms, recordAcceptance, type TermsVersion } from './store.ts'

interface TermsParts {
  readonly services: Services
  readonly cookies: Cookies
  readonly advance: Door['advance']
}

export function termsRoutes(parts: TermsParts): readonly Route[] {
  return [
    heldRoute('GET', '/terms', atStep('terms'), visit => showTerms(parts, visit)),
    heldRoute('POST', '/terms', atStep('terms'), visit => postTerms(parts, visit)),
  ]
}

async function showTerms(
  { services, advance }: TermsParts,
  visit: Visit<Holder>,
  refusals: readonly Refusal<RefusalOf<'terms'>>[] = [],
): Promise<Response> {
  const version = await currentTerms(services.store, visit.now)
  if (version === undefined) return advance(visit)
  const page = termsPage(await visit.frame(), version, (await visit.policy()).timeZone, refusals)
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function postTerms(parts: TermsParts, visit: Visit<Holder>): Promise<Response> {
  const { choice } = termsForm.read(visit.form)
  if (choice === 'decline') return decline(parts, visit)
  if (choice !== 'accept') return showTerms(parts, visit, [{ code: 'terms.no-choice' }])
  const version = await currentTerms(parts.services.store, visit.now)
  if (version === undefined || !showed(visit, version))
    return showTerms(parts, visit, [{ code: 'terms.moved' }])
  const { store, audit } = parts.services
  const accountId = visit.visitor.person.id
  await store.write(async tx => {
    await recordAcceptance(tx, accountId, version, visit.now, visit.address)
    await audit.record(tx, {
      event: 'user_terms_accepted',
      ...visit.trace(),
      subject: accountId,
      args: { version: version.number, sha256: version.sha256 },
    })
  })
  return parts.advance(visit)
}

/** Tells whether the form showed this very text. */
function showed({ form }: Visit, shown: TermsVersion): boolean {
  const { version, sha256 } = termsForm.read(form)
  return version === shown.id && sha256 === shown.sha256
}

async function decline({ services, cookies }: TermsParts, visit: Visit<Holder>): Promise<Response> {
  await services.store.write(async tx => {
    await services.audit.record(tx, {
      event: 'user_terms_declined',
      ...visit.trace(),
      subject: visit.visitor.person.id,
    })
    await endOwnSignIn(services, tx, visit)
  })
  cookies.expireHolder(visit.c)
  return redirectSaying(visit, '/sign-in', 'declined')
}
