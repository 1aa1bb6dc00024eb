import { accessOf } from '../../administration/past-access/question.ts'
import { type Reach, readReach } from '../../administration/reach.ts'
import { type Refusal, type RefusalOf, statusOf } from '../../refusals.ts'
import { staff } from '../../session/access.ts'
import { isStillHeld } from '../../session/still-held.ts'
import { insideRoute, type Route, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { csvLine } from '../../web/csv.ts'
import { daysOf } from '../../web/moment.ts'
import type { Form } from '../../web/request.ts'
import { refuseOthers } from '../audit/routes.ts'
import { consoleFrame, type HelpdeskParts } from '../shared/console.ts'
import { sendDownload } from './exports/download.ts'
import type { ExportSlots } from './exports/slots.ts'
import type { Source } from './exports/source.ts'
import { type PastReport, pastReportPage, pastReports } from './past-access-page.ts'
import { readRequest } from './rules.ts'

type Refused = Refusal<RefusalOf<'helpdesk'>>

/** Who had access on a day, and what ended between two days: for agents without a limit. */
export const pastAccessRoutes = (parts: HelpdeskParts, slots: ExportSlots): readonly Route[] =>
  pastReports.flatMap(report => {
    const path = `/helpdesk/reports/${report}`
    const unlimited =
      (answer: (visit: Visit<Session>) => Promise<Response>) => async (visit: Visit<Session>) =>
        (await readLimit(parts, visit)) === undefined ? answer(visit) : refuseOthers(parts, visit)
    return [
      insideRoute(
        'GET',
        path,
        staff,
        unlimited(async visit => show(visit, report, await visit.kept(), [])),
        { proof: 'fresh' },
      ),
      insideRoute(
        'POST',
        path,
        staff,
        unlimited(visit => post(parts, slots, visit, report)),
        { proof: 'fresh', keep: { path } },
      ),
    ]
  })

const readLimit = ({ services }: HelpdeskParts, { visitor }: Visit<Session>): Promise<Reach> =>
  readReach(services.store, visitor)

async function show(
  visit: Visit<Session>,
  report: PastReport,
  form: Form,
  refusals: readonly Refused[],
): Promise<Response> {
  const page = pastReportPage(await consoleFrame(visit, 'reports'), { report, form, refusals })
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

async function post(
  parts: HelpdeskParts,
  slots: ExportSlots,
  visit: Visit<Session>,
  report: PastReport,
): Promise<Response> {
  const { services } = parts
  const refuse = (refusals: readonly Refused[]) => show(visit, report, visit.form, refusals)
  const { reason, form, refusals } = readRequest(visit.form)
  const [from, to] = [
    visit.form.get('from').trim(),
    visit.form.get(report === 'ended' ? 'to' : 'from').trim(),
  ]
  const days = daysOf(from, to, policyOf(visit.visitor).timeZone)
  if (days === undefined || days.from > visit.now)
    return refuse([{ code: 'helpdesk.no-day', field: 'from' }, ...refusals])
  if (refusals.length > 0) return refuse(refusals)
  const slot = slots.take(visit.visitor.person.id)
  if (!slot.ok) return refuse([slot.refusal])
  const answer = await accessOf(services.store, { ...days, ended: report === 'ended' }).catch(error => {
    slot.release()
    throw error
  })
  if (answer.is === 'not-recorded') {
    slot.release()
    return refuse([{ code: 'helpdesk.not-recorded', field: 'from' }])
  }
  const { columns, pages } = answer
  const source: Source<Readonly<Record<string, string | number | null>>> = {
    heading: csvLine(columns),
    pages: asynchronous(pages()),
    subjectOf: ({ account_id }) => (typeof account_id === 'string' ? account_id : null),
    line: (row, as) =>
      as === 'jsonl' ? `${JSON.stringify(row)}\n` : csvLine(columns.map(name => row[name] ?? null)),
  }
  const mayGoOn = async () =>
    (await isStillHeld(services.store, visit.visitor, services.now())) &&
    (await readLimit(parts, visit)) === undefined
  const download = { what: report, form, args: { from, to, reason }, release: slot.release, mayGoOn }
  return sendDownload(services, visit, download, source)
}

async function* asynchronous<Page>(pages: Iterable<Page>): AsyncGenerator<Page> {
  yield* pages
}
