import type { CompiledQuery, QueryResult } from 'kysely'
import { isGivenUp } from './away.ts'
import type { takeConnection } from './postgres.ts'

type Client = Awaited<ReturnType<typeof takeConnection>>

/** Short reads on one connection to PostgreSQL. */
export interface LookUps {
  ask<Row>(query: CompiledQuery<Row>): Promise<QueryResult<Row>>
  close(): Promise<void>
}

/** The server says so before it closes the connection. */
const isFatal = (error: unknown): boolean =>
  error instanceof Error && 'severity' in error && error.severity === 'FATAL'

interface Taken {
  readonly client: Client
  release(): void
}

/**
 * Takes one connection for good and sends the look-ups of one turn of the event loop in one write: many
 * requests at once cost the server's process and ours one wake-up. A connection that breaks, or that gives no answer in
 * time, fails what is on it; the next look-up takes another.
 */
export function createLookUps(take: () => Promise<Client>): LookUps {
  let taken: Promise<Taken> | undefined
  let isHeld = false

  function drop(given: Promise<Taken>): void {
    if (taken === given) taken = undefined
  }

  function current(): Promise<Taken> {
    if (taken !== undefined) return taken
    const mine = take().then(client => {
      const lost = () => {
        drop(mine)
        client.release(true)
      }
      client.once('end', lost)
      return { client, release: () => client.off('end', lost).release() }
    })
    mine.catch(() => drop(mine))
    taken = mine
    return mine
  }

  /** Holds back what is written until the turn is over. */
  function hold({ connection: { stream } }: Client): void {
    if (isHeld) return
    isHeld = true
    stream.cork()
    setImmediate(() => {
      isHeld = false
      stream.uncork()
    })
  }

  return {
    async ask<Row>({ sql, parameters }: CompiledQuery<Row>): Promise<QueryResult<Row>> {
      const mine = current()
      const { client } = await mine
      hold(client)
      try {
        const { rows } = await client.query(sql, [...parameters])
        return { rows: rows as Row[] }
      } catch (error) {
        if (isFatal(error) || isGivenUp(client)) drop(mine)
        throw error
      }
    },
    async close() {
      const given = await taken?.catch(() => undefined)
      given?.release()
    },
  }
}
