import { type RawBuilder, sql } from 'kysely'
import { barOf, stateOf } from '../account/rules.ts'
import { parsePolicy } from '../policy/policy.ts'
import { hashToken } from '../store/ids.ts'
import { prepared } from '../store/prepared.ts'
import type { EndReason, Flag } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { type AccountRow, accountColumns, factsOf, placeInForce } from './facts.ts'
import { clockSlack, expiryOf, pendingLifetime, rotationGrace } from './limits.ts'
import { nextStep } from './next-step.ts'
import { isStepMet, parseProofs } from './proofs.ts'
import { type Holder, personOf, type Visitor } from './visitor.ts'

/** First characters of the two kinds of token, so that one look-up finds the row. */
export const tokenMark = { pending: 'p.', session: 's.' } as const

interface HolderRow extends AccountRow {
  readonly id: string
  readonly token_hash: string
  readonly holder_epoch: number
  readonly csrf_secret: string
  readonly proofs: string
  readonly created_at: number
  readonly failures_before: number
  readonly return_to: string
  readonly organization_id: string | null
  readonly workgroup_id: string | null
}

interface PendingRow extends HolderRow {
  readonly keeps_computer: Flag
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
  /** The owner of this cookie, with everything the request needs from the store: one query. */
  read(cookie: string | undefined, now: number): Promise<Visitor>
  /** The session of this id, for who holds something that came from it. */
  bySession(id: string, now: number): Promise<Visitor>
}

const stranger: Visitor = { kind: 'stranger', ended: undefined }

const over = (row: SessionRow, reason: EndReason): Visitor => ({
  kind: 'stranger',
  ended: {
    id: row.id,
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
      `${holder}.id`,
      `${holder}.token_hash`,
      `${holder}.epoch as holder_epoch`,
      `${holder}.csrf_secret`,
      `${holder}.proofs`,
      `${holder}.created_at`,
      `${holder}.failures_before`,
      `${holder}.return_to`,
      `${holder}.organization_id`,
      `${holder}.workgroup_id`,
    ] as const
  const pendingByToken = prepared<'hash' | 'now', PendingRow>(store, slot =>
    store.read
      .selectFrom('pending_sign_in')
      .innerJoin('account', 'account.id', 'pending_sign_in.account_id')
      .select(accountColumns(asTime(slot('now')), 'pending_sign_in'))
      .select(shared('pending_sign_in'))
      .select('pending_sign_in.keeps_computer')
      .where('pending_sign_in.token_hash', '=', slot<string>('hash')),
  )
  const sessionBy = (column: 'id' | 'token_hash' | 'previous_token_hash') =>
    prepared<'hash' | 'now', SessionRow>(store, slot =>
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
        .where(`session.${column}`, '=', slot<string>('hash'))
        .$if(column === 'previous_token_hash', query =>
          query
            .where('session.previous_until', '>', asTime(slot('now')))
            .where(
              'session.previous_until',
              '<=',
              sql<number>`${asTime(slot('now'))} + ${sql.lit(rotationGrace)}`,
            ),
        ),
    )
  const sessionById = sessionBy('id')
  const sessionByToken = sessionBy('token_hash')
  const sessionByPrevious = sessionBy('previous_token_hash')

  async function readSession(hash: string, now: number): Promise<Visitor> {
    const row = await sessionByToken({ hash, now })
    return row === undefined ? readFormer(hash, now) : sessionOf(row, now)
  }

  /** A clock that was set back brings no former cookie back: its end may not be farther than the grace. */
  async function readFormer(hash: string, now: number): Promise<Visitor> {
    const row = await sessionByPrevious({ hash, now })
    return row === undefined ? stranger : sessionOf({ ...row, token_hash: hash }, now, true)
  }

  async function readPending(hash: string, now: number): Promise<Visitor> {
    const row = await pendingByToken({ hash, now })
    return row === undefined ? readFormer(hash, now) : pendingOf(row, now)
  }

  return {
    async read(cookie, now) {
      if (cookie === undefined || cookie.length !== 45) return stranger
      const hash = hashToken(cookie.slice(2))
      if (cookie.startsWith(tokenMark.session)) return readSession(hash, now)
      if (cookie.startsWith(tokenMark.pending)) return readPending(hash, now)
      return stranger
    },
    async bySession(id, now) {
      const row = await sessionById({ hash: id, now })
      return row === undefined ? stranger : sessionOf(row, now)
    },
  }
}

/** PostgreSQL cannot tell the type of a bare parameter. */
const asTime = (slot: RawBuilder<number>) => sql<number>`cast(${slot} as bigint)`

function holderOf(row: HolderRow, now: number) {
  const proofs = parseProofs(row.proofs)
  const organization = placeInForce(row.organization_list, row.organization_id)
  const workgroup = placeInForce(row.workgroup_list, row.workgroup_id)
  const facts = factsOf(row, { codeProven: isStepMet(proofs), organization, workgroup })
  return {
    id: row.id,
    tokenHash: row.token_hash,
    proofs,
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
  const isOfNow = row.created_at + pendingLifetime > now && row.created_at <= now + clockSlack
  const alive = row.holder_epoch === row.account_epoch && isOfNow
  if (!alive || barOf(stateOf(row), now) !== undefined) return stranger
  return {
    kind: 'pending',
    ...holderOf(row, now),
    keepsComputer: row.keeps_computer === 1,
  } satisfies Holder
}

function sessionOf(row: SessionRow, now: number, isFormer = false): Visitor {
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
    ...holderOf(row, now),
    lastSeenAt: row.last_seen_at,
    previousSignInAt: row.previous_sign_in_at,
    reauthenticatedAt: row.reauthenticated_at,
    isFormer,
  } satisfies Holder
}
