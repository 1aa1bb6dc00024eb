import { type Refusal, statusOf } from '../refusals.ts'
import { redirect, redirectSaying, send, type Visit } from '../session/visit.ts'
import { type Holder, policyOf } from '../session/visitor.ts'
import type { PasskeyKind } from '../store/schema.ts'
import { leadToCodes } from './backup-codes/answers.ts'
import { issueCodes } from './backup-codes/issue.ts'
import type { VerificationParts } from './common/answers.ts'
import { addKey } from './passkeys/add.ts'
import { askToAdd } from './passkeys/ask.ts'
import { addPage } from './passkeys/pages.ts'
import type { PasskeyCode } from './passkeys/prove.ts'
import { type Site, siteOf } from './passkeys/site.ts'

/** Where a person adds a passkey or security key: in Security Settings, or in a sign-in that asks for set-up. */
export interface KeyDesk {
  readonly kind: PasskeyKind
  readonly action: string
  readonly back: string
  readonly saved: string
}

/** The site whose keys this person may add; undefined: none. */
export function addsKeysAt(
  { services }: Pick<VerificationParts, 'services'>,
  { visitor }: Visit<Holder>,
): Site | undefined {
  const policy = policyOf(visitor)
  const isOffered = policy.passkeys !== 'off' && (policy.twoStep !== 'off' || visitor.facts.hasSecondStep)
  return isOffered ? siteOf(services.settings.LINTEL_ORIGIN) : undefined
}

export async function showAddKey(
  parts: VerificationParts,
  visit: Visit<Holder>,
  { kind, action, back }: KeyDesk,
  refusals: readonly Refusal<PasskeyCode>[] = [],
): Promise<Response> {
  if (addsKeysAt(parts, visit) === undefined) return redirect(visit, back)
  const body = addPage(await visit.frame(), {
    kind,
    action,
    back,
    isFirst: !visit.visitor.facts.hasSecondStep,
    refusals,
    timeZone: policyOf(visit.visitor).timeZone,
  })
  return send(visit, body, refusals.length > 0 ? statusOf(refusals) : 200)
}

/** What the browser is asked to make. */
export async function addKeyOptions(
  parts: VerificationParts,
  visit: Visit<Holder>,
  { kind }: KeyDesk,
): Promise<Response> {
  const site = addsKeysAt(parts, visit)
  if (site === undefined) return parts.door.fail(visit.c, 404)
  return visit.c.json(await askToAdd(parts.services, site, visit, kind))
}

export async function postAddKey(
  parts: VerificationParts,
  visit: Visit<Holder>,
  desk: KeyDesk,
): Promise<Response> {
  const site = addsKeysAt(parts, visit)
  if (site === undefined) return redirect(visit, desk.back)
  const outcome = await addKey(parts, site, visit, desk.kind, tx =>
    issueCodes(parts.services, tx, visit, { first: true, savedAction: desk.saved }),
  )
  if (!outcome.ok) return showAddKey(parts, visit, desk, outcome.refusals)
  if (outcome.value === undefined) return redirect(visit, desk.back)
  const { cookie, codes } = outcome.value
  if (codes.length > 0) return leadToCodes(parts, visit, outcome)
  if (cookie !== undefined) parts.cookies.setHolder(visit.c, cookie)
  return redirectSaying(visit, desk.back, 'key')
}
