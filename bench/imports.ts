import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Row, row } from './report.ts'

const root = join(import.meta.dirname, '..')

/** People of one organization, as a file for the import. */
function peopleFile(count: number, organization: string): string {
  const lines = Array.from(
    { length: count },
    (_, index) => `Imani,Row${index},row${index}@import.example,row${index},${organization}`,
  )
  return ['First name,Last name,E-mail,Username,Organizations', ...lines, ''].join('\n')
}

/** One file through the command line, from its start to its end. */
export async function measureImport(
  env: Readonly<Record<string, string>>,
  count: number,
  organization: string,
): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-import-'))
  const file = join(folder, 'people.csv')
  await writeFile(file, peopleFile(count, organization))
  const from = performance.now()
  const run = spawn(join(root, 'bin/lintel'), ['account', 'import', file], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: 'ignore',
  })
  const [code] = await once(run, 'exit')
  const seconds = (performance.now() - from) / 1_000
  await rm(folder, { recursive: true })
  return row(`seconds to import ${count} rows by the command line`, seconds, 1, 'all made', code === 0)
}
