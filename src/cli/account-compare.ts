import { readFileSync } from 'node:fs'
import { readOurs } from '../administration/lists/accounts.ts'
import { compareList } from '../administration/lists/compare.ts'
import {
  entriesOf,
  isEnough,
  listFields,
  type Mapping,
  namedColumns,
  propose,
} from '../administration/lists/mapping.ts'
import { comparisonColumns, comparisonLine, comparisonRow } from '../administration/lists/rows.ts'
import { type ListTable, readTable } from '../administration/lists/table.ts'
import { wordsFor } from '../administration/lists/words.ts'
import type { Services } from '../session/services.ts'
import { csvLine } from '../web/csv.ts'
import { type Answer, type Command, listOf, refused, usage } from './command.ts'
import { withServices } from './open.ts'
import { operator } from './owner.ts'
import { write } from './stream.ts'

export const command: Command = {
  usage: 'account compare FILE [--column FIELD=TITLE]… [--json]',
  about: [
    'Compares the user list of another system with the accounts here, and changes nothing. The answer is CSV; with --json, lines of JSON.',
    'FILE is CSV, or has semicolons or tabs, in UTF-8, UTF-16 or Windows-1252. Its first line names the columns.',
    '',
    'Findings: left (left here, still active there), unknown (active there, no account here),',
    'missing (active here, not active there), differs (another name or email).',
    '',
    `--column FIELD=TITLE    Which column says what: ${listFields.join(', ')}. Usual titles are found without it.`,
  ],
  options: { column: { type: 'string', multiple: true } },
  words: 1,
  async run(input) {
    const path = input.positionals[0] ?? ''
    const bytes = readBytes(path)
    if (bytes === undefined) return refused(`${path} cannot be read.`)
    const words = wordsFor('en')
    const read = await readTable(bytes)
    if (!read.ok) return refused(words.refusals[`list.${read.trouble}`])
    const mapping = mappingOf(read.table, listOf(input.values, 'column'))
    if (mapping === undefined)
      return usage(`--column is FIELD=TITLE, with a title of the file: ${read.table.header.join(', ')}.`)
    if (!isEnough(mapping)) return refused(words.refusals['list.not-enough'])
    return withServices(input, services => compare(services, read.table, mapping, input.json))
  },
}

function readBytes(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** Named columns stand before those with usual titles; undefined: one of them is none of the file's. */
function mappingOf({ header }: ListTable, given: readonly string[]): Mapping | undefined {
  const named = namedColumns(listFields, given, header)
  return named && { ...propose(header), ...named }
}

async function compare(
  { store, audit, now }: Services,
  table: ListTable,
  mapping: Mapping,
  json: boolean,
): Promise<Answer> {
  const entries = entriesOf(table, mapping)
  const findings = await compareList(entries, await readOurs(store, undefined), now())
  await store.write(tx =>
    audit.record(tx, {
      event: 'sensitive_read',
      actor: operator(),
      args: { what: 'comparison', people: entries.length, findings: findings.length },
    }),
  )
  if (!json) await write(csvLine(comparisonColumns))
  await write(
    findings
      .map(finding =>
        json ? `${JSON.stringify(comparisonRow(finding, now()))}\n` : comparisonLine(finding, now()),
      )
      .join(''),
  )
  return { kind: 'done', lines: [], json: undefined }
}
