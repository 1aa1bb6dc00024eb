import { recordHeading, recordJson, recordLine, walkRecords } from '../audit/records.ts'
import type { Command } from './command.ts'
import { withServices } from './open.ts'
import { noteRead, noteSubjects } from './reads.ts'
import { write } from './stream.ts'

export const command: Command = {
  usage: 'audit export [--json]',
  about: [
    'Writes the whole audit log to standard output, oldest first, as CSV; with --json as lines of JSON. The export is itself recorded.',
  ],
  words: 0,
  run: input =>
    withServices(input, async services => {
      await noteRead(services, { what: 'audit', form: input.json ? 'json' : 'csv' })
      if (!input.json) await write(recordHeading)
      for await (const page of walkRecords(services.store, { before: services.now() + 1 })) {
        await noteSubjects(
          services,
          'audit',
          page.map(({ subject }) => subject),
        )
        await write(page.map(input.json ? recordJson : recordLine).join(''))
      }
      return { kind: 'done', lines: [], json: undefined }
    }),
}
