import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Scope } from '../process/process.ts'

/** What is on its way to the target, or back from it. */
export type Direction = 'there' | 'back'

export interface TcpProxy {
  readonly port: number
  /** Breaks every connection off; new ones are refused until `mend`. */
  cut(): void
  /** Loses every byte in these directions without a word to either side, as a network does whose cable was pulled. */
  swallow(directions: readonly Direction[]): void
  /** Lets new connections through. One that lost bytes stays silent for both sides: nothing can be made good there. */
  mend(): void
  /** Gives new connections to these ports from now on. */
  leadTo(targets: readonly number[]): void
}

interface Pair {
  readonly inner: Socket
  readonly outer: Socket
  hasLost: boolean
}

/** Passes bytes on to a port of this machine; each new connection takes the next target in turn. */
export async function openTcpProxy(t: Scope, given: readonly number[]): Promise<TcpProxy> {
  const pairs = new Set<Pair>()
  let targets = given
  let isCut = false
  let swallows: readonly Direction[] = []
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

  function pass(pair: Pair, direction: Direction): void {
    const [from, to] = direction === 'there' ? [pair.inner, pair.outer] : [pair.outer, pair.inner]
    from.on('error', () => {})
    from.on('data', bytes => {
      const isLost = swallows.includes(direction) || (pair.hasLost && swallows.length === 0)
      if (isLost) pair.hasLost = true
      else to.write(bytes)
    })
    // Where bytes are lost, so is the word that one side has gone.
    from.on('close', () => {
      if (pair.hasLost || swallows.length > 0) return
      pairs.delete(pair)
      to.destroy()
    })
  }

  async function join(inner: Socket): Promise<void> {
    inner.on('error', () => {})
    inner.pause()
    const outer = isCut ? undefined : await reach()
    if (outer === undefined) {
      inner.resetAndDestroy()
      return
    }
    const pair = { inner, outer, hasLost: false }
    pairs.add(pair)
    pass(pair, 'there')
    pass(pair, 'back')
    inner.resume()
  }

  const server = createServer(inner => void join(inner)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(async () => {
    for (const { inner, outer } of pairs) for (const socket of [inner, outer]) socket.destroy()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true
      for (const { inner, outer } of [...pairs]) for (const socket of [inner, outer]) socket.destroy()
    },
    swallow(directions) {
      swallows = directions
    },
    mend() {
      isCut = false
      swallows = []
    },
    leadTo(next) {
      targets = next
    },
  }
}
