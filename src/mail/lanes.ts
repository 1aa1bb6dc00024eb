/** Works through rows that are due, a few at a time: one that takes long holds up none of the others. */
interface Lanes {
  /** Starts lanes that look for rows; resolves when all have found nothing more. */
  run(): Promise<void>
  stop(): void
}

export function createLanes<Row>(given: {
  readonly most: number
  readonly due: () => Promise<readonly Row[]>
  readonly handle: (row: Row) => Promise<void>
  readonly failed: (error: unknown) => void
}): Lanes {
  const active = new Set<Promise<void>>()
  const found: Row[] = []
  let look: Promise<void> | undefined
  let again = false
  let stopped = false

  /** Lanes that look at the same time share one look. */
  async function next(): Promise<Row | undefined> {
    if (stopped) return undefined
    if (found.length === 0) {
      look ??= given
        .due()
        .then(rows => void found.push(...rows))
        .finally(() => {
          look = undefined
        })
      await look
    }
    return found.shift()
  }

  async function lane(): Promise<void> {
    do {
      again = false
      for (let row = await next(); row !== undefined; row = await next()) await given.handle(row)
    } while (again && !stopped)
  }

  function start(): void {
    const running = lane()
      .catch(given.failed)
      .finally(() => active.delete(running))
    active.add(running)
  }

  return {
    async run() {
      again = true
      while (active.size < given.most && !stopped) start()
      while (active.size > 0) await Promise.all(active)
    },
    stop() {
      stopped = true
    },
  }
}
