import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Keyring } from '../store/keyring.ts'
import type { Store } from '../store/store.ts'
import { type ChainHead, emptyHead, type SignedColumns, signRecord } from './audit.ts'
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

/** What is wrong with the first broken record. */
export type Fault = 'changed' | 'missing' | 'unknown-key' | 'tail-cut'

/** Records checked at once: few enough that nobody else waits long for the turn after them. */
const pageSize = 500

/**
 * Follows every chain from its first record to its head. `heads` are copies kept elsewhere (the process log): a chain
 * that is shorter than its copy has lost its tail.
 */
export async function verifyAudit(
  store: Store,
  keyring: Keyring,
  heads: readonly ChainHead[] = [],
  progress: Progress = () => {},
): Promise<Verdict> {
  const chains = await store.read
    .selectFrom('audit_chain')
    .select(['id', 'length', 'head'])
    .orderBy('id')
    .execute()
  const known = new Set(chains.map(({ id }) => id))
  const lost = heads.find(({ chain }) => !known.has(chain))
  if (lost !== undefined) return broken(lost.chain, 1, null, 'tail-cut')
  let records = 0
  for (const { id, length, head } of chains) {
    const kept = heads.filter(({ chain }) => chain === id)
    const verdict = await verifyChain(store, keyring, { chain: id, length, head }, kept, read =>
      progress(records + read),
    )
    if (!verdict.whole) return verdict
    records += verdict.records
  }
  return { whole: true, records, chains: chains.length }
}

const broken = (chain: string, position: number, record: string | null, why: Fault): Verdict => ({
  whole: false,
  chain,
  position,
  record,
  why,
})

async function verifyChain(
  store: Store,
  keyring: Keyring,
  end: ChainHead,
  kept: readonly ChainHead[],
  progress: Progress,
): Promise<Verdict> {
  let previous = emptyHead
  let position = 0
  const headAt = new Map([...kept, end].map(({ length, head }) => [length, head]))
  for (;;) {
    const page = await readPage(store, end.chain, position)
    for (const { hmac, ...columns } of page) {
      position += 1
      if (columns.position !== position) return broken(end.chain, position, null, 'missing')
      const key = keyring.key('audit', columns.key_id)
      if (key === undefined) return broken(end.chain, position, columns.id, 'unknown-key')
      if (signRecord(key, columns, previous) !== hmac)
        return broken(end.chain, position, columns.id, 'changed')
      const copy = headAt.get(position)
      if (copy !== undefined && copy !== hmac) return broken(end.chain, position, columns.id, 'changed')
      previous = hmac
    }
    await progress(position)
    if (page.length < pageSize) break
    await nextTurn()
  }
  const longest = Math.max(...headAt.keys())
  if (position < longest) return broken(end.chain, position + 1, null, 'tail-cut')
  return { whole: true, records: position, chains: 1 }
}

function readPage(store: Store, chain: string, after: number): Promise<(SignedColumns & { hmac: string })[]> {
  return store.read
    .selectFrom('audit_record')
    .select(recordColumns)
    .where('chain_id', '=', chain)
    .where('position', '>', after)
    .orderBy('position')
    .limit(pageSize)
    .execute()
}
