import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { isOpenTo } from '../account/kept-apart.ts'
import { actorOf } from '../administration/act.ts'
import type { Reach } from '../administration/reach.ts'
import { done, refuse } from '../refusals.ts'
import type { Services } from '../session/services.ts'
import { newId } from '../store/ids.ts'
import type { RenewalTable } from '../store/schema.ts'
import type { Store, Tx } from '../store/store.ts'
import { type CampaignAct, looksAfterAll } from './campaign.ts'
import type { AgencyOutcome } from './contacts.ts'
import { type Audience, audienceOf, type Reader, renewalAsCsv } from './renewal-facts.ts'

type Parts = Pick<Services, 'audit'>

/** What a renewal is planned with. Times are milliseconds since 1970. */
export interface NewRenewal {
  readonly name: string
  readonly startsAt: number
  /** When the last day is over. */
  readonly endsAt: number
  readonly audience: Audience
  /** Ids of courses that are finished anew. */
  readonly courses: readonly string[]
  /** The terms are accepted anew. */
  readonly terms: boolean
  /** Days before the end on which people and contacts are reminded, the earliest first. */
  readonly reminders: readonly number[]
  /** Whoever has not renewed at the end is kept out until they have. */
  readonly keepsOut: boolean
}

/** How many people it would be for now. */
export async function countAudience({ read }: Store, audience: Audience, now: number): Promise<number> {
  const { count } = await audienceOf(read, audience, now)
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Plans a renewal; one whose first day has come opens at once. @returns its id. */
export async function startRenewal(
  parts: Parts,
  tx: Tx,
  { agent, now }: CampaignAct,
  given: NewRenewal,
): Promise<AgencyOutcome<string>> {
  if (!(await looksAfterAll(tx, agent, now))) return refuse({ code: 'account.not-yours' })
  const id = newId(now)
  const row = {
    ...{ id, name: given.name, started_by: agent.actor, created_at: now },
    ...{ starts_at: given.startsAt, ends_at: given.endsAt, audience: JSON.stringify(given.audience) },
    ...{ courses: JSON.stringify(given.courses), reminders: JSON.stringify(given.reminders) },
    terms: given.terms ? (1 as const) : (0 as const),
    keeps_out: given.keepsOut ? (1 as const) : (0 as const),
    ...{ opened_at: null, closed_at: null, sha256: null },
  }
  await tx.db.insertInto('renewal').values(row).execute()
  await parts.audit.record(tx, {
    event: 'sensitive_create',
    ...actorOf(agent),
    args: { what: 'renewal', id, ...given, audience: { ...given.audience } },
  })
  if (given.startsAt <= now) await openRenewal(parts, tx, row, now)
  return done(id)
}

/** Writes down whom it is for, as they are now; of several processes one does. */
export async function openRenewal(parts: Parts, tx: Tx, renewal: RenewalTable, now: number): Promise<void> {
  const { id, name, starts_at, terms } = renewal
  const opened = await tx.db
    .updateTable('renewal')
    .set({ opened_at: now })
    .where('id', '=', id)
    .where('opened_at', 'is', null)
    .where('closed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (opened === undefined) return
  const audience = JSON.parse(renewal.audience) as Audience
  await tx.db
    .insertInto('renewal_line')
    .columns(['renewal_id', 'account_id', 'username', 'person', 'sort_key'])
    .expression(
      audienceOf(tx.db, audience, now).select([
        sql<string>`cast(${id} as text)`.as('renewal_id'),
        'account.id',
        'account.username',
        sql<string>`trim(account.first_name || ' ' || account.last_name)`.as('person'),
        sql<string>`trim(account.last_name || ' ' || account.first_name)`.as('sort_key'),
      ]),
    )
    .execute()
  await tx.db
    .insertInto('renewal_place')
    .columns(['renewal_id', 'organization_id'])
    .expression(eb =>
      eb
        .selectFrom('organization')
        .select([sql<string>`cast(${id} as text)`.as('renewal_id'), 'organization.id'])
        .where('retired_at', 'is', null)
        .where('organization.id', 'in', other =>
          other
            .selectFrom('account_organization')
            .innerJoin('renewal_line', 'renewal_line.account_id', 'account_organization.account_id')
            .select('organization_id')
            .where('renewal_id', '=', id)
            .where('is_active', '=', 1),
        ),
    )
    .execute()
  if (terms === 1)
    await tx.db
      .updateTable('account')
      .set({ terms_since: starts_at })
      .where('id', 'in', eb =>
        eb.selectFrom('renewal_line').select('account_id').where('renewal_id', '=', id),
      )
      .execute()
  const { people } = await tx.db
    .selectFrom('renewal_line')
    .select(eb => eb.fn.countAll<number>().as('people'))
    .where('renewal_id', '=', id)
    .executeTakeFirstOrThrow()
  await parts.audit.record(tx, {
    event: 'sensitive_update',
    actor: 'system',
    args: { what: 'renewal', name, id, state: 'opened', people: Number(people) },
  })
}

/** How far an organization is, or everyone: people whose account is in use. */
export interface RenewalProgress {
  readonly organizationId: string
  readonly name: string
  readonly people: number
  readonly open: number
}

/** How far everyone is whose account is in use, each person once. */
export async function readRenewalTotal(
  db: Reader,
  renewalId: string,
): Promise<Pick<RenewalProgress, 'people' | 'open'>> {
  const { people, renewed } = await db
    .selectFrom('renewal_line as line')
    .innerJoin('account', 'account.id', 'line.account_id')
    .select(eb => [eb.fn.countAll<number>().as('people'), eb.fn.count<number>('line.done_at').as('renewed')])
    .where('line.renewal_id', '=', renewalId)
    .where('account.deactivated_at', 'is', null)
    .executeTakeFirstOrThrow()
  return { people: Number(people), open: Number(people) - Number(renewed) }
}

/** The people of a renewal who still belong to organizations, with the memberships. */
const lines = (db: Reader, renewalId: string, reach: Reach) =>
  db
    .selectFrom('renewal_line as line')
    .innerJoin('account', 'account.id', 'line.account_id')
    .innerJoin('account_organization as membership', 'membership.account_id', 'line.account_id')
    .innerJoin('organization', 'organization.id', 'membership.organization_id')
    .where('line.renewal_id', '=', renewalId)
    .where('membership.is_active', '=', 1)
    .where('organization.retired_at', 'is', null)
    .where('account.deactivated_at', 'is', null)
    .$if(reach !== undefined, query =>
      query.where('organization.id', 'in', ['', ...(reach ?? [])]).where(isOpenTo(reach ?? [])),
    )

/** The organizations of a renewal by name, with how far each is, as somebody with this limit may know. */
export async function readRenewalProgress(
  db: Reader,
  renewalId: string,
  reach: Reach,
): Promise<readonly RenewalProgress[]> {
  const rows = await lines(db, renewalId, reach)
    .select(['organization.id', 'organization.name'])
    .select([
      sql<number>`count(*)`.as('people'),
      sql<number>`coalesce(sum(case when line.done_at is null then 1 else 0 end), 0)`.as('open'),
    ])
    .groupBy(['organization.id', 'organization.name'])
    .orderBy('organization.name')
    .execute()
  return rows.map(row => ({
    ...{ organizationId: row.id, name: row.name },
    ...{ people: Number(row.people), open: Number(row.open) },
  }))
}

/** Names of an organization's people who have not renewed, for its contact. */
export const readNotRenewed = async (
  db: Reader,
  renewalId: string,
  organizationId: string,
): Promise<readonly string[]> =>
  (
    await lines(db, renewalId, [organizationId])
      .select(['line.person', 'line.username'])
      .where('line.done_at', 'is', null)
      .orderBy('line.sort_key')
      .orderBy('line.account_id')
      .execute()
  ).map(({ person, username }) => person || username)

/** Renewals, the newest first; of one organization only those that are open and have its people in them. */
export const readRenewals = ({ read }: Store, organizationId?: string) =>
  read
    .selectFrom('renewal')
    .selectAll()
    .$if(organizationId !== undefined, query =>
      query
        .where('opened_at', 'is not', null)
        .where('closed_at', 'is', null)
        .where('id', 'in', eb =>
          eb
            .selectFrom('renewal_place')
            .select('renewal_id')
            .where('organization_id', '=', organizationId ?? ''),
        ),
    )
    .orderBy('starts_at', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute()

export const readRenewal = (db: Reader, id: string): Promise<RenewalTable | undefined> =>
  db.selectFrom('renewal').selectAll().where('id', '=', id).executeTakeFirst()

/** The result of a renewal, person by person in a fixed order. */
export async function readRenewalResult(db: Reader, renewalId: string) {
  const rows = await db
    .selectFrom('renewal_line as line')
    .select(['line.account_id', 'username', 'person', 'done_at', 'outcome'])
    .where('renewal_id', '=', renewalId)
    .orderBy('sort_key')
    .orderBy('line.account_id')
    .execute()
  const places = await db
    .selectFrom('account_organization')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .innerJoin('renewal_line', 'renewal_line.account_id', 'account_organization.account_id')
    .select(['account_organization.account_id', 'organization.name'])
    .where('renewal_id', '=', renewalId)
    .where('is_active', '=', 1)
    .orderBy('organization.name')
    .execute()
  const byAccount = Map.groupBy(places, place => place.account_id)
  return rows.map(row => ({
    ...row,
    organizations: (byAccount.get(row.account_id) ?? []).map(({ name }) => name).join('; '),
  }))
}

/** Closes a renewal, by the clock or by hand, once: the digest of its result is sealed in the log. */
export async function closeRenewal(
  parts: Parts,
  tx: Tx,
  { agent, now }: CampaignAct,
  id: string,
): Promise<AgencyOutcome<undefined>> {
  if (!(await looksAfterAll(tx, agent, now))) return refuse({ code: 'account.not-yours' })
  const closed = await tx.db
    .updateTable('renewal')
    .set({ closed_at: now })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .returning('name')
    .executeTakeFirst()
  if (closed === undefined) return refuse({ code: 'agency.closed' })
  const result = await readRenewalResult(tx.db, id)
  const sha256 = createHash('sha256').update(renewalAsCsv(result)).digest('hex')
  await tx.db.updateTable('renewal').set({ sha256 }).where('id', '=', id).execute()
  await parts.audit.record(tx, {
    event: 'sensitive_update',
    ...actorOf(agent),
    args: { what: 'renewal', name: closed.name, id, state: 'closed', rows: result.length, sha256 },
  })
  return done(undefined)
}
