import { freshPostgres } from '../support/database/databases.ts'
import { type Client, openClient } from '../support/http/client.ts'
import { openTcpProxy, type TcpProxy } from '../support/outside/tcp-proxy.ts'
import type { Lintel, Scope } from '../support/process/process.ts'

/** A PostgreSQL with a network in front of it that can be cut, mended and silenced. */
export interface Line {
  readonly proxy: TcpProxy
  /** Leads through the proxy. */
  readonly url: string
  /** Leads past it. */
  readonly directUrl: string
}

export async function openLine(t: Scope): Promise<Line> {
  // Ends first: a database is not dropped while the server still waits for somebody's password.
  const proxy = await openTcpProxy(t, [])
  const database = await freshPostgres()
  t.after(database.drop)
  const url = new URL(database.url)
  proxy.leadTo([Number(url.port)])
  url.port = String(proxy.port)
  return { proxy, url: url.href, directUrl: database.url }
}

/** So many people, each in a browser of their own, who are about to sign in. */
export async function atSignInPages(lintel: Lintel, count: number): Promise<readonly Client[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const client = openClient(lintel.origin)
      await client.get('/sign-in')
      return client
    }),
  )
}
