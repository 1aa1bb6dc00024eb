import { type RawBuilder, sql } from 'kysely'
import { barOf, stateOf } from '../account/rules.ts'
import { parsePolicy } from '../policy/policy.ts'
import { hashToken } from '../store/ids.ts'
import { prepared } from '../store/prepared.ts'
import type { EndReason } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { type AccountRow, accountColumns, factsOf, placeInForce } from './facts.ts'
import { expiryOf, pendingLifetime, rotationGrace } from './limits.ts'
import { nextStep } from './next-step.ts'
import { type Holder, personOf, type Visitor } from './visitor.ts'

/** First signs of the two kinds of token, so that one look-up finds the row. */
export const tokenMark = { pending: 'p.', session: 's.' } as const

interface HolderRow extends AccountRow {
  readonly id_hash: string
  readonly holder_epoch: number
  readonly csrf_secret: string
  readonly created_at: number
  readonly failures_before: number
  readonly return_to: string
  readonly organization_id: string | null
  readonly workgroup_id: string | null
}

interface PendingRow extends HolderRow {
  readonly code_proven_at: number | null
}

interface SessionRow extends HolderRow {
  readonly last_seen_at: number
  readonly reauthenticated_at: number | null
  readonly previous_sign_in_at: number | null
  readonly previous_until: number | null
  readonly ended_at: number | null
  readonly end_reason: EndReason | null
}

export interface VisitorReader {
  /** Who sends this cookie, with everything that the request needs of the store: one query. */
  read(cookie: string | undefined, now: number): Promise<Visitor>
}

const stranger: Visitor = { kind: 'stranger', ended: undefined }

const over = (row: SessionRow, reason: EndReason): Visitor => ({
  kind: 'stranger',
  ended: {
    idHash: row.id_hash,
    accountId: row.account_id,
    epoch: row.holder_epoch,
    csrfSecret: row.csrf_secret,
    reason,
    stored: row.ended_at !== null,
  },
})

export function createVisitorReader(store: Store): VisitorReader {
  const shared = <Holder extends 'session' | 'pending_sign_in'>(holder: Holder) =>
    [
      `${holder}.id_hash`,
      `${holder}.epoch as holder_epoch`,
      `${holder}.csrf_secret`,
      `${holder}.created_at`,
      `${holder}.failures_before`,
      `${holder}.return_to`,
      `${holder}.organization_id`,
      `${holder}.workgroup_id`,
    ] as const
  const pendingById = prepared<'id' | 'now', PendingRow>(store, slot =>
    store.read
      .selectFrom('pending_sign_in')
      .innerJoin('account', 'account.id', 'pending_sign_in.account_id')
      .select(accountColumns(asTime(slot('now')), 'pending_sign_in'))
      .select(shared('pending_sign_in'))
      .select('pending_sign_in.code_proven_at')
      .where('pending_sign_in.id_hash', '=', slot<string>('id')),
  )
  const sessionBy = (column: 'id_hash' | 'previous_id_hash') =>
    prepared<'id' | 'now', SessionRow>(store, slot =>
      store.read
        .selectFrom('session')
        .innerJoin('account', 'account.id', 'session.account_id')
        .select(accountColumns(asTime(slot('now')), 'session'))
        .select(shared('session'))
        .select([
          'session.last_seen_at',
          'session.reauthenticated_at',
          'session.previous_sign_in_at',
          'session.previous_until',
          'session.ended_at',
          'session.end_reason',
        ])
        .where(`session.${column}`, '=', slot<string>('id'))
        .$if(column === 'previous_id_hash', query =>
          query.where('session.previous_until', '>', asTime(slot('now'))),
        ),
    )
  const sessionById = sessionBy('id_hash')
  const sessionByPrevious = sessionBy('previous_id_hash')

  async function readSession(id: string, now: number): Promise<Visitor> {
    const row = await sessionById({ id, now })
    return row === undefined ? readFormer(id, now) : sessionOf(row, now)
  }

  async function readFormer(id: string, now: number): Promise<Visitor> {
    const row = await sessionByPrevious({ id, now })
    return row === undefined ? stranger : sessionOf(withoutLaterProof(row), now)
  }

  async function readPending(id: string, now: number): Promise<Visitor> {
    const row = await pendingById({ id, now })
    return row === undefined ? readFormer(id, now) : pendingOf(row, now)
  }

  return {
    async read(cookie, now) {
      if (cookie === undefined || cookie.length !== 45) return stranger
      const id = hashToken(cookie.slice(2))
      if (cookie.startsWith(tokenMark.session)) return readSession(id, now)
      if (cookie.startsWith(tokenMark.pending)) return readPending(id, now)
      return stranger
    },
  }
}

/** PostgreSQL cannot tell the type of a bare parameter. */
const asTime = (slot: RawBuilder<number>) => sql<number>`cast(${slot} as bigint)`

/**
 * The session as the holder of its former id may use it. A password given again counts for the id that it brought forth:
 * whoever has stolen the one before gains nothing by it.
 */
function withoutLaterProof(row: SessionRow): SessionRow {
  const { reauthenticated_at: proven, previous_until: until } = row
  const isLater = proven !== null && until !== null && proven >= until - rotationGrace
  return isLater ? { ...row, reauthenticated_at: null } : row
}

function holderOf(row: HolderRow, codeProven: boolean, now: number) {
  const organization = placeInForce(row.organization_list, row.organization_id)
  const workgroup = placeInForce(row.workgroup_list, row.workgroup_id)
  const facts = factsOf(row, { codeProven, organization, workgroup })
  return {
    idHash: row.id_hash,
    person: personOf(row),
    csrfSecret: row.csrf_secret,
    facts,
    step: nextStep(facts, now),
    organization,
    workgroup,
    failuresBefore: row.failures_before,
    returnTo: row.return_to,
    createdAt: row.created_at,
    row,
  }
}

function pendingOf(row: PendingRow, now: number): Visitor {
  const alive = row.holder_epoch === row.account_epoch && row.created_at + pendingLifetime > now
  if (!alive || barOf(stateOf(row), now) !== undefined) return stranger
  return { kind: 'pending', ...holderOf(row, row.code_proven_at !== null, now) } satisfies Holder
}

function sessionOf(row: SessionRow, now: number): Visitor {
  if (row.ended_at !== null) return over(row, row.end_reason ?? 'signed-out')
  if (row.holder_epoch !== row.account_epoch) return over(row, 'credential')
  const expired = expiryOf(
    { createdAt: row.created_at, lastSeenAt: row.last_seen_at },
    parsePolicy(row.policy),
    now,
  )
  if (expired !== undefined) return over(row, expired)
  if (barOf(stateOf(row), now) !== undefined) return over(row, 'ended-by-helpdesk')
  return {
    kind: 'session',
    ...holderOf(row, true, now),
    lastSeenAt: row.last_seen_at,
    previousSignInAt: row.previous_sign_in_at,
    reauthenticatedAt: row.reauthenticated_at,
  } satisfies Holder
}
