import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely'
import type { Keyring } from '../store/keyring.ts'
import { preparedIn, type SlotOf } from '../store/prepared.ts'
import type { Database } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { caps, freeFailures, type Share, sourceWaitAfter, sourceWindow, steps, waitAfter } from './rules.ts'

/** Which counter: what is guessed, by whom. */
export type CounterKind =
  | 'password-stranger'
  | 'password-known'
  | 'code'
  | 'reauthentication'
  | 'answer'
  | 'recovery-mail'
  | 'recovery-source'
  | 'source'
  | 'agent'
  | 'link-reuse'
  | 'forgery'
  | 'refusal'
  | 'application'

/** Row name of a counter: the HMAC says nothing of the name or address to who reads the table. */
export const counterName = (keyring: Keyring, kind: CounterKind, of: string): string =>
  `${kind}:${keyring.sign('name', `${kind} ${of}`)}`

export type Claim =
  | { readonly ok: true; readonly failures: number }
  | { readonly ok: false; readonly until: number }

/** More failures than any counter reaches; an `integer` on both engines. */
const noLimit = 2 ** 31 - 1

/** `until` of a counter that no time opens again: only a reset, a known browser or the helpdesk does. */
export const never = Number.MAX_SAFE_INTEGER

type Throttles = ExpressionBuilder<Database, 'throttle'>

const waitCase = (failures: Expression<number>, wait: (failures: number) => number) => {
  const list = steps(wait)
  const whens = list.map(step => sql`when ${failures} >= ${sql.lit(step.from)} then ${sql.lit(step.wait)}`)
  return sql<number>`(case ${sql.join(whens, sql` `)} else 0 end)`
}

const takeTry = preparedIn((db, slot: SlotOf<'name' | 'now' | 'limit'>) => {
  const next = sql<number>`throttle.failures + 1`
  const now = sql<number>`cast(${slot('now')} as bigint)`
  const open = (eb: Throttles): Expression<SqlBool> =>
    eb.and([
      eb('throttle.blocked_until', '<=', now),
      eb('throttle.failures', '<', sql<number>`cast(${slot('limit')} as integer)`),
    ])
  return db
    .insertInto('throttle')
    .values({ name: slot('name'), failures: 1, blocked_until: 0, window_from: now, updated_at: now })
    .onConflict(conflict =>
      conflict
        .column('name')
        .doUpdateSet({
          failures: next,
          blocked_until: sql<number>`${now} + ${waitCase(next, waitAfter)}`,
          updated_at: now,
        })
        .where(open),
    )
    .returning('failures')
})

/**
 * Counts one try as failed before it is checked, in one statement: of 50 tries at once none is let through beyond the
 * limit. A right one clears the counter afterwards.
 */
export async function claimTry(
  db: Kysely<Database>,
  name: string,
  now: number,
  limit: number = noLimit,
): Promise<Claim> {
  const [claimed] = (await takeTry(db, { name, now, limit })).rows
  if (claimed !== undefined) return { ok: true, failures: claimed.failures }
  const row = await db
    .selectFrom('throttle')
    .select(['failures', 'blocked_until'])
    .where('name', '=', name)
    .executeTakeFirst()
  if (row === undefined) return { ok: false, until: now }
  return { ok: false, until: row.failures >= limit ? never : row.blocked_until }
}

/** Takes a claimed try back that could not be checked: a busy server is nobody's failure, and nothing was learned. */
export async function giveBackTry(db: Kysely<Database>, name: string): Promise<void> {
  await db
    .updateTable('throttle')
    .set({ failures: sql<number>`failures - 1`, blocked_until: 0 })
    .where('name', '=', name)
    .where('failures', '>', 0)
    .execute()
}

/** `first`: the one with which the wait begins, so that of all that are refused one is told of. */
export type ShareClaim =
  | { readonly ok: true }
  | { readonly ok: false; readonly until: number; readonly first: boolean }

/** Takes one of a share, in one statement: of any number at once no more are let through than it has (`countShare`). */
export async function claimShare(
  db: Kysely<Database>,
  name: string,
  share: Share,
  now: number,
): Promise<ShareClaim> {
  const over = sql<boolean>`(throttle.window_from <= ${now - share.window} or throttle.window_from > ${now + share.window})`
  const claimed = await db
    .insertInto('throttle')
    .values({ name, failures: 1, blocked_until: 0, window_from: now, updated_at: now })
    .onConflict(conflict =>
      conflict
        .column('name')
        .doUpdateSet({
          failures: sql<number>`(case when ${over} then 1 else throttle.failures + 1 end)`,
          window_from: sql<number>`(case when ${over} then cast(${now} as bigint) else throttle.window_from end)`,
          updated_at: now,
        })
        .where(eb => eb.or([over, eb('throttle.failures', '<=', share.most)])),
    )
    .returning(['failures', 'window_from'])
    .executeTakeFirst()
  if (claimed !== undefined && claimed.failures <= share.most) return { ok: true }
  const row =
    claimed ??
    (await db.selectFrom('throttle').select('window_from').where('name', '=', name).executeTakeFirst())
  return { ok: false, until: (row?.window_from ?? now) + share.window, first: claimed !== undefined }
}

