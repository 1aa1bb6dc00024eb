import { createHash } from 'node:crypto'
import { updateIdentifications } from '../../administration/act.ts'
import {
  beginBatch,
  beginCheck,
  beginImport,
  isUnderWay,
  keepUnmapped,
  pageLength,
  readBatch,
  readPart,
  readUnmapped,
} from '../../administration/import/batch.ts'
import { trainingAsked } from '../../administration/import/check.ts'
import {
  columnsFor,
  fields,
  type ImportKind,
  isEnoughFor,
  type PeopleField,
  type PeopleMapping,
  proposeColumns,
  readHeader,
} from '../../administration/import/columns.ts'
import { largestFile, missingOf, readFileOfPeople } from '../../administration/import/csv.ts'
import type { FileProblem } from '../../administration/import/problems.ts'
import type { CheckedRow } from '../../administration/import/rules.ts'
import { problemInWords, quoted } from '../../administration/import/sentences.ts'
import type { Limits } from '../../administration/import/store.ts'
import type { UpdateRow } from '../../administration/import/update-rules.ts'
import { createWorks, type Works } from '../../administration/import/work.ts'
import { keepMapping, knownMapping } from '../../administration/lists/store.ts'
import type { ListTable } from '../../administration/lists/table.ts'
import { readReach } from '../../administration/reach.ts'
import { type Refusal, statusOf } from '../../refusals.ts'
import { staff } from '../../session/access.ts'
import { waitOfAgent } from '../../session/agent-limits.ts'
import { insideRoute, type Route, redirect, sayWhenAgain, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { newId } from '../../store/ids.ts'
import { byteOrderMark, csvLine } from '../../web/csv.ts'
import type { Form } from '../../web/request.ts'
import { columnsPage, readColumns } from '../shared/columns-page.ts'
import { agentOf, consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { readReason, readTicket } from '../shared/reason.ts'
import type { ConsoleCode } from '../shared/refusal-words.ts'
import { selfRefresh } from '../shared/self-refresh.ts'
import {
  checkAddress,
  columnsAddress,
  donePage,
  importAddress,
  importPage,
  nothingPage,
  reportPage,
  templateAddress,
  workingPage,
} from './pages.ts'
import { changedBy, type Typed } from './update-pages.ts'
import { wordsFor } from './words.ts'

/** Room in the body for what stands around the file. */
const wrapping = 16_384
/** Seconds after which the page of work under way asks again. */
const askAgain = 2

export function importRoutes(parts: HelpdeskParts): readonly Route[] {
  const works = createWorks(parts.services)
  return [
    insideRoute('GET', importAddress, staff, visit => showImport(parts, visit, 'new', [])),
    insideRoute('POST', importAddress, staff, visit => postFile(parts, works, visit), {
      upload: { largest: largestFile + wrapping },
    }),
    insideRoute('GET', columnsAddress, staff, visit => showColumns(parts, visit, undefined)),
    insideRoute('POST', columnsAddress, staff, visit => postColumns(parts, works, visit)),
    insideRoute('GET', templateAddress, staff, sendTemplate),
    insideRoute('GET', checkAddress, staff, async visit =>
      showCheck(parts, works, visit, { form: await visit.kept(), refusals: [] }),
    ),
    insideRoute('POST', checkAddress, staff, visit => postImport(parts, works, visit), {
      proof: 'fresh',
      keep: { path: checkAddress },
      deed: async visit => {
        const batch = await readBatch(parts.services, visit.visitor.person.id)
        const { deed, updateDeed } = wordsFor(visit.language)
        const count = batch === undefined ? 0 : changedBy(batch)
        return batch?.kind === 'update' ? updateDeed(count) : deed(count)
      },
    }),
  ]
}

async function showImport(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  kind: ImportKind,
  problems: readonly FileProblem[],
): Promise<Response> {
  const batch = await readBatch(services, visit.visitor.person.id)
  const waiting = batch?.state === 'done' ? undefined : batch
  const page = importPage(await consoleFrame(visit, 'import'), { problems, waiting, kind })
  return send(visit, page, problems.length > 0 ? 422 : 200)
}

const limitsOf = async ({ services }: HelpdeskParts, visit: Visit<Session>): Promise<Limits> => ({
  reach: await readReach(services.store, visit.visitor),
  role: visit.visitor.person.role,
  training: trainingAsked(services, policyOf(visit.visitor), ''),
})

async function postFile(parts: HelpdeskParts, works: Works, visit: Visit<Session>): Promise<Response> {
  const { services } = parts
  const file = visit.form.file('file')
  const kind: ImportKind = visit.form.get('kind') === 'update' ? 'update' : 'new'
  if (file === undefined || (file.name === '' && file.bytes.length === 0))
    return showImport(parts, visit, kind, [{ code: 'import.no-file' }])
  const read = await readFileOfPeople(file.bytes)
  if (!read.ok) return showImport(parts, visit, kind, read.problems)
  const { table } = read
  const given = {
    account_id: visit.visitor.person.id,
    id: newId(visit.now),
    kind,
    file_name: quoted(file.name),
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
  }
  const mapping = await mappingOf(parts, visit, kind, table)
  if (mapping === undefined) {
    const isKept = await writeAs(parts, visit, tx =>
      keepUnmapped(services, tx, given, { table, now: visit.now }),
    )
    return redirect(visit, isKept ? columnsAddress : checkAddress)
  }
  const isBegun = await writeAs(parts, visit, tx =>
    beginBatch(tx, { ...given, state: 'checking' }, visit.now),
  )
  const batch = isBegun ? await readBatch(services, given.account_id) : undefined
  if (batch !== undefined) await works.check(batch, { table, mapping }, await limitsOf(parts, visit))
  return redirect(visit, checkAddress)
}

const keyOf = (visit: Visit<Session>) => ({ account_id: visit.visitor.person.id, purpose: 'import' }) as const

/** How a file is read without asking: by our own titles, or as the agent said before. */
async function mappingOf(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  kind: ImportKind,
  { header }: ListTable,
): Promise<PeopleMapping | undefined> {
  const own = readHeader(header, false)
  if (own.ok && isEnoughFor(kind, own.mapping)) return own.mapping
  const known = await knownMapping<PeopleField>(services.store, keyOf(visit), header)
  return known && isEnoughFor(kind, known) ? known : undefined
}

async function showColumns(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  typed: { readonly mapping: PeopleMapping; readonly name: string } | undefined,
): Promise<Response> {
  const batch = await readBatch(services, visit.visitor.person.id)
  const table = batch && (await readUnmapped(services, batch))
  if (batch === undefined || table === undefined) return redirect(visit, checkAddress)
  const { mapping, name } = typed ?? { mapping: proposeColumns(table.header), name: '' }
  const { check, another, fullName } = wordsFor(visit.language)
  const { kind } = batch
  const text = problemInWords({ code: missingOf[kind] }, visit.language)
  const field = kind === 'new' ? 'lastName' : 'username'
  const page = columnsPage(await consoleFrame(visit, 'import'), {
    action: columnsAddress,
    ...{ id: batch.id, fileName: batch.file_name, table, mapping, name },
    fields: [...columnsFor(kind).map(column => [column.name, column.title] as const), ['name', fullName]],
    problems: typed === undefined ? [] : [{ field, text }],
    button: check,
    another: { href: importAddress, text: another },
  })
  return send(visit, page, typed === undefined ? 200 : 422)
}

/** Which column is which: the file that the page showed is checked. */
async function postColumns(parts: HelpdeskParts, works: Works, visit: Visit<Session>): Promise<Response> {
  const { services } = parts
  const key = { account_id: visit.visitor.person.id, id: visit.form.get('list') }
  const batch = await readBatch(services, key.account_id)
  const table = batch && (await readUnmapped(services, batch))
  if (table === undefined || batch?.id !== key.id) return redirect(visit, columnsAddress)
  const { mapping, name } = readColumns(visit.form, fields, table)
  if (!isEnoughFor(batch.kind, mapping)) return showColumns(parts, visit, { mapping, name })
  const begun = await writeAs(parts, visit, async tx => {
    const taken = await beginCheck(tx, key, visit.now)
    if (taken !== undefined && name !== '') await keepMapping(tx, keyOf(visit), { name, mapping }, visit.now)
    return taken
  })
  if (begun !== undefined) await works.check(begun, { table, mapping }, await limitsOf(parts, visit))
  return redirect(visit, checkAddress)
}

/** An empty table that a spreadsheet opens, with the columns that there are. */
function sendTemplate(visit: Visit<Session>): Response {
  const titles = columnsFor('new')
    .filter(({ name }) => name !== 'role')
    .map(({ title }) => title)
  return visit.c.body(byteOrderMark + csvLine(titles), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${wordsFor(visit.language).templateName}"`,
  })
}

/** Where the agent's file stands: under way, checked, done, or none there. */
async function showCheck(
  { services }: HelpdeskParts,
  works: Works,
  visit: Visit<Session>,
  typed: Typed,
  status = typed.refusals.length > 0 ? statusOf(typed.refusals) : 200,
): Promise<Response> {
  const frame = await consoleFrame(visit, 'import')
  const batch = await readBatch(services, visit.visitor.person.id)
  if (batch === undefined) return send(visit, nothingPage(frame, false), status)
  if (batch.state === 'unmapped') return redirect(visit, columnsAddress)
  if (isUnderWay(batch, visit.now)) {
    const refresh = selfRefresh(visit, checkAddress, askAgain)
    return send(visit, workingPage(frame, batch, works.progress(batch.account_id), refresh), status)
  }
  if (batch.state === 'checking') return send(visit, nothingPage(frame, true), status)
  if (batch.state === 'done') return send(visit, donePage(frame, batch), status)
  const part = partOf(visit.c.req.query('part'))
  if (part * pageLength >= batch.rows_all && part > 0) return redirect(visit, checkAddress)
  const rows =
    batch.kind === 'new'
      ? { new: await readPart<CheckedRow>(services, batch, part) }
      : { update: await readPart<UpdateRow>(services, batch, part) }
  return send(visit, reportPage(frame, { batch, rows, part, typed }), status)
}

const partOf = (text: string | undefined): number =>
  text !== undefined && /^[1-9]\d{0,3}$/.test(text) ? Number(text) - 1 : 0

/** Make the accounts, or update them: of several presses one does it, and all see how it ends. */
async function postImport(parts: HelpdeskParts, works: Works, visit: Visit<Session>): Promise<Response> {
  const { services } = parts
  const { form } = visit
  const id = form.get('file')
  const account_id = visit.visitor.person.id
  const batch = await readBatch(services, account_id)
  if (batch === undefined || batch.id !== id || batch.state === 'unmapped' || batch.rows_refused > 0)
    return showCheck(parts, works, visit, { form, refusals: [] }, 422)
  const { said, refusals } = readSaid(form)
  const isIdle = batch.state === 'checked' || (batch.state === 'importing' && !isUnderWay(batch, visit.now))
  if (batch.kind === 'update' && isIdle) {
    if (refusals.length > 0 || changedBy(batch) === 0)
      return showCheck(parts, works, visit, { form, refusals }, 422)
    const until = await waitOfAgent(services, visit, 'sheets')
    if (until !== undefined) {
      sayWhenAgain(visit, until)
      return showCheck(parts, works, visit, {
        form,
        refusals: [{ code: 'helpdesk.too-many-updates', until }],
      })
    }
  }
  const begun = await writeAs(parts, visit, tx => beginImport(tx, { account_id, id }, visit.now))
  const by = { agent: agentOf(visit), limits: await limitsOf(parts, visit), policy: policyOf(visit.visitor) }
  if (begun !== undefined) await works.make(begun, { ...by, said })
  return redirect(visit, checkAddress)
}

/** Why an update is done, and how the agent made sure who asks for it. */
function readSaid(form: Form) {
  const { reason, refusals: ofReason } = readReason(form)
  const { ticket, refusals: ofTicket } = readTicket(form)
  const identified = updateIdentifications.find(way => way === form.get('identified'))
  const refusals: readonly Refusal<ConsoleCode>[] = [
    ...(identified === undefined ? [{ code: 'helpdesk.not-identified', field: 'identified' } as const] : []),
    ...ofReason,
    ...ofTicket,
  ]
  const said = { reason, ...(ticket !== undefined && { ticket }), ...(identified && { identified }) }
  return { said, refusals }
}
