import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { checkPeople, trainingAsked } from '../administration/import/check.ts'
import { fields } from '../administration/import/columns.ts'
import { readPeople, readUpdates } from '../administration/import/csv.ts'
import { importPeople } from '../administration/import/make.ts'
import { type CheckedRow, isFine } from '../administration/import/rules.ts'
import { problemInWords, quoted } from '../administration/import/sentences.ts'
import { updatePeople } from '../administration/import/update.ts'
import { checkUpdates } from '../administration/import/update-check.ts'
import type { UpdateRow } from '../administration/import/update-rules.ts'
import { wordsFor } from '../administration/import/words.ts'
import { readPolicy } from '../policy/policy.ts'
import type { Services } from '../session/services.ts'
import { newId } from '../store/ids.ts'
import { plurals } from '../web/plurals.ts'
import { reasonHelp, reasonOption } from './account.ts'
import {
  type Answer,
  answer,
  type Command,
  type Input,
  isOn,
  listOf,
  refused,
  textOf,
  usage,
} from './command.ts'
import { withServices } from './open.ts'
import { operator } from './owner.ts'

const count = plurals('en-US')

export const command: Command = {
  usage:
    'account import FILE [--update --reason TEXT] [--column FIELD=TITLE]… [--dry-run] [--training-override REASON] [--json]',
  about: [
    'Creates an account for each row of FILE (CSV, or with semicolons or tabs, as text of any kind), all or none.',
    'The first line names the columns: First name, Last name; also Email, Username (suggested where it is blank),',
    'Organizations (the first is the primary one) and Workgroups, separated by |,',
    'Work phone, Extension, Job title and Supervisor.',
    'The accounts have no password: issue temporary passwords, or print sheets in the console.',
    '',
    '--update     Updates accounts that are here instead, all or none: each row is found by its username or, where that is',
    '             blank, by its email. Blank cells and missing columns change nothing; access is changed elsewhere.',
    reasonHelp,
    '--column FIELD=TITLE',
    `             Which column says what: ${fields.join(', ')}. The columns that have neither our titles nor one of`,
    '             these are then left out.',
    '--dry-run    Only say what would happen, row by row.',
    '--training-override REASON',
    '             Why people are imported though their training is not known to be finished.',
  ],
  options: {
    ...reasonOption,
    update: { type: 'boolean' },
    column: { type: 'string', multiple: true },
    'dry-run': { type: 'boolean' },
    'training-override': { type: 'string' },
  },
  words: 1,
  run(input) {
    const path = input.positionals[0] ?? ''
    const bytes = readBytes(path)
    if (bytes === undefined) return Promise.resolve(refused(`${path} cannot be read.`))
    const work = isOn(input.values, 'update') ? runUpdate : run
    return withServices(input, services => work(services, input, path, bytes))
  },
}

