import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { hostname } from 'node:os'
import type { RawBuilder } from 'kysely'
import { newId } from '../store/ids.ts'
import type { Keyring } from '../store/keyring.ts'
import { putsRows } from '../store/many-rows.ts'
import { preparedIn, type SlotOf } from '../store/prepared.ts'
import type { Lane, Store, Tx } from '../store/store.ts'
import { type ChainHead, namedAtBirth, writeBirth } from './birth.ts'
import type { EventName } from './events.ts'
import type { Facts, ShapedFacts } from './evidence.ts'
import { recordColumns } from './records.ts'

export type { ChainHead } from './birth.ts'

/** Who did it: an account's id, `anonymous`, `system`, or `operator:<system user>`. */
export type Actor = string

interface Trace {
  readonly actor: Actor
  /** Account that it was done to. */
  readonly subject?: string
  /** Address that the request came from. */
  readonly address?: string
  readonly requestId?: string
}

/** Events of whose facts nothing is read but by people. */
export type PlainEvent = Exclude<EventName, keyof ShapedFacts>

export type AuditEvent =
  | (Trace & { readonly event: PlainEvent; readonly args?: Facts })
  | {
      readonly [Name in keyof ShapedFacts]: Trace & {
        readonly event: Name
        readonly args: ShapedFacts[Name]
      }
    }[keyof ShapedFacts]

export interface Audit {
  /** Appends to the chain of the transaction's lane, in the transaction of the change itself. */
  record(tx: Tx, ...events: readonly [AuditEvent, ...AuditEvent[]]): Promise<void>
  /** The chains that this process has appended to. */
  chains(): readonly string[]
}

/** The columns that a record's HMAC covers, in order. */
export interface SignedColumns {
  readonly id: string
  readonly chain_id: string
  readonly position: number
  readonly at: number
  readonly event: string
  readonly actor: string
  readonly subject: string | null
  readonly address: string | null
  readonly request_id: string | null
  readonly args: string
  readonly key_id: string
}

/** HMAC-SHA-256 over the columns and the record before: a change, a gap or a swap anywhere breaks every later one. */
export function signRecord(key: Buffer | KeyObject, columns: SignedColumns, previous: string): string {
  const { id, chain_id, position, at, event, actor, subject, address, request_id, args, key_id } = columns
  const covered = JSON.stringify([
    previous,
    id,
    chain_id,
    position,
    at,
    event,
    actor,
    subject,
    address,
    request_id,
    args,
    key_id,
  ])
  return createHmac('sha256', key).update(covered).digest('base64url')
}

function columnsOf(
  given: AuditEvent,
  link: { readonly chain: string; readonly position: number; readonly at: number; readonly keyId: string },
): SignedColumns {
  return {
    id: newId(link.at),
    chain_id: link.chain,
    position: link.position,
    at: link.at,
    event: given.event,
    actor: given.actor,
    subject: given.subject ?? null,
    address: given.address ?? null,
    request_id: given.requestId ?? null,
    args: JSON.stringify(given.args ?? {}),
    key_id: link.keyId,
  }
}

type RecordRow = SignedColumns & { readonly hmac: string }

/** A statement that appends so many records. */
const appendOf = (count: number) =>
  preparedIn((db, slot: SlotOf<string>) =>
    db
      .insertInto('audit_record')
      .values(
        Array.from(
          { length: count },
          (_, index) =>
            Object.fromEntries(recordColumns.map(name => [name, slot(name + index)])) as Record<
              keyof RecordRow,
              RawBuilder<never>
            >,
        ),
      ),
  )

/** Most transactions leave one, two or three records; only those statements are kept. */
const appends = [appendOf(1), appendOf(2), appendOf(3)]
const putRecords = putsRows('audit_record', recordColumns)

async function append(tx: Tx, records: readonly RecordRow[]): Promise<void> {
  const run = appends[records.length - 1]
  if (run === undefined) await putRecords(tx.db, records)
  else {
    const values = records.flatMap((record, index) => recordColumns.map(name => [name + index, record[name]]))
    await run(tx, Object.fromEntries(values))
  }
}

/** Only from where the lane left it. */
const moveHead = preparedIn((db, slot: SlotOf<'chain' | 'length' | 'head' | 'next'>) =>
  db
    .updateTable('audit_chain')
    .set({ head: slot<string>('head'), length: slot<number>('next') })
    .where('id', '=', slot<string>('chain'))
    .where('length', '=', slot<number>('length')),
)

/** The head of a chain that has no record yet. */
export const emptyHead = ''

/**
 * The append-only log. Each lane of the process has a chain of its own, so appending never makes two transactions wait
 * for each other; its head is a row that changes with the record.
 */
export function createAudit(keyring: Keyring, now: () => number): Audit {
  const heads = new WeakMap<Lane, ChainHead>()
  const chains = new Set<string>()
  const auditKey = createSecretKey(keyring.key('audit') ?? Buffer.alloc(0))

  async function headOf(tx: Tx): Promise<ChainHead> {
    const known = heads.get(tx.lane)
    if (known !== undefined) return known
    const startedAt = now()
    const chain = newId(startedAt)
    const before = await tx.db
      .selectFrom('audit_chain')
      .select(['id as chain', 'length', 'head'])
      .orderBy('id', 'desc')
      .limit(namedAtBirth)
      .execute()
    const birth = writeBirth({ startedAt, host: hostname(), before })
    await tx.db
      .insertInto('audit_chain')
      .values({ id: chain, started_at: startedAt, host: hostname(), length: 0, head: emptyHead, birth })
      .execute()
    return { chain, length: 0, head: birth }
  }

  return {
    async record(tx, ...given) {
      const { chain, length, head } = await headOf(tx)
      let previous = head
      const records = given.map((event, index) => {
        const columns = columnsOf(event, {
          chain,
          position: length + 1 + index,
          at: now(),
          keyId: keyring.currentId,
        })
        previous = signRecord(auditKey, columns, previous)
        return { ...columns, hmac: previous }
      })
      const next = length + records.length
      const [, moved] = await Promise.all([
        append(tx, records),
        moveHead(tx, { chain, length, head: previous, next }),
      ])
      if (moved.numAffectedRows !== 1n)
        throw new Error(`The audit chain ${chain} was changed by someone else.`)
      heads.set(tx.lane, { chain, length: next, head: previous })
      chains.add(chain)
    },
    chains: () => [...chains],
  }
}

/**
 * Where chains end now, for the process log: a copy kept elsewhere shows when a tail was cut. `since`: also those that
 * began after this moment, as each run of the command line does.
 */
export async function readHeads(
  store: Store,
  chains: readonly string[],
  since = Number.MAX_SAFE_INTEGER,
): Promise<readonly ChainHead[]> {
  return store.read
    .selectFrom('audit_chain')
    .select(['id as chain', 'length', 'head'])
    .where(eb =>
      eb.or([eb('started_at', '>=', since), ...(chains.length === 0 ? [] : [eb('id', 'in', chains)])]),
    )
    .execute()
}
