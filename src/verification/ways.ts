import type { Services } from '../session/services.ts'
import type { Visit } from '../session/visit.ts'
import type { Holder } from '../session/visitor.ts'
import type { Keyring } from '../store/keyring.ts'
import type { Store, Tx } from '../store/store.ts'
import { keptApps } from './app/keeper.ts'
import { appCode } from './app/way.ts'
import { backupCode } from './backup-codes/way.ts'
import { keptCard } from './code-card/keeper.ts'
import { cardCode } from './code-card/way.ts'
import type { Keeper, OwnKind, OwnWay } from './common/own-way.ts'
import { proveTyped, wayCounter } from './common/prove.ts'
import type { TypedWay, WayName } from './common/way.ts'
import { keptKeys } from './passkeys/keeper.ts'
import { removePasskeys } from './passkeys/store.ts'

/** Every way to prove the second step. */
export const ways: readonly [TypedWay, ...TypedWay[]] = [appCode, cardCode, backupCode]

/** What a person can have of each kind, in the order in which it is listed. */
export const keepers: Readonly<Record<OwnKind, Keeper>> = {
  app: keptApps,
  passkey: keptKeys('passkey'),
  'security-key': keptKeys('security-key'),
  'code-card': keptCard,
}

/** Everything that a person has set up, beside backup codes. */
export async function listOwnWays(db: Store['read'], accountId: string): Promise<readonly OwnWay[]> {
  const lists: (readonly OwnWay[])[] = []
  for (const keeper of Object.values(keepers)) lists.push(await keeper.list(db, accountId))
  return lists.flat()
}

/** What a field takes that names no way: of a code card nothing is said to who has none. */
export const acceptedOf = ({ row }: Pick<Holder, 'row'>): readonly [TypedWay, ...TypedWay[]] =>
  row.code_card === null ? [appCode, backupCode] : [appCode, cardCode, backupCode]

/** Counters of an account's wrong entries, one for each way. */
export const secondStepCounters = (keyring: Keyring, accountId: string): readonly string[] =>
  ways.map(way => wayCounter(keyring, way, accountId))

/** Takes every way of an account away: its password alone opens it. */
export async function removeSecondStep(tx: Tx, accountId: string): Promise<void> {
  for (const way of ways) await way.remove(tx, accountId)
  await removePasskeys(tx, accountId)
}

/** What the gate to Security Settings is told. */
type SecondStepAnswer =
  | { readonly kind: 'right'; readonly by: WayName }
  | { readonly kind: 'wrong' | 'used' }
  | { readonly kind: 'waiting'; readonly until: number }

/** Checks and takes an entry by any way for anyone who asks for it beside the password. */
export async function checkSecondStep(
  parts: Pick<Services, 'store' | 'keyring' | 'audit'>,
  text: string,
  visit: Visit<Holder>,
): Promise<SecondStepAnswer> {
  const { visitor } = visit
  const given = { text, accepts: acceptedOf(visitor), ways }
  const outcome = await proveTyped(parts, visitor.person.id, given, visit, async (_, { by }) => by)
  if (outcome.ok) return { kind: 'right', by: outcome.value }
  const [refusal] = outcome.refusals
  if (refusal?.until !== undefined) return { kind: 'waiting', until: refusal.until }
  return { kind: ways.some(({ refusals }) => refusals.used === refusal?.code) ? 'used' : 'wrong' }
}
