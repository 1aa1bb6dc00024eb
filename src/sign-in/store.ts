import { sql } from 'kysely'
import type { StoredHash } from '../password/hashing.ts'
import { type AccountRow, accountColumns } from '../session/facts.ts'
import { prepared } from '../store/prepared.ts'
import type { Store } from '../store/store.ts'
import { type SourceState, sourceState } from '../throttle/store.ts'

interface Found {
  readonly policy: string
  readonly encoded: string | null
  readonly pepper_id: string | null
  readonly last_organization_id: string | null
  readonly last_workgroup_id: string | null
  /** Until when the caller's address waits, in milliseconds since 1970. */
  readonly source_blocked_until: number | null
  readonly source_failures: number | null
  readonly source_from: number | null
}

type KnownRow = Found & AccountRow & { readonly username_key: string }
type UnknownRow = Found & { readonly account_id: null }

/** What sign-in needs to know before the password is checked: the same query whether the name exists or not. */
export interface Claimant {
  readonly account: KnownRow | undefined
  readonly policy: string
  readonly stored: StoredHash | undefined
  readonly source: SourceState
}

export type ClaimantReader = (usernameKey: string, source: string, now: number) => Promise<Claimant>

export function createClaimantReader(store: Store): ClaimantReader {
  const find = prepared<'name' | 'source' | 'now', KnownRow | UnknownRow>(store, slot =>
    store.read
      .selectFrom(sql<{ one: number }>`(select 1 as one)`.as('always'))
      .leftJoin('account', join =>
        join.on(eb =>
          eb.or([
            eb('account.username_key', '=', slot<string>('name')),
            eb('account.sign_in_email_key', '=', slot<string>('name')),
          ]),
        ),
      )
      .leftJoin('credential', 'credential.account_id', 'account.id')
      .select(accountColumns(sql<number>`cast(${slot('now')} as bigint)`))
      .select([
        'account.username_key',
        'credential.encoded',
        'credential.pepper_id',
        'account.last_organization_id',
        'account.last_workgroup_id',
      ])
      .leftJoin('throttle', join => join.on('throttle.name', '=', slot<string>('source')))
      .select([
        'throttle.blocked_until as source_blocked_until',
        'throttle.failures as source_failures',
        'throttle.window_from as source_from',
      ])
      .$castTo<KnownRow | UnknownRow>(),
  )
  return async (usernameKey, source, now) => {
    const row = await find({ name: usernameKey, source, now })
    if (row === undefined) throw new Error('A query that always has one row had none.')
    const stored =
      row.encoded !== null && row.pepper_id !== null
        ? { encoded: row.encoded, pepperId: row.pepper_id }
        : undefined
    return {
      account: row.account_id === null ? undefined : row,
      policy: row.policy,
      stored,
      source: sourceState(
        {
          blocked_until: row.source_blocked_until ?? 0,
          failures: row.source_failures ?? 0,
          window_from: row.source_from ?? 0,
        },
        now,
      ),
    }
  }
}
