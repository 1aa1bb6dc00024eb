import type { Services } from '../session/services.ts'
import type { AuditRecordTable } from '../store/schema.ts'
import type { Command } from './command.ts'
import { csvLine } from './csv.ts'
import { operator, withServices } from './open.ts'
import { write } from './stream.ts'

export const command: Command = {
  usage: 'audit export [--json]',
  about: [
    'Writes the whole audit log to standard output, oldest first, as CSV; with --json as lines of JSON. The export is itself recorded.',
  ],
  words: 0,
  run: input =>
    withServices(input, async services => {
      await services.store.write(tx =>
        services.audit.record(tx, {
          event: 'sensitive_read',
          actor: operator(),
          args: { what: 'audit', form: input.json ? 'json' : 'csv' },
        }),
      )
      if (!input.json) await write(csvLine(columns))
      for await (const page of pages(services))
        await write(page.map(input.json ? jsonLine : recordLine).join(''))
      return { kind: 'done', lines: [], json: undefined }
    }),
}

const columns = [
  'id',
  'at',
  'event',
  'actor',
  'subject',
  'address',
  'request_id',
  'args',
  'chain_id',
  'position',
  'key_id',
  'hmac',
] as const
const pageSize = 1_000

/** Pages in the order of the ids, which is that of time. */
async function* pages({ store }: Services): AsyncGenerator<readonly AuditRecordTable[]> {
  for (let after = ''; ; ) {
    const page = await store.read
      .selectFrom('audit_record')
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize)
      .execute()
    yield page
    if (page.length < pageSize) return
    after = page.at(-1)?.id ?? ''
  }
}

const timeOf = (record: AuditRecordTable): string => new Date(record.at).toISOString()

const jsonLine = (record: AuditRecordTable): string =>
  `${JSON.stringify({ ...record, at: timeOf(record), args: JSON.parse(record.args) })}\n`

const recordLine = (record: AuditRecordTable): string =>
  csvLine(columns.map(name => (name === 'at' ? timeOf(record) : record[name])))
