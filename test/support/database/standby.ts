import pg from 'pg'
import type { Scope } from '../process/process.ts'
import { startPostgres, type ThrowawayPostgres } from './postgres.ts'

export interface Pair {
  readonly primary: ThrowawayPostgres
  /** Has each commit of the primary on its disk before it is acknowledged. */
  readonly standby: ThrowawayPostgres
  /** Makes the standby take writes. */
  promote(): Promise<void>
}

async function ask<Row extends object>(url: string, query: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(query)).rows
  } finally {
    await client.end()
  }
}

/** A primary and a standby that follows it by streaming, as docs/postgresql.md asks for. */
export async function openPair(t: Scope): Promise<Pair> {
  const primary = await startPostgres()
  t.after(primary.stop)
  const standby = await primary.follow()
  t.after(standby.stop)
  await ask(primary.url, `alter system set synchronous_standby_names = '*'`)
  await ask(primary.url, 'select pg_reload_conf()')
  const follows = () => ask(primary.url, `select from pg_stat_replication where sync_state = 'sync'`)
  while ((await follows()).length === 0) await new Promise(setImmediate)
  return {
    primary,
    standby,
    promote: async () => void (await ask(standby.url, 'select pg_promote(true)')),
  }
}
