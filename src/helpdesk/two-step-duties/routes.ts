import { isReasonTooLong } from '../../administration/act.ts'
import { setDuty } from '../../administration/two-step-duty.ts'
import { type Refusal, type RefusalOf, statusOf } from '../../refusals.ts'
import { administrators } from '../../session/access.ts'
import { insideRoute, type Route, redirectSaying, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { momentOf } from '../../web/moment.ts'
import { dayInWords } from '../../web/time.ts'
import { consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { confirmDutyPage, type DutyEntry, dutiesAddress, dutiesPage } from './pages.ts'
import { type Candidate, countWithout, readCandidates, readDutyRows } from './store.ts'
import { wordsFor } from './words.ts'

type Refusals = readonly Refusal<RefusalOf<'duty'>>[]

/** The duty to have a second step, for some. Every change asks for the password again, a reason and a second look. */
export const twoStepDutyRoutes = (parts: HelpdeskParts): readonly Route[] => [
  insideRoute('GET', dutiesAddress, administrators, visit => show(parts, visit), { proof: 'fresh' }),
  insideRoute('POST', dutiesAddress, administrators, visit => post(parts, visit), { proof: 'fresh' }),
]

const candidatesFor = ({ services }: HelpdeskParts, visit: Visit): Promise<readonly Candidate[]> =>
  readCandidates(services.store, wordsFor(visit.language))

async function show(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  entry: DutyEntry = { who: visit.c.req.query('who') ?? '', from: '', reason: '' },
  refusals: Refusals = [],
): Promise<Response> {
  const candidates = await candidatesFor(parts, visit)
  const page = dutiesPage(await consoleFrame(visit, 'policy'), {
    rows: await readDutyRows(parts.services.store, candidates, visit.now),
    candidates,
    entry,
    refusals,
    timeZone: policyOf(visit.visitor).timeZone,
    did: visit.said() === 'done',
  })
  return send(visit, page, refusals.length > 0 ? statusOf(refusals) : 200)
}

/** What is wrong with an entry. `fromAt`: null: the duty ends; undefined: no day. */
function faultsOf(
  { reason }: DutyEntry,
  candidate: Candidate | undefined,
  fromAt: number | null | undefined,
): Refusals {
  const faults: Refusal<RefusalOf<'duty'>>[] = []
  if (candidate === undefined) faults.push({ code: 'duty.who', field: 'who' })
  if (fromAt === undefined) faults.push({ code: 'duty.date', field: 'from' })
  if (reason === '') faults.push({ code: 'duty.no-reason', field: 'reason' })
  if (isReasonTooLong(reason)) faults.push({ code: 'duty.reason-too-long', field: 'reason' })
  return faults
}

async function post(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { services } = parts
  const { timeZone } = policyOf(visit.visitor)
  const typed = (name: string) => visit.form.get(name).normalize('NFC').trim()
  const entry = { who: typed('who'), from: typed('from'), reason: typed('reason') }
  const candidate = (await candidatesFor(parts, visit)).find(({ value }) => value === entry.who)
  const fromAt = entry.from === '' ? null : momentOf(entry.from, '00:00', timeZone)
  const faults = faultsOf(entry, candidate, fromAt)
  if (candidate === undefined || fromAt === undefined || faults.length > 0)
    return show(parts, visit, entry, faults)
  const { kind, target, name } = candidate
  if (visit.form.get('step') !== 'sure') {
    const page = confirmDutyPage(await consoleFrame(visit, 'policy'), {
      name,
      entry,
      day: fromAt === null ? undefined : dayInWords(fromAt, timeZone, visit.language),
      without: await countWithout(services.store, candidate, visit.now),
    })
    return send(visit, page)
  }
  const change = { kind, target, name, fromAt, reason: entry.reason }
  const outcome = await writeAs(parts, visit, tx => setDuty(services, tx, change, visit.trace()))
  return outcome.ok
    ? redirectSaying(visit, dutiesAddress, 'done')
    : show(parts, visit, entry, outcome.refusals)
}
