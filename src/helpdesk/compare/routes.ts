import { quoted } from '../../administration/import/sentences.ts'
import { readOurs } from '../../administration/lists/accounts.ts'
import { compareList, type Finding, findingKinds } from '../../administration/lists/compare.ts'
import {
  entriesOf,
  isEnough,
  type ListField,
  listFields,
  type Mapping,
  propose,
} from '../../administration/lists/mapping.ts'
import { comparisonColumns, comparisonLine } from '../../administration/lists/rows.ts'
import {
  forgetLists,
  type KeptList,
  keepList,
  keepMapping,
  knownMapping,
  mapList,
  readList,
  readMappings,
} from '../../administration/lists/store.ts'
import { largestList, readTable } from '../../administration/lists/table.ts'
import { wordsFor as listWords } from '../../administration/lists/words.ts'
import { readReach } from '../../administration/reach.ts'
import type { Refusal, RefusalOf } from '../../refusals.ts'
import { staff } from '../../session/access.ts'
import { insideRoute, type Route, redirect, send, type Visit } from '../../session/visit.ts'
import { policyOf, type Session } from '../../session/visitor.ts'
import { byteOrderMark, csvLine } from '../../web/csv.ts'
import { columnsPage, readColumns } from '../shared/columns-page.ts'
import { consoleFrame, type HelpdeskParts, writeAs } from '../shared/console.ts'
import {
  columnsAddress,
  compareAddress,
  comparePage,
  downloadAddress,
  problemsOf,
  removeAddress,
} from './pages.ts'
import { listKey, mappingKey, removalPage } from './removal-page.ts'
import { wordsFor } from './words.ts'

/** Room in the body for what stands around the file. */
const wrapping = 16_384

type Refused = readonly Refusal<RefusalOf<'list'>>[]
type Mapped = Extract<KeptList, { is: 'mapped' }>

export const compareRoutes = (parts: HelpdeskParts): readonly Route[] => [
  insideRoute('GET', compareAddress, staff, visit => showCompare(parts, visit, []), { counts: 'look-up' }),
  insideRoute('POST', compareAddress, staff, visit => postList(parts, visit), {
    upload: { largest: largestList + wrapping },
  }),
  insideRoute('GET', columnsAddress, staff, visit => showColumns(parts, visit, undefined, [])),
  insideRoute('POST', columnsAddress, staff, visit => postColumns(parts, visit)),
  insideRoute('GET', removeAddress, staff, visit => showRemoval(parts, visit, [])),
  insideRoute('POST', removeAddress, staff, visit => postRemoval(parts, visit)),
  insideRoute('GET', downloadAddress, staff, visit => sendComparison(parts, visit), {
    counts: 'look-up',
    proof: 'fresh',
  }),
]

/** Compares with the accounts as they are now, as far as the agent sees them now; that it was read is recorded. */
async function findingsOf(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  { entries }: Mapped,
): Promise<readonly Finding[]> {
  const { store, audit } = parts.services
  const ours = await readOurs(store, await readReach(store, visit.visitor))
  const findings = await compareList(entries, ours, visit.now)
  const args = { what: 'comparison', people: entries.length, findings: findings.length }
  await writeAs(parts, visit, tx => audit.record(tx, { event: 'sensitive_read', ...visit.trace(), args }))
  return findings
}

async function showCompare(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  refusals: Refused,
): Promise<Response> {
  const { services } = parts
  const list = await readList(services, visit.visitor.person.id)
  const part = visit.c.req.query('part') ?? ''
  const page = comparePage(await consoleFrame(visit, 'compare'), {
    refusals,
    shown:
      list?.is === 'mapped'
        ? {
            list,
            findings: await findingsOf(parts, visit, list),
            kind: findingKinds.find(kind => kind === visit.c.req.query('kind')),
            part: /^[1-9]\d{0,3}$/.test(part) ? Number(part) - 1 : 0,
          }
        : undefined,
    waiting: list?.is === 'unmapped' ? list.file_name : undefined,
    isScoped: (await readReach(services.store, visit.visitor)) !== undefined,
    timeZone: policyOf(visit.visitor).timeZone,
    now: visit.now,
  })
  return send(visit, page, refusals.length > 0 ? 422 : 200)
}

