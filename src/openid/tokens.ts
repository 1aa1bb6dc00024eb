import { sql } from 'kysely'
import { entranceOf } from '../applications/rules.ts'
import { findApplication } from '../applications/store.ts'
import { askerOf } from '../session/asker.ts'
import type { VisitorReader } from '../session/current.ts'
import { hashToken } from '../store/ids.ts'
import type { Keyring } from '../store/keyring.ts'
import { preparedIn, preparedWith, type SlotOf } from '../store/prepared.ts'
import { sealedIn } from '../store/reseal.ts'
import type { TokenKind } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'
import type { Change, KnownToken, Payload, Work } from './work.ts'

/** Milliseconds in which a refresh token may answer again: proxies send one twice at once. */
const refreshGrace = 30_000

/** Another request was first to use what works once. */
export class ClaimLostError extends Error {
  readonly family: string
  constructor(family: string) {
    super('a code or refresh token was claimed by another request')
    this.family = family
  }
}

export interface TokenParts {
  readonly store: Store
  readonly keyring: Keyring
  readonly visitors: VisitorReader
}

const contextOf = (hash: string): string => `openid token ${hash}`

export const sealedTokens = sealedIn(
  'openid_token',
  'payload_sealed',
  'token_hash',
  { hash: sql.ref('token_hash') },
  ({ hash }) => contextOf(hash),
)

export { askerOf }

const tokenByHash = preparedWith((db, slot: SlotOf<'hash' | 'kind'>) =>
  db
    .selectFrom('openid_token')
    .selectAll()
    .where('token_hash', '=', slot<string>('hash'))
    .where('kind', '=', slot<TokenKind>('kind')),
)

/**
 * Looks a code or token up. It is known only while its time lasts and all that it stands for is true: the session lives and
 * has no open step, the application is enabled and the person may use it. So whatever ends one of these ends the token at its
 * next use.
 */
export async function findToken(
  { store, keyring, visitors }: TokenParts,
  kind: TokenKind,
  id: string,
  { now, application: asking }: Pick<Work, 'now' | 'application'>,
): Promise<KnownToken | undefined> {
  const hash = hashToken(id)
  const [row] = await tokenByHash(store, { hash, kind })
  if (row === undefined || row.expires_at <= now) return undefined
  const [session, application] = await Promise.all([
    visitors.bySession(row.session_id, now),
    asking?.id === row.application_id ? asking : findApplication(store, row.application_id),
  ])
  if (session.kind !== 'session' || session.step !== undefined) return undefined
  if (application === undefined || entranceOf(application, askerOf(session)) !== 'open') return undefined
  const text = keyring.open(row.payload_sealed, contextOf(hash))
  if (text === undefined) return undefined
  return {
    id,
    family: row.family,
    payload: JSON.parse(text) as Payload,
    consumedAt: row.consumed_at,
    session,
    application,
  }
}

/** Whether a second use of a token ends its family. Pure. */
export const isSpent = (kind: TokenKind, consumedAt: number | null, now: number): boolean =>
  consumedAt !== null && (kind !== 'RefreshToken' || now >= consumedAt + refreshGrace || now < consumedAt)

/** Writes what the engine wants written, all or nothing. @throws ClaimLostError */
export async function applyChanges(
  { keyring }: Pick<TokenParts, 'keyring'>,
  tx: Tx,
  changes: readonly Change[],
  accountId: string,
  now: number,
): Promise<void> {
  for (const change of changes) {
    if (change.kind === 'put') await put(keyring, tx, change, accountId, now)
    else if (change.kind === 'consume') await consume(tx, change, now)
    else if (change.kind === 'revoke') await revokeFamily(tx, change.family)
    else await tx.db.deleteFrom('openid_token').where('token_hash', '=', hashToken(change.id)).execute()
  }
}

async function put(
  keyring: Keyring,
  tx: Tx,
  { of, id, payload, expiresIn }: Extract<Change, { kind: 'put' }>,
  accountId: string,
  now: number,
): Promise<void> {
  const hash = hashToken(id)
  await insertToken(tx, {
    hash,
    kind: of,
    application: payload.clientId ?? '',
    account: accountId,
    session: payload.sessionUid ?? '',
    family: payload.grantId ?? '',
    payload: keyring.seal(JSON.stringify(payload), contextOf(hash)),
    expires: now + expiresIn * 1_000,
  })
}

const insertToken = preparedIn(
  (
    db,
    slot: SlotOf<'hash' | 'kind' | 'application' | 'account' | 'session' | 'family' | 'payload' | 'expires'>,
  ) =>
    db.insertInto('openid_token').values({
      token_hash: slot<string>('hash'),
      kind: slot<TokenKind>('kind'),
      application_id: slot<string>('application'),
      account_id: slot<string>('account'),
      session_id: slot<string>('session'),
      family: slot<string>('family'),
      payload_sealed: slot<string>('payload'),
      expires_at: slot<number>('expires'),
      consumed_at: null,
    }),
)

const claimOnce = preparedIn((db, slot: SlotOf<'hash' | 'now' | 'since'>) =>
  db
    .updateTable('openid_token')
    .set({ consumed_at: slot<number>('now') })
    .where('token_hash', '=', slot<string>('hash'))
    .where('consumed_at', 'is', null),
)

/** Within the grace a second use is one more first one; its moment stays that of the first. */
const claimRefreshToken = preparedIn((db, slot: SlotOf<'hash' | 'now' | 'since'>) =>
  db
    .updateTable('openid_token')
    .set(eb => ({ consumed_at: eb.fn.coalesce('consumed_at', slot<number>('now')) }))
    .where('token_hash', '=', slot<string>('hash'))
    .where(eb => eb.or([eb('consumed_at', 'is', null), eb('consumed_at', '>', slot<number>('since'))])),
)

async function consume(
  tx: Tx,
  { of, id, family }: Extract<Change, { kind: 'consume' }>,
  now: number,
): Promise<void> {
  const claim = of === 'RefreshToken' ? claimRefreshToken : claimOnce
  const claimed = await claim(tx, { hash: hashToken(id), now, since: now - refreshGrace })
  if (claimed.numAffectedRows !== 1n) throw new ClaimLostError(family)
}

/** Ends all that came from one code. */
export async function revokeFamily(tx: Tx, family: string): Promise<void> {
  await tx.db.deleteFrom('openid_token').where('family', '=', family).execute()
}