function readBytes(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

async function run(services: Services, input: Input, path: string, bytes: Uint8Array): Promise<Answer> {
  const read = await readPeople(bytes, listOf(input.values, 'column'))
  if (!read.ok) return refused(...read.problems.map(problem => problemInWords(problem, 'en')))
  const checkedAt = services.now()
  const override = textOf(input.values, 'training-override') ?? ''
  const training = trainingAsked(services, await readPolicy(services.store), override)
  const role = 'administrator' as const
  const limits = { reach: undefined, role, training }
  const all = read.rows.length
  const rows = await checkPeople(services.store, read.rows, limits, told('Checked', 'rows', all))
  if (!rows.every(isFine)) return refusedRows(rows)
  if (isOn(input.values, 'dry-run')) return report(rows, 'would be created', 0)
  const outcome = await importPeople(services, {
    rows,
    agent: { actor: operator(), role },
    limits,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    fileName: basename(path),
    checkedAt,
    now: services.now(),
    progress: told('Created', 'accounts', all),
  })
  return outcome === 'made'
    ? report(rows, 'created', rows.length)
    : refused('Accounts changed while the file was being checked. Nothing was created. Run this again.')
}

async function runUpdate(
  { store, ...parts }: Services,
  input: Input,
  path: string,
  bytes: Uint8Array,
): Promise<Answer> {
  const reason = (textOf(input.values, 'reason') ?? '').trim()
  const isDry = isOn(input.values, 'dry-run')
  if (reason === '' && !isDry) return usage('--update needs --reason.')
  const read = await readUpdates(bytes, listOf(input.values, 'column'))
  if (!read.ok) return refused(...read.problems.map(problem => problemInWords(problem, 'en')))
  const role = 'administrator' as const
  const all = read.rows.length
  const rows = await checkUpdates(store, read.rows, { reach: undefined, role }, told('Checked', 'rows', all))
  if (!rows.every(isFine)) return refusedRows(rows.map(lineOf), 'updated')
  if (isDry) return reportUpdates(rows, false)
  const outcome = await updatePeople(
    { store, ...parts },
    {
      rows,
      agent: { actor: operator(), role },
      said: { reason },
      policy: await readPolicy(store),
      many: newId(parts.now()),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      fileName: basename(path),
      now: parts.now(),
    },
  )
  return outcome === 'made'
    ? reportUpdates(rows, true)
    : refused('Accounts changed while the file was being checked. Nothing was updated. Run this again.')
}

const lineOf = ({ written, account, changes, problems }: UpdateRow) => ({
  line: written.line,
  username: account?.username ?? (written.username || (written.given.email ?? '')),
  changes,
  problems,
})

function reportUpdates(rows: readonly UpdateRow[], isDone: boolean): Answer {
  const changed = rows.filter(({ changes }) => changes.length > 0).map(lineOf)
  const accounts = count(changed.length, { one: '# account', other: '# accounts' })
  const same = count(rows.length - changed.length, { one: '# row changes', other: '# rows change' })
  const lines = changed.flatMap(({ line, username, changes }) =>
    changes.map(
      ({ field, before, after }) =>
        `Line ${line}: ${quoted(username)}: ${field}: ${before || '(blank)'} → ${after}`,
    ),
  )
  const end = isDone
    ? `${accounts} updated. ${same} nothing.`
    : `${accounts} would be updated. ${same} nothing.`
  return answer([...lines, end], {
    ok: true,
    updated: isDone ? changed.length : 0,
    rows: changed.map(({ problems, ...row }) => row),
  })
}

/** Rows from one line of progress to the next. */
const step = 1_000

/** Progress on standard error, where it is in nobody's way. */
const told = (verb: string, what: string, all: number) => (done: number) => {
  if (done % step === 0 || done === all) process.stderr.write(`${verb} ${done} of ${all} ${what}\n`)
}

const jsonOf = ({ line, username, isUntrained, ...row }: Line) => ({
  line,
  username,
  ...(isUntrained !== undefined && { isUntrained }),
  problems: row.problems.map(problem => ({ code: problem.code, message: problemInWords(problem, 'en') })),
})

const untrained = (row: CheckedRow): string => (row.isUntrained ? `. ${wordsFor('en').untrained}` : '')

const report = (rows: readonly CheckedRow[], what: string, made: number): Answer =>
  answer(
    [
      ...rows.map(row => `Line ${row.line}: ${row.username}: ${what}${untrained(row)}`),
      made === 0
        ? `${count(rows.length, { one: '# account', other: '# accounts' })} would be created.`
        : `${count(rows.length, { one: '# account was', other: '# accounts were' })} created.`,
    ],
    { ok: true, made, rows: rows.map(jsonOf) },
  )

type Line = Pick<CheckedRow, 'line' | 'username' | 'problems'> & Partial<Pick<CheckedRow, 'isUntrained'>>

function refusedRows(rows: readonly Line[], done: 'created' | 'updated' = 'created'): Answer {
  const bad = rows.filter(row => !isFine(row))
  return {
    kind: 'refused',
    reasons: [
      ...bad.flatMap(row =>
        row.problems.map(
          problem => `Line ${row.line}: ${quoted(row.username)}: ${problemInWords(problem, 'en')}`,
        ),
      ),
      `${bad.length} of ${rows.length} rows cannot be imported. Nothing was ${done}.`,
      ...(bad.some(row => row.problems.some(({ code }) => code === 'import.training-open'))
        ? ['To import them anyway, add --training-override "the reason".']
        : []),
    ],
    json: { ok: false, made: 0, rows: rows.map(jsonOf) },
  }
}
