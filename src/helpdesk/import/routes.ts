import { createHash } from 'node:crypto'
import {
  beginBatch,
  beginImport,
  isUnderWay,
  readBatch,
  readPart,
} from '../../administration/import/batch.ts'
import { trainingAsked } from '../../administration/import/check.ts'
import { columns } from '../../administration/import/columns.ts'
import { largestFile, readPeople } from '../../administration/import/csv.ts'
import type { FileProblem } from '../../administration/import/problems.ts'
import { quoted } from '../../administration/import/sentences.ts'
import type { Limits } from '../../administration/import/store.ts'
import { createWorks, type Works } from '../../administration/import/work.ts'
import { readReach } from '../../administration/reach.ts'
import { staff } from '../../session/access.ts'
import { insideRoute, type Route, redirect, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { newId } from '../../store/ids.ts'
import { byteOrderMark, csvLine } from '../../web/csv.ts'
import { agentOf, consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import { selfRefresh } from '../shared/self-refresh.ts'
import {
  checkAddress,
  donePage,
  importAddress,
  importPage,
  nothingPage,
  reportPage,
  templateAddress,
  workingPage,
} from './pages.ts'
import { wordsFor } from './words.ts'

/** Room in the body for what stands around the file. */
const wrapping = 16_384
/** Seconds after which the page of work under way asks again. */
const askAgain = 2

export function importRoutes(parts: HelpdeskParts): readonly Route[] {
  const works = createWorks(parts.services)
  return [
    insideRoute('GET', importAddress, staff, visit => showImport(parts, visit, [])),
    insideRoute('POST', importAddress, staff, visit => postFile(parts, works, visit), {
      upload: { largest: largestFile + wrapping },
    }),
    insideRoute('GET', templateAddress, staff, sendTemplate),
    insideRoute('GET', checkAddress, staff, visit => showCheck(parts, works, visit, 200)),
    insideRoute('POST', checkAddress, staff, visit => postImport(parts, works, visit), {
      proof: 'fresh',
      deed: async visit => {
        const batch = await readBatch(parts.services, visit.visitor.person.id)
        return wordsFor(visit.language).deed((batch?.rows_all ?? 0) - (batch?.rows_refused ?? 0))
      },
    }),
  ]
}

async function showImport(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  problems: readonly FileProblem[],
): Promise<Response> {
  const batch = await readBatch(services, visit.visitor.person.id)
  const waiting = batch?.state === 'done' ? undefined : batch
  const page = importPage(await consoleFrame(visit, 'import'), { problems, waiting })
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
  if (file === undefined || (file.name === '' && file.bytes.length === 0))
    return showImport(parts, visit, [{ code: 'import.no-file' }])
  const read = await readPeople(file.bytes)
  if (!read.ok) return showImport(parts, visit, read.problems)
  const key = {
    account_id: visit.visitor.person.id,
    id: newId(visit.now),
    file_name: quoted(file.name),
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
  }
  const isBegun = await writeAs(parts, visit, tx => beginBatch(tx, key, visit.now))
  const batch = isBegun ? await readBatch(services, key.account_id) : undefined
  if (batch !== undefined) await works.check(batch, read.rows, await limitsOf(parts, visit))
  return redirect(visit, checkAddress)
}

/** An empty table that a spreadsheet opens, with the columns that there are. */
function sendTemplate(visit: Visit<Session>): Response {
  const titles = columns.filter(({ name }) => name !== 'role').map(({ title }) => title)
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
  status: number,
): Promise<Response> {
  const frame = await consoleFrame(visit, 'import')
  const batch = await readBatch(services, visit.visitor.person.id)
  if (batch === undefined) return send(visit, nothingPage(frame, false), status)
  if (isUnderWay(batch, visit.now)) {
    const refresh = selfRefresh(visit, checkAddress, askAgain)
    return send(visit, workingPage(frame, batch, works.progress(batch.account_id), refresh), status)
  }
  if (batch.state === 'checking') return send(visit, nothingPage(frame, true), status)
  if (batch.state === 'done') return send(visit, donePage(frame, batch), status)
  const part = partOf(visit.c.req.query('part'))
  const rows = await readPart(services, batch, part)
  const { timeZone } = policyOf(visit.visitor)
  return rows.length === 0 && part > 0
    ? redirect(visit, checkAddress)
    : send(visit, reportPage(frame, { batch, rows, part, timeZone }), status)
}

const partOf = (text: string | undefined): number =>
  text !== undefined && /^[1-9]\d{0,3}$/.test(text) ? Number(text) - 1 : 0

/** Make the accounts: of several presses one does it, and all see how it ends. */
async function postImport(parts: HelpdeskParts, works: Works, visit: Visit<Session>): Promise<Response> {
  const { services } = parts
  const id = visit.form.get('file')
  const account_id = visit.visitor.person.id
  const batch = await readBatch(services, account_id)
  if (batch === undefined || batch.id !== id || batch.rows_refused > 0)
    return showCheck(parts, works, visit, 422)
  const begun = await writeAs(parts, visit, tx => beginImport(tx, { account_id, id }, visit.now))
  if (begun !== undefined) await works.make(begun, await limitsOf(parts, visit), agentOf(visit))
  return redirect(visit, checkAddress)
}
