import { existsSync } from 'node:fs'
import { openServices } from '../services.ts'
import type { Services } from '../session/services.ts'
import { readSettings, type Settings } from '../settings.ts'
import { sqliteFile } from '../store/store.ts'
import { type Answer, type Input, refused } from './command.ts'
import { actAsOwner, storeInWords } from './owner.ts'

/** The settings that the server would run with; a setting that is wrong is told before anything is opened. */
export async function withSettings(
  env: NodeJS.ProcessEnv,
  work: (settings: Settings) => Promise<Answer>,
): Promise<Answer> {
  const read = readSettings(env)
  if (!read.ok)
    return refused('Lintel cannot run with these settings:', ...read.problems.map(line => `  ${line}`))
  actAsOwner(read.settings)
  process.stderr.write(`${storeInWords(read.settings)}\n`)
  return work(read.settings)
}

/** Opens the store beside a running server. One that was never started is refused, so that nothing is made by accident. */
export function withServices(
  { env }: Pick<Input, 'env'>,
  work: (services: Services) => Promise<Answer>,
): Promise<Answer> {
  return withSettings(env, async settings => {
    if (!(await isStarted(settings)))
      return refused(
        `There is no store ${placeOf(settings)} yet. Start Lintel once ("npm start"), or set LINTEL_DATA to its folder.`,
      )
    const services = await openServices(settings)
    try {
      return await work(services)
    } finally {
      await services.store.close()
    }
  })
}

export const placeOf = (settings: Settings): string =>
  settings.DATABASE_URL === undefined ? `in ${settings.LINTEL_DATA}` : 'in the database of DATABASE_URL'

/** Tells whether Lintel has ever run on this store; a schema that was prepared for it is not enough. */
export async function isStarted({ LINTEL_DATA, DATABASE_URL }: Settings): Promise<boolean> {
  if (DATABASE_URL === undefined) return existsSync(sqliteFile(LINTEL_DATA))
  const holds = async (query: string) =>
    (await askPostgres<{ there: boolean }>(DATABASE_URL, query))[0]?.there === true
  return (
    (await holds("select to_regclass('policy') is not null as there")) &&
    (await holds('select exists (select from policy) as there'))
  )
}

/** One query outside the store, before it is known that there is one. */
export async function askPostgres<Row extends object>(url: string, query: string): Promise<readonly Row[]> {
  const { askOnce } = await import('../store/postgres.ts')
  return askOnce<Row>(url, query)
}
