import { isSameReach, type Reach, readReach } from '../../administration/reach.ts'
import { statusOf } from '../../refusals.ts'
import { staff } from '../../session/access.ts'
import { isStillHeld } from '../../session/still-held.ts'
import { insideRoute, type Route, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { refuseOthers } from '../audit/routes.ts'
import { type AuditQuestion, pairsOf, readSearch } from '../audit/rules.ts'
import { type Meant, meantBy } from '../audit/store.ts'
import { consoleFrame, type HelpdeskParts } from '../shared/console.ts'
import { boardRoutes } from './board.ts'
import { acceptancesSource } from './exports/acceptances.ts'
import { auditSource } from './exports/audit.ts'
import { sendDownload } from './exports/download.ts'
import { peopleSource } from './exports/people.ts'
import { createExportSlots, type ExportSlots } from './exports/slots.ts'
import { type ReportName, type ReportView, reportNames, reportPage, reportsPage } from './pages.ts'
import { pastAccessRoutes } from './past-access.ts'
import { readRequest } from './rules.ts'

const overview = '/helpdesk/reports'

/** The list of reports, and each with its page and what its buttons do. */
export function reportRoutes(parts: HelpdeskParts): readonly Route[] {
  const slots = createExportSlots()
  return [
    insideRoute('GET', overview, staff, visit => showReports(parts, visit)),
    ...pastAccessRoutes(parts, slots),
    ...boardRoutes(parts),
    ...reportNames.flatMap(report => {
      const path = `${overview}/${report}`
      return [
        insideRoute('GET', path, staff, visit => showReport(parts, visit, report), {
          proof: 'fresh',
        }),
        insideRoute('POST', path, staff, visit => postReport(parts, slots, visit, report), {
          proof: 'fresh',
          keep: { path },
        }),
      ]
    }),
  ]
}

async function showReports({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const reach = await readReach(services.store, visit.visitor)
  const view = { isScoped: reach !== undefined, isAllAudit: visit.visitor.person.role === 'administrator' }
  return send(visit, reportsPage(await consoleFrame(visit, 'reports'), view))
}

type Asked = { readonly reach: Reach; readonly meant: Meant }

/** The filter, as this agent may have it. */
async function readAsked(
  { services: { store } }: HelpdeskParts,
  { visitor }: Visit<Session>,
  question: AuditQuestion | undefined,
): Promise<Asked> {
  const reach = await readReach(store, visitor)
  const { timeZone } = policyOf(visitor)
  const meant: Meant =
    question === undefined
      ? { is: 'meant', filter: {} }
      : await meantBy(store, question, visitor, reach, timeZone)
  return { reach, meant }
}

async function showReport(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  report: ReportName,
): Promise<Response> {
  const kept = await visit.kept()
  const source =
    kept.names().length > 0 ? (name: string) => kept.get(name) : visit.c.req.query.bind(visit.c.req)
  const question = report === 'audit' ? readSearch(name => source(name)) : undefined
  const { meant } = await readAsked(parts, visit, question)
  if (meant.is === 'not-theirs') return refuseOthers(parts, visit)
  const isUnclear = meant.is === 'unclear'
  return show(visit, { report, question, isUnclear, reason: kept.get('reason'), refusals: [] })
}

async function show(visit: Visit<Session>, view: ReportView): Promise<Response> {
  const page = reportPage(await consoleFrame(visit, 'reports'), view)
  return send(visit, page, view.isUnclear ? 422 : view.refusals.length > 0 ? statusOf(view.refusals) : 200)
}

async function postReport(
  parts: HelpdeskParts,
  slots: ExportSlots,
  visit: Visit<Session>,
  report: ReportName,
): Promise<Response> {
  const question = report === 'audit' ? readSearch(name => visit.form.get(name)) : undefined
  const { reach, meant } = await readAsked(parts, visit, question)
  if (meant.is === 'not-theirs') return refuseOthers(parts, visit)
  const { reason, form, refusals } = readRequest(visit.form)
  const isUnclear = meant.is === 'unclear'
  if (isUnclear || refusals.length > 0) return show(visit, { report, question, isUnclear, reason, refusals })
  const slot = slots.take(visit.visitor.person.id)
  if (!slot.ok) return show(visit, { report, question, isUnclear, reason, refusals: [slot.refusal] })
  const { store } = parts.services
  const asked = question === undefined ? {} : Object.fromEntries(pairsOf(question))
  const mayGoOn = async () =>
    (await isStillHeld(store, visit.visitor, parts.services.now())) &&
    isSameReach(reach, await readReach(store, visit.visitor))
  const download = { what: report, form, args: { ...asked, reason }, release: slot.release, mayGoOn }
  if (report === 'people')
    return sendDownload(parts.services, visit, download, peopleSource(store, reach, visit.now))
  if (report === 'acceptances')
    return sendDownload(parts.services, visit, download, acceptancesSource(store, reach))
  return sendDownload(parts.services, visit, download, auditSource(store, meant.filter, visit.now))
}