/**
 * Counts a failure of an address. Right tries are not counted, so two hundred people may arrive at once.
 * @returns how many it has in its window now.
 */
export async function countSourceFailure(tx: Tx, name: string, now: number): Promise<number> {
  const failures = sql<number>`(case when throttle.window_from <= ${now - sourceWindow} then 1 else throttle.failures + 1 end)`
  const counted = await tx.db
    .insertInto('throttle')
    .values({ name, failures: 1, blocked_until: 0, window_from: now, updated_at: now })
    .onConflict(conflict =>
      conflict.column('name').doUpdateSet({
        failures,
        blocked_until: sql<number>`cast(${now} as bigint) + ${waitCase(failures, sourceWaitAfter)}`,
        window_from: sql<number>`(case when throttle.window_from <= ${now - sourceWindow} then cast(${now} as bigint) else throttle.window_from end)`,
        updated_at: now,
      }),
    )
    .returning('failures')
    .executeTakeFirstOrThrow()
  return counted.failures
}

/** The failures that count against an address now. */
export interface SourceState {
  /** Until when no stranger is heard there, in milliseconds since 1970. */
  readonly blockedUntil: number
  /** Failures in the window that is open. */
  readonly failures: number
}

/** The state of an address from its row. */
export const sourceState = (
  row: { readonly blocked_until: number; readonly failures: number; readonly window_from: number },
  now: number,
): SourceState => ({
  blockedUntil: row.blocked_until,
  failures: row.window_from <= now - sourceWindow ? 0 : row.failures,
})

export async function readSource(db: Kysely<Database>, name: string, now: number): Promise<SourceState> {
  const row = await db
    .selectFrom('throttle')
    .select(['blocked_until', 'failures', 'window_from'])
    .where('name', '=', name)
    .executeTakeFirst()
  return row === undefined ? { blockedUntil: 0, failures: 0 } : sourceState(row, now)
}

const day = 24 * 3_600_000

/** Kinds of counters of what is guessed. */
const guesses: readonly CounterKind[] = [
  'password-stranger',
  'password-known',
  'code',
  'reauthentication',
  'answer',
]

/**
 * Forgets counters that nobody touched for a day: then nothing says that the name was ever tried. One that has made a
 * guesser wait stays for 30 days, and one at its cap until it is cleared, for names that exist and names that do not alike.
 * @returns how many were forgotten.
 */
export async function forgetQuiet(db: Kysely<Database>, now: number): Promise<number> {
  const ofKind = (eb: Throttles, kind: CounterKind) => eb('name', 'like', `${kind}:%`)
  const forgotten = await db
    .deleteFrom('throttle')
    .where('updated_at', '<', now - day)
    .where('blocked_until', '<', now)
    .where(eb =>
      eb.or([
        eb('failures', '<=', freeFailures),
        eb('updated_at', '<', now - 30 * day),
        eb.not(eb.or(guesses.map(kind => ofKind(eb, kind)))),
      ]),
    )
    .where(eb =>
      eb.not(
        eb.or(
          (Object.keys(caps) as (keyof typeof caps)[]).map(kind =>
            eb.and([ofKind(eb, kind), eb('failures', '>=', caps[kind])]),
          ),
        ),
      ),
    )
    .executeTakeFirst()
  return Number(forgotten.numDeletedRows)
}

const dropCounters = preparedIn((db, slot: SlotOf<'one' | 'other'>) =>
  db
    .deleteFrom('throttle')
    .where('name', 'in', [slot<string>('one'), slot<string>('other')])
    .returning(['name', 'failures']),
)

/** Forgets counters; says how many failures each had. */
export async function clearCounters(tx: Tx, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const cleared = new Map<string, number>()
  for (let at = 0; at < names.length; at += 2) {
    const [one = '', other = one] = names.slice(at, at + 2)
    for (const row of (await dropCounters(tx, { one, other })).rows) cleared.set(row.name, row.failures)
  }
  return cleared
}
