import { isDeepStrictEqual } from 'node:util'
import { verifyAudit } from '../audit/verify.ts'
import { sealedKeys } from '../openid/keys.ts'
import type { Keyring } from '../store/keyring.ts'
import { type Digest, differing, readAll } from '../store/move/digest.ts'
import type { MovedTable } from '../store/move/tables.ts'
import { openSome } from '../store/reseal.ts'
import type { Store } from '../store/store.ts'
import { sealedAuthenticators } from '../verification/app/store.ts'
import { sealedPasskeys } from '../verification/passkeys/store.ts'
import type { End } from './move-ends.ts'
import { showProgress } from './progress.ts'

/** Of each kind of credential. */
const sampleSize = 200

type Sample = readonly (readonly [name: string, value: string | undefined])[]

/** Some of each kind of credential, as far as the keys open it: what a sign-in would compare with. */
export async function sampleOf(store: Pick<Store, 'read'>, keyring: Keyring): Promise<Sample> {
  const passwords = await store.read
    .selectFrom('credential')
    .select(['account_id', 'encoded', 'pepper_id'])
    .orderBy('account_id')
    .limit(sampleSize)
    .execute()
  const sealed = [sealedAuthenticators, sealedPasskeys, sealedKeys].map(column =>
    openSome({ store, keyring }, column, sampleSize),
  )
  return [
    ...passwords.map(
      ({ account_id, encoded, pepper_id }) =>
        [account_id, keyring.key('pepper', pepper_id) && encoded] as const,
    ),
    ...(await Promise.all(sealed)).flat(),
  ]
}

type Checked =
  | { readonly ok: true; readonly records: number; readonly chains: number; readonly credentials: number }
  | { readonly ok: false; readonly why: string }

/** Reads what arrived: every row against what was sent, every chain of the audit log, and credentials as a sign-in would. */
export async function checkArrived(
  to: Pick<End, 'look' | 'lookAlone'>,
  tables: readonly MovedTable[],
  sent: { readonly digests: ReadonlyMap<string, Digest>; readonly sample: Sample },
  keyring: Keyring,
): Promise<Checked> {
  const side = await to.lookAlone()
  const arrived = await readAll(side, tables, rows => showProgress(`${rows} rows checked`)).finally(
    side.close,
  )
  const different = differing(sent.digests, arrived)
  if (different.length > 0)
    return { ok: false, why: `these tables are not what was sent: ${different.join(', ')}` }
  const store = await to.look()
  try {
    const verdict = await verifyAudit(store, keyring, [], records =>
      showProgress(`${records} audit records checked`),
    )
    if (!verdict.whole)
      return { ok: false, why: `the audit log is broken at record ${verdict.position} of ${verdict.chain}` }
    if (!isDeepStrictEqual(await sampleOf(store, keyring), sent.sample))
      return { ok: false, why: 'credentials are not what they were' }
    return {
      ok: true,
      records: verdict.records,
      chains: verdict.chains,
      credentials: sent.sample.length,
    }
  } finally {
    await store.close()
  }
}
