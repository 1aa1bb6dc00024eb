import { type Kysely, sql } from 'kysely'
import type { Services } from '../../session/services.ts'
import type { Holder } from '../../session/visitor.ts'
import { sealedIn } from '../../store/reseal.ts'
import type { Database } from '../../store/schema.ts'
import type { Store, Tx } from '../../store/store.ts'

/** What a sign-in keeps for a while, encrypted, in its own row. */
export type Kept =
  /** Secret of a first app that is not on yet. */
  | { readonly kind: 'first'; readonly secret: string }
  /** Secret of an app that will replace another one, asked for with a code. */
  | { readonly kind: 'replacement'; readonly secret: string; readonly replaces: string }
  /** Backup codes just made, for the download, until the person says that they are saved. */
  | { readonly kind: 'codes'; readonly codes: readonly string[]; readonly until: number }

type Keys = Pick<Services, 'keyring' | 'store'>

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

/** The secret of a first app: made once for a sign-in and shown again until it is on. Two tabs see the same. */
export async function keepFirstSecret(
  services: Keys,
  holder: Holder,
  newSecret: () => string,
): Promise<string> {
  const sealed = await readSealed(services.store.read, holder)
  const known = opened(services, holder, sealed)
  if (known?.kind === 'first') return known.secret
  const made = seal(services, holder.person.id, { kind: 'first', secret: newSecret() })
  const stored = await services.store.write(async tx => {
    await replaceSealed(tx.db, holder, sealed, made)
    return readSealed(tx.db, holder)
  })
  const now = opened(services, holder, stored)
  if (now?.kind !== 'first') throw new Error('The pairing was changed by another request.')
  return now.secret
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
  { kind, id, person }: Holder,
  kept: Kept | undefined,
): Promise<void> {
  const columns = { pairing_sealed: kept === undefined ? null : seal(services, person.id, kept) }
  await (kind === 'session'
    ? tx.db.updateTable('session').set(columns).where('id', '=', id).execute()
    : tx.db.updateTable('pending_sign_in').set(columns).where('id', '=', id).execute())
}
