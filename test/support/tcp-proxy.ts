import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Scope } from './process.ts'

export interface TcpProxy {
  readonly port: number
  /** Breaks every connection off; new ones are refused until `mend`. */
  cut(): void
  mend(): void
}

/** Passes bytes on to a port of this machine; each new connection takes the next target in turn. */
export async function openTcpProxy(t: Scope, targets: readonly number[]): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>()
  let isCut = false
  let turn = 0

  /** The next target that listens; one that is down is passed over, as a balancer does. */
  async function reach(): Promise<Socket | undefined> {
    for (const _target of targets) {
      const outer = connect(targets[turn++ % targets.length] ?? 0, '127.0.0.1')
      const [event] = await Promise.race([
        once(outer, 'connect').then(() => ['connect']),
        once(outer, 'error').then(() => ['error']),
      ]).catch(() => ['error'])
      if (event === 'connect') return outer
    }
    return undefined
  }

  async function join(inner: Socket): Promise<void> {
    inner.on('error', () => {})
    inner.pause()
    const outer = isCut ? undefined : await reach()
    if (outer === undefined) {
      inner.resetAndDestroy()
      return
    }
    const pair = [inner, outer] as const
    pairs.add(pair)
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      from.on('error', () => {})
      from.on('data', bytes => to.write(bytes))
      from.on('close', () => {
        pairs.delete(pair)
        to.destroy()
      })
    }
    inner.resume()
  }

  const server = createServer(inner => void join(inner)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(async () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true
      for (const pair of [...pairs]) for (const socket of pair) socket.destroy()
    },
    mend() {
      isCut = false
    },
  }
}
