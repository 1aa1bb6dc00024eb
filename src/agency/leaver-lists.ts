import { isOpenTo } from '../account/kept-apart.ts'
import type { Store } from '../store/store.ts'
import { takeBackTime } from './leaver-rules.ts'

/** Reports of an organization that can still be taken back, the newest first. */
export const readReports = ({ read }: Store, organizationId: string, now: number) =>
  read
    .selectFrom('leaver_report')
    .innerJoin('account', 'account.id', 'account_id')
    .innerJoin('account as contact', 'contact.id', 'reported_by')
    .select(['leaver_report.id', 'last_day', 'reported_at', 'done_at', 'taken_back_at'])
    .select(['account.first_name', 'account.last_name'])
    .select(['contact.first_name as by_first_name', 'contact.last_name as by_last_name'])
    .where('organization_id', '=', organizationId)
    .where(isOpenTo([organizationId]))
    .where('taken_back_at', 'is', null)
    .where(eb => eb.or([eb('done_at', 'is', null), eb('done_at', '>', now - takeBackTime)]))
    .orderBy('reported_at', 'desc')
    .orderBy('leaver_report.id', 'desc')
    .limit(50)
    .execute()

/** Reports since a moment, of these organizations or of all, for the helpdesk; the newest first. */
export const readLeavers = ({ read }: Store, organizationIds: readonly string[] | undefined, since: number) =>
  read
    .selectFrom('leaver_report')
    .innerJoin('account', 'account.id', 'account_id')
    .innerJoin('account as contact', 'contact.id', 'reported_by')
    .innerJoin('organization', 'organization.id', 'organization_id')
    .select(['leaver_report.id', 'account_id', 'last_day', 'done_at', 'taken_back_at'])
    .select(['account.first_name', 'account.last_name', 'organization.name as organization'])
    .select(['contact.first_name as by_first_name', 'contact.last_name as by_last_name'])
    .where('reported_at', '>=', since)
    .$if(organizationIds !== undefined, query =>
      query.where('organization_id', 'in', organizationIds ?? []).where(isOpenTo(organizationIds ?? [])),
    )
    .orderBy('reported_at', 'desc')
    .orderBy('leaver_report.id', 'desc')
    .limit(100)
    .execute()

export type LeaverRow = Awaited<ReturnType<typeof readLeavers>>[number]
export type ReportRow = Awaited<ReturnType<typeof readReports>>[number]
