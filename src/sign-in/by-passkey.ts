import { type RefusalOf, refuse } from '../refusals.ts'
import type { Visit } from '../session/visit.ts'
import type { Tx } from '../store/store.ts'
import { clearCounters, counterName } from '../throttle/store.ts'
import { type PasskeyCode, proveByKey } from '../verification/passkeys/prove.ts'
import { type Site, siteOf } from '../verification/passkeys/site.ts'
import { sourceOf } from '../web/request.ts'
import { letIn, personOf, type SignInOutcome } from './let-in.ts'
import { barToSignIn } from './rules.ts'
import { countersOf, refuseBarred, type SignInParts } from './sign-in.ts'

/** Where a passkey alone signs in; undefined: nowhere, by policy or because of the address. */
export async function passkeySite(
  { services }: Pick<SignInParts, 'services'>,
  visit: Visit,
): Promise<Site | undefined> {
  const { passkeys } = await visit.policy()
  return passkeys === 'sign-in' ? siteOf(services.settings.LINTEL_ORIGIN) : undefined
}

/** What is said of each refusal here: of an unknown passkey no more than of a wrong signature. */
const codes: Readonly<Record<PasskeyCode, RefusalOf<'sign-in'>>> = {
  'passkeys.no-answer': 'sign-in.passkey-none',
  'passkeys.expired': 'sign-in.passkey-expired',
  'passkeys.wrong': 'sign-in.passkey-wrong',
  'passkeys.copied': 'sign-in.passkey-wrong',
  'passkeys.not-taken': 'sign-in.passkey-wrong',
  'passkeys.known': 'sign-in.passkey-wrong',
  'passkeys.too-many': 'sign-in.passkey-wrong',
  'passkeys.waiting': 'sign-in.waiting',
}

/** The account as the transaction that took the signature saw it. */
async function holderOfKey(tx: Tx, accountId: string) {
  return tx.db
    .selectFrom('account')
    .select(['username_key', 'epoch'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
}

/**
 * Signs in by a passkey that made sure who holds it. Every bar and every later step is that of a password; why an account
 * is barred is said after the signature alone. Credentials that changed since the signature was taken refuse it.
 */
export async function signInByPasskey(
  parts: SignInParts,
  site: Site,
  given: { readonly preSession: string; readonly returnTo: string },
  visit: Visit,
): Promise<SignInOutcome> {
  const { services } = parts
  const proven = await proveByKey(
    services,
    site,
    visit,
    {
      purpose: 'sign-in',
      holder: given.preSession,
      accountId: undefined,
      failed: 'authn_login_fail',
    },
    (tx, { passkey }) => holderOfKey(tx, passkey.accountId),
  )
  if (!proven.ok)
    return refuse(
      ...proven.refusals.map(({ code, until }) => ({ code: codes[code], ...(until && { until }) })),
    )
  const { username_key: key, epoch } = proven.value
  const source = counterName(services.keyring, 'source', sourceOf(visit.address))
  const { account, policy } = await parts.findClaimant(key, source, visit.now)
  if (account?.account_epoch !== epoch) return refuse({ code: 'sign-in.passkey-wrong' })
  const browserKnown = parts.knows(visit, personOf(account))
  const counters = countersOf(parts, account.username_key, browserKnown, source)
  const bar = barToSignIn(account, visit.now)
  if (bar !== undefined) return refuseBarred(parts, account, bar, counters, visit)
  return services.store.write(async tx => {
    const cleared = await clearCounters(tx, counters.cleared)
    const failures = [...cleared.values()].reduce((sum, count) => sum + count, 0)
    return letIn(parts, tx, visit, {
      account,
      policy,
      proofs: { 'key-verified': visit.now },
      failuresBefore: Promise.resolve(failures),
      browserKnown,
      returnTo: given.returnTo,
    })
  })
}