/** Keeps the list; one whose columns the agent has named before is compared at once. */
async function postList(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { services } = parts
  const file = visit.form.file('file')
  if (file === undefined || (file.name === '' && file.bytes.length === 0))
    return showCompare(parts, visit, [{ code: 'list.no-file', field: 'file' }])
  const read = await readTable(file.bytes)
  if (!read.ok) return showCompare(parts, visit, [{ code: `list.${read.trouble}`, field: 'file' }])
  const accountId = visit.visitor.person.id
  const key = { account_id: accountId, purpose: 'compare' } as const
  const known = await knownMapping<ListField>(services.store, key, read.table.header)
  const content = known === undefined ? { table: read.table } : { entries: entriesOf(read.table, known) }
  const given = { fileName: quoted(file.name), content, now: visit.now }
  await writeAs(parts, visit, tx => keepList(services, tx, accountId, given))
  return redirect(visit, known === undefined ? columnsAddress : compareAddress)
}

async function showColumns(
  parts: HelpdeskParts,
  visit: Visit<Session>,
  typed: { readonly mapping: Mapping; readonly name: string } | undefined,
  refusals: Refused,
): Promise<Response> {
  const list = await readList(parts.services, visit.visitor.person.id)
  if (list?.is !== 'unmapped') return showCompare(parts, visit, [])
  const { mapping, name } = typed ?? { mapping: propose(list.table.header), name: '' }
  const { compare, another } = wordsFor(visit.language)
  const { fields } = listWords(visit.language)
  const page = columnsPage(await consoleFrame(visit, 'compare'), {
    action: columnsAddress,
    ...{ id: list.id, fileName: list.file_name, table: list.table, mapping, name },
    fields: listFields.map(field => [field, fields[field]]),
    problems: problemsOf(refusals, visit.language),
    button: compare,
    another: { href: compareAddress, text: another },
  })
  return send(visit, page, refusals.length > 0 ? 422 : 200)
}

async function postColumns(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { services } = parts
  const accountId = visit.visitor.person.id
  const list = await readList(services, accountId)
  const id = visit.form.get('list')
  if (list?.is !== 'unmapped') return showCompare(parts, visit, [])
  if (list.id !== id) return showColumns(parts, visit, undefined, [{ code: 'list.replaced' }])
  const { mapping, name } = readColumns(visit.form, listFields, list.table)
  if (!isEnough(mapping))
    return showColumns(parts, visit, { mapping, name }, [{ code: 'list.not-enough', field: 'username' }])
  const entries = entriesOf(list.table, mapping)
  const isMapped = await writeAs(parts, visit, async tx => {
    if (!(await mapList(services, tx, accountId, { id, entries }))) return false
    if (name !== '')
      await keepMapping(tx, { account_id: accountId, purpose: 'compare' }, { name, mapping }, visit.now)
    return true
  })
  return isMapped
    ? redirect(visit, compareAddress)
    : showColumns(parts, visit, undefined, [{ code: 'list.replaced' }])
}

/** What is kept of this agent's lists, and can be removed. */
async function showRemoval(
  { services }: HelpdeskParts,
  visit: Visit<Session>,
  refusals: Refused,
): Promise<Response> {
  const { id } = visit.visitor.person
  const page = removalPage(await consoleFrame(visit, 'compare'), {
    list: await readList(services, id),
    mappings: await readMappings(services.store, id),
    problems: problemsOf(refusals, visit.language),
  })
  return send(visit, page, refusals.length > 0 ? 422 : 200)
}

async function postRemoval(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const { services } = parts
  const { id } = visit.visitor.person
  const chosen = visit.form.all('what')
  if (chosen.length === 0) return showRemoval(parts, visit, [{ code: 'list.nothing-chosen', field: 'what' }])
  const list = await readList(services, id)
  const mappings = await readMappings(services.store, id)
  await writeAs(parts, visit, tx =>
    forgetLists(
      tx,
      id,
      list && chosen.includes(listKey(list)) ? list.id : undefined,
      mappings.filter(each => chosen.includes(mappingKey(each))),
    ),
  )
  return redirect(visit, compareAddress)
}

/** Everything that was found, to hand over. */
async function sendComparison(parts: HelpdeskParts, visit: Visit<Session>): Promise<Response> {
  const list = await readList(parts.services, visit.visitor.person.id)
  if (list?.is !== 'mapped') return showCompare(parts, visit, [])
  const findings = await findingsOf(parts, visit, list)
  const lines = findings.map(finding => comparisonLine(finding, visit.now))
  return visit.c.body(byteOrderMark + csvLine(comparisonColumns) + lines.join(''), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${wordsFor(visit.language).fileName}"`,
  })
}
