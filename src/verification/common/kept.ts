import { type Kysely, sql } from 'kysely'
import type { Services } from '../../session/services.ts'
import type { Holder } from '../../session/visitor.ts'
import { sealedIn } from '../../store/reseal.ts'
import type { Database } from '../../store/schema.ts'
import type { Store, Tx } from '../../store/store.ts'

/** What an app is set up for: as the first way, beside others, or in the place of one. */
export type NewAppFor =
  | { readonly kind: 'first' | 'another' }
  | { readonly kind: 'replacement'; readonly replaces: string }

/** What a sign-in keeps for a while, encrypted, in its own row. */
export type Kept =
  /** Secret of an app that is not on yet. */
  | (NewAppFor & { readonly secret: string })
  /** A code card that is not in force yet: the account's card of this number. */
  | { readonly kind: 'card'; readonly serial: number; readonly codes: readonly string[] }
  /** Backup codes just made, for their page and its download, until the person says that they are saved. */
  | KeptCodes

export interface KeptCodes {
  readonly kind: 'codes'
  readonly codes: readonly string[]
  readonly until: number
  /** They came with the first way. */
  readonly first: boolean
  /** Where "I have saved these" posts. */
  readonly savedAction: string
}

type Keys = Pick<Services, 'keyring' | 'store'>

/** Whose row keeps it. */
type KeptBy = Pick<Holder, 'kind' | 'id'> & { readonly person: Pick<Holder['person'], 'id'> }

const contextOf = (accountId: string): string => `pairing ${accountId}`
const account = { account: sql.ref('account_id') }
export const sealedInSessions = sealedIn('session', 'pairing_sealed', 'id', account, row =>
  contextOf(row.account),
)
export const sealedInSignIns = sealedIn('pending_sign_in', 'pairing_sealed', 'id', account, row =>
  contextOf(row.account),
)
const seal = ({ keyring }: Pick<Services, 'keyring'>, accountId: string, kept: Kept): string =>
  keyring.seal(JSON.stringify(kept), contextOf(accountId))

const rowOf = (db: Store['read'], { kind, id }: Pick<Holder, 'kind' | 'id'>) =>
  kind === 'session'
    ? db.selectFrom('session').select('pairing_sealed').where('id', '=', id)
    : db.selectFrom('pending_sign_in').select('pairing_sealed').where('id', '=', id)

async function readSealed(db: Store['read'], holder: Holder): Promise<string | null> {
  return (await rowOf(db, holder).executeTakeFirst())?.pairing_sealed ?? null
}

function opened({ keyring }: Keys, holder: Holder, sealed: string | null): Kept | undefined {
  const text = sealed === null ? undefined : keyring.open(sealed, contextOf(holder.person.id))
  return text === undefined ? undefined : (JSON.parse(text) as Kept)
}

/** What this sign-in keeps. */
export async function readKept(services: Keys, holder: Holder): Promise<Kept | undefined> {
  return opened(services, holder, await readSealed(services.store.read, holder))
}

/** The backup codes that this sign-in may still see. */
export async function readCodes(services: Keys, holder: Holder, now: number): Promise<KeptCodes | undefined> {
  const kept = await readKept(services, holder)
  return kept?.kind === 'codes' && kept.until > now ? kept : undefined
}

/**
 * What a page shows until it is confirmed: made once for a sign-in, then shown again. Two tabs see the same. `isIt` knows
 * it among what the sign-in keeps.
 */
export async function keepOnce<Wanted extends Kept>(
  services: Keys,
  holder: Holder,
  isIt: (kept: Kept) => kept is Wanted,
  make: () => Wanted | Promise<Wanted>,
  tries = 3,
): Promise<Wanted> {
  const sealed = await readSealed(services.store.read, holder)
  const known = opened(services, holder, sealed)
  if (known !== undefined && isIt(known)) return known
  if (tries === 0) throw new Error('Other requests of this sign-in keep something else each time.')
  const made = seal(services, holder.person.id, await make())
  await services.store.writeOne(db => replaceSealed(db, holder, sealed, made))
  return keepOnce(services, holder, isIt, make, tries - 1)
}

/** Forgets the codes that this sign-in keeps for the download. */
export async function forgetCodes(services: Keys, holder: Holder): Promise<void> {
  const sealed = await readSealed(services.store.read, holder)
  if (opened(services, holder, sealed)?.kind !== 'codes') return
  await services.store.writeOne(db => replaceSealed(db, holder, sealed, null))
}

/** Writes only over what was seen. */
async function replaceSealed(
  db: Kysely<Database>,
  holder: Holder,
  seen: string | null,
  made: string | null,
): Promise<void> {
  const columns = { pairing_sealed: made }
  const isSeen = seen === null ? 'is' : '='
  await (holder.kind === 'session'
    ? db
        .updateTable('session')
        .set(columns)
        .where('id', '=', holder.id)
        .where('pairing_sealed', isSeen, seen)
        .execute()
    : db
        .updateTable('pending_sign_in')
        .set(columns)
        .where('id', '=', holder.id)
        .where('pairing_sealed', isSeen, seen)
        .execute())
}

/** Keeps something in this sign-in's row, whatever it held, or nothing. */
export async function keep(
  services: Pick<Services, 'keyring'>,
  tx: Tx,
  { kind, id, person }: KeptBy,
  kept: Kept | undefined,
): Promise<void> {
  const columns = { pairing_sealed: kept === undefined ? null : seal(services, person.id, kept) }
  await (kind === 'session'
    ? tx.db.updateTable('session').set(columns).where('id', '=', id).execute()
    : tx.db.updateTable('pending_sign_in').set(columns).where('id', '=', id).execute())
}

/** Milliseconds that a session lasts at most, whatever the policy says. */
const longestSession = 24 * 3_600_000

/**
 * Forgets codes that are no longer shown, and whatever else sessions that are over have kept. Pending sign-ins are removed
 * as a whole soon enough.
 * @returns how many sessions had something to forget.
 */
export async function forgetKept(
  { keyring }: Pick<Services, 'keyring'>,
  tx: Tx,
  now: number,
): Promise<number> {
  const rows = await tx.db
    .selectFrom('session')
    .select(['id', 'account_id', 'pairing_sealed', 'ended_at', 'created_at'])
    .where('pairing_sealed', 'is not', null)
    .execute()
  const isOver = (row: (typeof rows)[number]) => {
    if (row.ended_at !== null || row.created_at <= now - longestSession) return true
    const text = keyring.open(row.pairing_sealed ?? '', contextOf(row.account_id))
    if (text === undefined) return true
    const kept = JSON.parse(text) as Kept
    return kept.kind === 'codes' && kept.until <= now
  }
  const over = rows.filter(isOver)
  for (const { id, pairing_sealed } of over)
    await tx.db
      .updateTable('session')
      .set({ pairing_sealed: null })
      .where('id', '=', id)
      .where('pairing_sealed', '=', pairing_sealed)
      .execute()
  return over.length
}
