import { readBrowser } from '../../mail/browser.ts'
import { done, refuse } from '../../refusals.ts'
import { hasSecondStep } from '../../session/facts.ts'
import type { Visit } from '../../session/visit.ts'
import type { Holder } from '../../session/visitor.ts'
import type { PasskeyKind } from '../../store/schema.ts'
import type { Tx } from '../../store/store.ts'
import {
  type ChangeParts,
  endOthers,
  happened,
  holdOwn,
  keepSignIn,
  type OutcomeBy,
  unlessOvertaken,
} from '../common/change.ts'
import { wordsFor as commonWordsFor } from '../common/words.ts'
import { type Registration, readRegistration } from './answer.ts'
import { holderOf } from './ask.ts'
import { spendChallenge, stateOf } from './challenge.ts'
import { keyForm } from './fields.ts'
import type { PasskeyCode } from './prove.ts'
import { mostPasskeys } from './rules.ts'
import type { Site } from './site.ts'
import { addPasskey, readPasskeys, userHandleOf } from './store.ts'
import { type NewKey, verifyRegistration } from './verify.ts'
import { wordsFor } from './words.ts'

/**
 * Adds what the browser made. Every other sign-in of the person ends. `issueCodes` makes the backup codes that come with a
 * first way, after which the password alone no longer opens the account.
 */
export async function addKey(
  parts: ChangeParts,
  site: Site,
  visit: Visit<Holder>,
  kind: PasskeyKind,
  issueCodes: (tx: Tx) => Promise<readonly string[]>,
): Promise<OutcomeBy<PasskeyCode>> {
  const { store, keyring } = parts.services
  const text = keyForm.read(visit.form).passkey
  if (text === '') return refuse({ code: 'passkeys.no-answer' })
  const given = readRegistration(text, site.origin)
  if (given === undefined) return refuse({ code: 'passkeys.not-taken' })
  const asked = { purpose: kind, holder: holderOf(visit.visitor) }
  if (stateOf(keyring, asked, given.challenge, visit.now) !== 'live')
    return refuse({ code: 'passkeys.expired' })
  const key = await verifyRegistration(site, given, kind === 'passkey')
  if (key === undefined) return refuse({ code: 'passkeys.not-taken' })
  return unlessOvertaken(() =>
    store.write(tx => put(parts, tx, site, visit, { kind, given, key }, issueCodes)),
  )
}

async function put(
  { services, notify }: ChangeParts,
  tx: Tx,
  { rpId }: Site,
  visit: Visit<Holder>,
  made: { readonly kind: PasskeyKind; readonly given: Registration; readonly key: NewKey },
  issueCodes: (tx: Tx) => Promise<readonly string[]>,
): Promise<OutcomeBy<PasskeyCode>> {
  const { id: accountId } = visit.visitor.person
  const { kind, given, key } = made
  await holdOwn(tx, visit)
  if (!(await spendChallenge(tx, given.challenge, visit.now))) return refuse({ code: 'passkeys.expired' })
  if ((await readPasskeys(tx.db, accountId)).length >= mostPasskeys)
    return refuse({ code: 'passkeys.too-many' })
  const isFirst = !(await hasAnyWay(tx, accountId))
  const { backupEligible, backedUp, signCount } = given.authData
  const added = await addPasskey(
    tx,
    services.keyring,
    {
      accountId,
      kind,
      rpId,
      ...key,
      userHandle: await userHandleOf(tx.db, services.keyring, accountId),
      backupEligible,
      backedUp,
      signCount,
      transports: given.transports,
      name: nameFor(visit, kind),
    },
    visit.now,
  )
  if (added === undefined) return refuse({ code: 'passkeys.known' })
  const epoch = await endOthers(services, tx, visit)
  await services.audit.record(tx, happened(visit, 'authn_mfa_enroll', { by: kind, replaced: false }))
  await notify(tx, isFirst ? 'two-step-on' : 'way-added', accountId, visit)
  const codes = isFirst ? await issueCodes(tx) : []
  return done({ cookie: await keepSignIn(tx, visit, epoch, 'key-added'), codes })
}

async function hasAnyWay(tx: Tx, accountId: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('account')
    .select('id')
    .where('id', '=', accountId)
    .where(hasSecondStep)
    .executeTakeFirst()
  return row !== undefined
}

/** A name to begin with: the browser that it was added with. */
function nameFor({ userAgent, language }: Visit, kind: PasskeyKind): string {
  const words = wordsFor(language)
  const { browser, system } = readBrowser(userAgent)
  if (browser === undefined) return commonWordsFor(language).kinds[kind]
  return system === undefined ? browser : words.browserOn(browser, system)
}
