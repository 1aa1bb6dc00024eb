import { freeSourceFailures } from './rules.ts'

/** How many checks of one address may be under way after so many failures: never more than it could still fail. */
const roomAfter = (failures: number): number => Math.max(1, freeSourceFailures + 1 - failures)

/** Checks of one address that wait for room in one process; the next one is told to come again. */
const mostWaiting = 512

interface Source {
  underWay: number
  failures: number
  readonly waiting: (() => void)[]
}

/** What a check of an address gives back: how many failures the address has now, where that is known. */
export interface Checked<Value> {
  readonly value: Value
  readonly failures?: number
}

/** The checks each address has under way in this process. */
export interface UnderWay {
  /**
   * Does the check once the address has room for it, as if each one under way were going to fail: so a limit of failures
   * holds for checks that arrive together, too, and right ones only wait for each other. `waited`: what was read before may
   * be out of date. Undefined: too many wait.
   */
  during<Value>(
    source: string,
    failures: number,
    check: (waited: boolean) => Promise<Checked<Value>>,
  ): Promise<Value> | undefined
}

export function createUnderWay(): UnderWay {
  const sources = new Map<string, Source>()

  function startNext(source: Source): void {
    while (source.waiting.length > 0 && source.underWay < roomAfter(source.failures)) {
      source.underWay += 1
      source.waiting.shift()?.()
    }
  }

  async function work<Value>(
    name: string,
    source: Source,
    check: (waited: boolean) => Promise<Checked<Value>>,
    turn: Promise<void> | undefined,
  ): Promise<Value> {
    await turn
    try {
      const { value, failures } = await check(turn !== undefined)
      source.failures = failures ?? source.failures
      return value
    } finally {
      source.underWay -= 1
      startNext(source)
      if (source.underWay === 0) sources.delete(name)
    }
  }

  return {
    during(name, failures, check) {
      const source = sources.get(name) ?? { underWay: 0, failures, waiting: [] }
      if (source.waiting.length >= mostWaiting) return undefined
      sources.set(name, source)
      if (source.underWay < roomAfter(source.failures)) {
        source.underWay += 1
        return work(name, source, check, undefined)
      }
      const turn = new Promise<void>(resolve => source.waiting.push(resolve))
      return work(name, source, check, turn)
    },
  }
}
