import type pg from 'pg'
import { OperatorError } from './operator-error.ts'

/** What PostgreSQL says of a statement whose name another connection has given, or has not. */
const lostName = new Set(['26000', '42P05'])
/** A pooler that hands connections around gives another one within so many questions. */
const questions = 4

const advice =
  'PgBouncer needs pool_mode = session for this database; from its version 1.21 on pool_mode = transaction does as well, with max_prepared_statements = 200. Or lead DATABASE_URL to PostgreSQL itself.'

/**
 * Proves that named statements hold on these connections. Behind a pooler that gives each transaction another connection
 * they do not, which would show only once several people are there: so one connection asks while another is in the middle
 * of something.
 * @throws OperatorError with the setting to change
 */
export async function provePooler(pool: pg.Pool): Promise<void> {
  const one = await pool.connect()
  const other = await pool.connect()
  const ask = (client: pg.PoolClient) => client.query('select 1 as pooler_probe', [])
  try {
    await ask(one)
    await other.query('begin')
    await ask(other)
    for (let asked = 0; asked < questions; asked++) await ask(one)
    await other.query('rollback')
  } catch (error) {
    if (error instanceof Error && 'code' in error && lostName.has(String(error.code)))
      throw new OperatorError(
        `What answers at DATABASE_URL is a pooler that gives each transaction another connection and forgets named statements. ${advice}`,
      )
    throw error
  } finally {
    one.release(true)
    other.release(true)
  }
}

/** The same on connections of its own, for who only looks. */
export async function provePoolerAt(url: string): Promise<void> {
  const { postgresPool } = await import('./postgres.ts')
  const pool = postgresPool(url, () => {})
  try {
    await provePooler(pool)
  } finally {
    await pool.end()
  }
}
