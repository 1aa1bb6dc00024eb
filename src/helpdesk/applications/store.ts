import type { Application } from '../../applications/rules.ts'
import type { Store } from '../../store/store.ts'

interface Named {
  readonly id: string
  readonly name: string
}

/** Places that an application can be limited to. */
export interface Known {
  readonly organizations: readonly Named[]
  readonly workgroups: readonly Named[]
}

/** All places that are not retired, and those that this application is limited to already. */
export async function readKnown(
  { read }: Store,
  allowed: Application['allowed'] | undefined,
): Promise<Known> {
  const of = (kind: 'organization' | 'workgroup', has: readonly string[]) =>
    read
      .selectFrom(kind)
      .select(['id', 'name'])
      .where(eb =>
        has.length === 0
          ? eb('retired_at', 'is', null)
          : eb.or([eb('retired_at', 'is', null), eb('id', 'in', has)]),
      )
      .orderBy('name')
      .execute()
  return {
    organizations: await of('organization', allowed?.organizations ?? []),
    workgroups: await of('workgroup', allowed?.workgroups ?? []),
  }
}

/** How many sessions have an application open. */
export async function countOpen({ read }: Store, applicationId: string): Promise<number> {
  const row = await read
    .selectFrom('application_visit')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('application_id', '=', applicationId)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** A notice of an end that the application has not taken. Times are milliseconds since 1970. */
export interface FailedNotice {
  readonly createdAt: number
  readonly tries: number
  readonly said: string
  /** Null: given up. */
  readonly nextTryAt: number | null
  readonly accountId: string
  readonly username: string
}

const mostNotices = 20

/** The newest notices that failed and did not succeed since. */
export async function readFailedNotices(
  { read }: Store,
  applicationId: string,
): Promise<readonly FailedNotice[]> {
  const rows = await read
    .selectFrom('logout_notice')
    .innerJoin('account', 'account.id', 'account_id')
    .select(['logout_notice.created_at', 'tries', 'last_error', 'next_try_at', 'account_id', 'username'])
    .where('application_id', '=', applicationId)
    .where('last_error', 'is not', null)
    .where('sent_at', 'is', null)
    .orderBy('logout_notice.created_at', 'desc')
    .limit(mostNotices)
    .execute()
  return rows.map(row => ({
    createdAt: row.created_at,
    tries: row.tries,
    said: row.last_error ?? '',
    nextTryAt: row.next_try_at,
    accountId: row.account_id,
    username: row.username,
  }))
}
