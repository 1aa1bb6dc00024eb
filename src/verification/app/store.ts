import { sql } from 'kysely'
import type { Services } from '../../session/services.ts'
import { newId } from '../../store/ids.ts'
import type { Keyring } from '../../store/keyring.ts'
import { preparedIn, type SlotOf } from '../../store/prepared.ts'
import { sealedIn } from '../../store/reseal.ts'
import type { Store, Tx } from '../../store/store.ts'
import type { Verdict } from '../common/way.ts'
import { matchCode } from './totp.ts'

/** One of a person's authenticator apps, without its secret. Times are milliseconds since 1970. */
export interface App {
  readonly id: string
  /** What the person calls it; null: nothing yet. */
  readonly name: string | null
  readonly addedAt: number
  readonly lastUsedAt: number
}

/** The authenticator apps of an account, the oldest first. */
export async function readApps(db: Store['read'], accountId: string): Promise<readonly App[]> {
  return db
    .selectFrom('authenticator')
    .select(['id', 'name', 'added_at as addedAt', 'last_used_at as lastUsedAt'])
    .where('account_id', '=', accountId)
    .orderBy('added_at')
    .orderBy('id')
    .execute()
}

const readSecrets = preparedIn((db, slot: SlotOf<'account'>) =>
  db
    .selectFrom('authenticator')
    .select(['id', 'secret_sealed', 'last_step'])
    .where('account_id', '=', slot<string>('account')),
)

const claimStep = preparedIn((db, slot: SlotOf<'id' | 'sealed' | 'step' | 'now'>) =>
  db
    .updateTable('authenticator')
    .set({ last_step: slot<number>('step'), last_used_at: slot<number>('now') })
    .where('id', '=', slot<string>('id'))
    .where('secret_sealed', '=', slot<string>('sealed'))
    .where('last_step', '<', slot<number>('step')),
)

/**
 * Checks a code of six digits against each app of the account and takes its step. The update is the claim: one of any
 * number at once succeeds.
 */
export async function takeCode(
  tx: Tx,
  keyring: Keyring,
  accountId: string,
  code: string,
  now: number,
): Promise<Verdict> {
  let verdict: Verdict = 'wrong'
  for (const { id, secret_sealed: sealed, last_step } of (await readSecrets(tx, { account: accountId }))
    .rows) {
    const secret = keyring.open(sealed, accountId)
    if (secret === undefined)
      throw new Error(`The authenticator of ${accountId} cannot be opened with these keys.`)
    const match = matchCode(secret, code, now, last_step)
    if (match.kind === 'right') {
      const { numAffectedRows } = await claimStep(tx, { id, sealed, step: match.step, now })
      return numAffectedRows === 1n ? 'right' : 'used'
    }
    if (match.kind === 'used') verdict = 'used'
  }
  return verdict
}

export const sealedAuthenticators = sealedIn(
  'authenticator',
  'secret_sealed',
  'id',
  { account: sql.ref('account_id') },
  ({ account }) => account,
)

/** A paired app as it is stored first: the step of the code that proved it counts as used. */
export interface NewApp {
  readonly accountId: string
  /** Base32. */
  readonly secret: string
  readonly step: number
  /** What the person calls it. */
  readonly name?: string
}

const columnsOf = ({ keyring }: Pick<Services, 'keyring'>, given: NewApp, now: number) => ({
  secret_sealed: keyring.seal(given.secret, given.accountId),
  last_step: given.step,
  added_at: now,
  last_used_at: now,
})

/** Adds one more app to an account. */
export async function addApp(
  services: Pick<Services, 'keyring'>,
  tx: Tx,
  given: NewApp,
  now: number,
): Promise<void> {
  await tx.db
    .insertInto('authenticator')
    .values({
      id: newId(now),
      account_id: given.accountId,
      name: given.name ?? null,
      ...columnsOf(services, given, now),
    })
    .execute()
}

/** Puts another app in the place of one of the account's. @returns false when that one is gone. */
export async function replaceApp(
  services: Pick<Services, 'keyring'>,
  tx: Tx,
  id: string,
  given: NewApp,
  now: number,
): Promise<boolean> {
  const changed = await tx.db
    .updateTable('authenticator')
    .set(columnsOf(services, given, now))
    .where('id', '=', id)
    .where('account_id', '=', given.accountId)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/** Takes all apps of an account away. */
export async function removeApps(tx: Tx, accountId: string): Promise<void> {
  await tx.db.deleteFrom('authenticator').where('account_id', '=', accountId).execute()
}
