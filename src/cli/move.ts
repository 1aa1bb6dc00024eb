import { randomUUID } from 'node:crypto'
import { openServices } from '../services.ts'
import type { Settings } from '../settings.ts'
import { readAll } from '../store/move/digest.ts'
import { tablesInOrder } from '../store/move/tables.ts'
import { closing, type MoveMark, movedError, opening } from '../store/moved.ts'
import { type Answer, answer, type Command, refused, textOf, usage } from './command.ts'
import { checkArrived, sampleOf } from './move-check.ts'
import { type End, postgresEnd, sqliteEnd } from './move-ends.ts'
import { withSettings } from './open.ts'
import { operator } from './owner.ts'
import { clearProgress, sayStep, showProgress } from './progress.ts'

export const command: Command = {
  usage: 'move --to postgres|sqlite [--json]',
  about: [
    'Moves the whole store from SQLite to the PostgreSQL of DATABASE_URL, or back, while Lintel is stopped.',
    'It checks every row, the audit log and a sample of credentials before it says that it is done. People stay signed in.',
    'The old store stays as it is and is closed: nothing can start on it or write to it. If a move is cut off, run it again.',
    '',
    '--to postgres    From LINTEL_DATA into an empty database. The role of DATABASE_URL has to own its tables.',
    '--to sqlite      From the database into LINTEL_DATA.',
  ],
  options: { to: { type: 'string' } },
  words: 0,
  async run(input) {
    const to = textOf(input.values, 'to')
    if (to !== 'postgres' && to !== 'sqlite') return usage('--to must be postgres or sqlite.')
    return withSettings(input.env, settings => {
      const { DATABASE_URL: url } = settings
      if (url === undefined)
        return Promise.resolve(
          refused('DATABASE_URL is not set. Put the address of the database into the settings.'),
        )
      const [sqlite, postgres] = [sqliteEnd(settings), postgresEnd(settings, url)]
      return to === 'postgres' ? move(sqlite, postgres) : move(postgres, sqlite)
    })
  },
}

async function move(from: End, to: End): Promise<Answer> {
  const [left, arrived] = [await from.mark(), await to.mark()]
  if (left?.state === 'moved' && arrived?.id === left.id && arrived.state === 'arriving') {
    await openArrived(to)
    return answer(done(from, to, ['The move that was cut off is at its end.']), { ok: true })
  }
  if (left !== undefined) return refused(movedError(left).message)
  if (!(await from.isStarted())) return refused(`There is no store of Lintel: ${from.words}.`)
  const trouble = (await from.trouble()) ?? (await to.trouble())
  if (trouble !== undefined) return refused(trouble)
  for (const end of [from, to])
    if (await end.isInUse())
      return refused(
        `Lintel, or another program, has the store open (${end.words}). Stop it, then run this again.`,
      )
  if (arrived === undefined && (await to.isStarted()))
    return refused(`There is a store of Lintel already: ${to.words}. Nothing was changed.`)
  return carry(from, to, arrived)
}

/** What the old store holds of the move before it: its schema up to date, its keys proven, the move in its audit log. */
async function readyOf(settings: Settings, to: End) {
  const { store, keyring, audit } = await openServices(settings)
  try {
    await store.write(tx =>
      audit.record(tx, {
        event: 'sensitive_update',
        actor: operator(),
        args: { what: 'move', to: to.engine },
      }),
    )
    return { keyring, sample: await sampleOf(store, keyring) }
  } finally {
    await store.close()
  }
}

async function carry(from: End, to: End, arrived: MoveMark | undefined): Promise<Answer> {
  const { keyring, sample } = await readyOf(from.settings, to)
  const tables = tablesInOrder()
  const names = tables.map(({ name }) => name)
  const mark = { id: randomUUID(), at: Date.now() }
  const source = await from.open()
  try {
    const kept = arrived && (await to.vacate(arrived))
    sayStep(`Copying from ${from.words} to ${to.words} ...`)
    const target = await to.make()
    const digests = await readAll(source, tables, rows => showProgress(`${rows} rows copied`), target.put)
      .then(async read => {
        for (const statement of closing(to.engine, { ...mark, state: 'arriving', other: from.engine }, names))
          await target.run(statement)
        await target.run('commit')
        return read
      })
      .finally(target.close)
    sayStep('Checking what arrived ...')
    const checked = await checkArrived(to, tables, { digests, sample }, keyring)
    if (!checked.ok)
      return refused(`The move was given up: ${checked.why}.`, `The old store is as it was: ${from.words}.`)
    await to.settle()
    sayStep('Closing the old store ...')
    for (const statement of closing(from.engine, { ...mark, state: 'moved', other: to.engine }, names))
      await source.run(statement)
    await source.run('commit')
    await openArrived(to)
    const rows = [...digests.values()].reduce((sum, { rows: some }) => sum + some, 0)
    return answer(
      done(from, to, [
        `${rows} rows of ${tables.length} tables are in ${to.words}, each the same as before.`,
        `The audit log is intact: ${checked.records} records in ${checked.chains} chains. ${checked.credentials} credentials were tried.`,
        ...(kept === undefined ? [] : [`A store that was moved away before is kept as ${kept}.`]),
      ]),
      { rows, tables: tables.length, ...checked },
    )
  } finally {
    await source.close()
    clearProgress()
  }
}

/** The old store is closed: this one is the only one from here on. */
async function openArrived(to: End): Promise<void> {
  const side = await to.open()
  try {
    for (const statement of opening(
      to.engine,
      tablesInOrder().map(({ name }) => name),
    ))
      await side.run(statement)
    await side.run('commit')
  } finally {
    await side.close()
  }
}

const next = {
  postgres: [
    'If Lintel runs with a role of its own, run "lintel database prepare" for it first.',
    'Start Lintel now, with DATABASE_URL in its settings.',
  ],
  sqlite: ['Take DATABASE_URL out of the settings, then start Lintel.'],
} as const

const done = (from: End, to: End, lines: readonly string[]): readonly string[] => [
  ...lines,
  `The old store is closed and stays where it is: ${from.words}. Keep it until a backup of the new one is made.`,
  ...next[to.engine],
]
