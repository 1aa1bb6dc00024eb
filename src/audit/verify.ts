import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Keyring } from '../store/keyring.ts'
import type { AuditChainTable } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { type ChainHead, emptyHead, type SignedColumns, signRecord } from './audit.ts'
import { readBirth } from './birth.ts'
import { recordColumns } from './records.ts'

export type Verdict =
  | { readonly whole: true; readonly records: number; readonly chains: number }
  | {
      readonly whole: false
      readonly chain: string
      readonly position: number
      readonly record: string | null
      readonly why: Fault
    }

/** Told after each page how many records are checked; what it throws ends the check. */
type Progress = (records: number) => unknown

/** The fault of the first broken record. */
export type Fault = 'changed' | 'missing' | 'unknown-key' | 'retired-key' | 'tail-cut'

/** Records checked at once: few enough that nobody else waits long for the turn after them. */
const pageSize = 500

/**
 * Follows every chain from its first record to its head. `heads` are copies kept elsewhere (the process log): a chain
 * that is shorter than its copy has lost its tail. What a retired key signed ends where the secret file says; a store
 * brought back from before may end earlier.
 */
export async function verifyAudit(
  store: Pick<Store, 'read'>,
  keyring: Keyring,
  heads: readonly ChainHead[] = [],
  progress: Progress = () => {},
  brought: 'here' | 'back' = 'here',
): Promise<Verdict> {
  const chains = await store.read.selectFrom('audit_chain').selectAll().orderBy('id').execute()
  const strange = chains.find(chain => !isBornAsItSays(chain))
  if (strange !== undefined) return broken(strange.id, 1, null, 'changed')
  const kept = new Map<string, ChainHead[]>(chains.map(({ id }) => [id, []]))
  const named = chains.flatMap(({ birth }) => readBirth(birth ?? '')?.before ?? [])
  const lengths = new Map(chains.map(({ id, length }) => [id, length]))
  const ends = endsOfRetired(keyring).filter(
    ({ chain, length }) => brought === 'here' || length <= (lengths.get(chain) ?? 0),
  )
  for (const copy of [...heads, ...named, ...ends]) {
    const copies = kept.get(copy.chain)
    if (copies === undefined) return broken(copy.chain, 1, null, 'tail-cut')
    copies.push(copy)
  }
  const stray = await findStray(store)
  if (stray !== undefined) return stray
  let records = 0
  for (const { id, length, head, birth } of chains) {
    const end = { chain: id, length, head, birth: birth ?? emptyHead }
    const verdict = await verifyChain(store, keyring, end, kept.get(id) ?? [], read =>
      progress(records + read),
    )
    if (!verdict.whole) return verdict
    records += verdict.records
  }
  return { whole: true, records, chains: chains.length }
}

const endsOfRetired = (keyring: Keyring): readonly ChainHead[] =>
  keyring.ids.flatMap(id =>
    [...(keyring.endsOf(id) ?? [])].map(([chain, { position, hmac }]) => ({
      chain,
      length: position,
      head: hmac,
    })),
  )

/** What a chain's row says of its beginning is what its first record is signed on top of. */
function isBornAsItSays({ birth, started_at, host }: AuditChainTable): boolean {
  if (birth === null) return true
  const born = readBirth(birth)
  return born?.startedAt === started_at && born.host === host
}

/** A record that belongs to no chain. */
async function findStray({ read }: Pick<Store, 'read'>): Promise<Verdict | undefined> {
  const stray = await read
    .selectFrom('audit_record')
    .select(['id', 'chain_id', 'position'])
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('audit_chain').select('id').whereRef('id', '=', 'audit_record.chain_id'))),
    )
    .limit(1)
    .executeTakeFirst()
  return stray && broken(stray.chain_id, stray.position, stray.id, 'changed')
}

const broken = (chain: string, position: number, record: string | null, why: Fault): Verdict => ({
  whole: false,
  chain,
  position,
  record,
  why,
})

async function verifyChain(
  store: Pick<Store, 'read'>,
  keyring: Keyring,
  end: ChainHead & { readonly birth: string },
  kept: readonly ChainHead[],
  progress: Progress,
): Promise<Verdict> {
  let previous = end.birth
  let position = 0
  let beyond = Number.MIN_SAFE_INTEGER
  const headsAt = Map.groupBy([...kept, end], ({ length }) => length)
  for (;;) {
    const page = await readPage(store, end.chain, beyond)
    for (const { hmac, ...columns } of page) {
      position += 1
      if (columns.position < position) return broken(end.chain, columns.position, columns.id, 'changed')
      if (columns.position !== position) return broken(end.chain, position, null, 'missing')
      const key = keyring.key('audit', columns.key_id)
      if (key === undefined) return broken(end.chain, position, columns.id, 'unknown-key')
      const ends = keyring.endsOf(columns.key_id)
      if (ends !== undefined && position > (ends.get(end.chain)?.position ?? 0))
        return broken(end.chain, position, columns.id, 'retired-key')
      if (signRecord(key, columns, previous) !== hmac)
        return broken(end.chain, position, columns.id, 'changed')
      if (headsAt.get(position)?.some(({ head }) => head !== hmac))
        return broken(end.chain, position, columns.id, 'changed')
      previous = hmac
      beyond = position
    }
    await progress(position)
    if (page.length < pageSize) break
    await nextTurn()
  }
  const longest = Math.max(1, ...headsAt.keys())
  if (position < longest) return broken(end.chain, position + 1, null, 'tail-cut')
  return { whole: true, records: position, chains: 1 }
}

function readPage(
  store: Pick<Store, 'read'>,
  chain: string,
  after: number,
): Promise<(SignedColumns & { hmac: string })[]> {
  return store.read
    .selectFrom('audit_record')
    .select(recordColumns)
    .where('chain_id', '=', chain)
    .where('position', '>', after)
    .orderBy('position')
    .limit(pageSize)
    .execute()
}
