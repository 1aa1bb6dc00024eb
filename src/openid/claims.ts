import { endOf } from '../session/limits.ts'
import { firstStepAt, isCodeProven, type ProofKind, type Proofs } from '../session/proofs.ts'
import { policyOf, type Session } from '../session/visitor.ts'
import { preparedWith, type SlotOf } from '../store/prepared.ts'
import type { Store } from '../store/store.ts'

/** Authentication contexts that an application can ask for in `acr_values` (OpenID Connect Core 1.0, 3.1.2.1). */
export const contexts = { password: 'urn:lintel:password', twoStep: 'urn:lintel:two-step' } as const

/** Kinds that are a code of one time, printed or shown. */
const codes = ['code', 'backup-code', 'code-card'] as const

/**
 * The methods by which somebody signed in (RFC 8176, 2). Of a key that nobody unlocked it is not said that it knew its user.
 * `phr` is of OpenID Connect EAP ACR 1.0: what was signed holds at this address alone, so that no other site could ask for it.
 */
function methodsOf(proofs: Proofs): readonly string[] {
  const has = (...kinds: readonly ProofKind[]) => kinds.some(kind => proofs[kind] !== undefined)
  const isVerified = has('key-verified')
  const isSigned = isVerified || has('key-touched')
  const said = {
    pwd: has('password', 'mailed-link'),
    otp: has(...codes),
    pop: isSigned,
    user: isVerified,
    mfa: isCodeProven(proofs),
    phr: isSigned,
  }
  return Object.entries(said).flatMap(([method, isTrue]) => (isTrue ? [method] : []))
}

/** What was proven in this sign-in, in the words of RFC 8176. Pure. */
export function proofClaims(proofs: Proofs): {
  readonly acr: string
  readonly amr: readonly string[]
  readonly authTime: number
} {
  const isTwoStep = isCodeProven(proofs)
  return {
    acr: isTwoStep ? contexts.twoStep : contexts.password,
    amr: methodsOf(proofs),
    authTime: Math.floor(firstStepAt(proofs) / 1_000),
  }
}

/** Which claims come with which scope. What an HMIS needs comes with `profile`: many applications can ask for no more. */
export const scopes = {
  openid: ['sub', 'acr', 'amr', 'auth_time', 'sid', 'session_expiry'],
  profile: [
    'preferred_username',
    'name',
    'given_name',
    'family_name',
    'locale',
    'organization',
    'workgroup',
    'roles',
    'groups',
  ],
  email: ['email', 'email_verified'],
} as const

interface WorkplaceClaim {
  readonly id: string
  readonly key: string | null
  readonly name: string
  readonly may_edit?: boolean
}

const ownOrganization = preparedWith((db, slot: SlotOf<'account' | 'organization'>) =>
  db
    .selectFrom('account_organization')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select(['organization.id', 'key', 'name', 'may_edit'])
    .where('account_id', '=', slot<string>('account'))
    .where('organization_id', '=', slot<string>('organization')),
)

const workgroupById = preparedWith((db, slot: SlotOf<'id'>) =>
  db.selectFrom('workgroup').select(['id', 'key', 'name']).where('id', '=', slot<string>('id')),
)

/** Where a person works in this sign-in, as applications know it. */
async function readWorkplace(
  store: Store,
  { person, organization, workgroup }: Session,
): Promise<{ readonly organization?: WorkplaceClaim; readonly workgroup?: WorkplaceClaim }> {
  const [[own], [group]] = await Promise.all([
    organization ? ownOrganization(store, { account: person.id, organization: organization.id }) : [],
    workgroup ? workgroupById(store, { id: workgroup.id }) : [],
  ])
  return {
    ...(own && { organization: { id: own.id, key: own.key, name: own.name, may_edit: own.may_edit === 1 } }),
    ...(group && { workgroup: group }),
  }
}

/** Everything that an application may learn of a person in this sign-in; the engine picks by scope. */
export async function claimsOf(
  store: Store,
  session: Session,
  given: { readonly subject: string; readonly sid: string; readonly emailProven: boolean },
): Promise<Readonly<Record<string, unknown>> & { readonly sub: string }> {
  const { person } = session
  const { organization, workgroup } = await readWorkplace(store, session)
  const groups = [
    ...(organization ? [`organization:${organization.key ?? organization.id}`] : []),
    ...(workgroup ? [`workgroup:${workgroup.key ?? workgroup.id}`] : []),
  ]
  return {
    sub: given.subject,
    sid: given.sid,
    session_expiry: Math.floor(endOf(session, policyOf(session)).at / 1_000),
    preferred_username: person.username,
    name: [person.firstName, person.lastName].filter(Boolean).join(' '),
    given_name: person.firstName,
    family_name: person.lastName,
    ...(person.email !== '' && { email: person.email, ...(given.emailProven && { email_verified: true }) }),
    locale: person.language === '' ? 'en' : person.language,
    ...(organization && { organization }),
    ...(workgroup && { workgroup }),
    roles: [person.role],
    groups,
  }
}
