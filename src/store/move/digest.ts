import { hash } from 'node:crypto'
import type { MovedRow, Side } from './side.ts'
import type { MovedTable } from './tables.ts'

/** What a table holds, in a few words: the same for the same rows in any order. */
export interface Digest {
  readonly rows: number
  readonly sum: string
}

/** Told how many rows are done. */
export type Progress = (rows: number) => void

/** Adds rows up: 128 bits of the SHA-256 of each, as four sums, so that no order is needed. */
function createDigest({ columns }: MovedTable) {
  const sums = new Uint32Array(4)
  let rows = 0
  return {
    add(page: readonly MovedRow[]): void {
      rows += page.length
      for (const row of page) {
        const bytes = hash('sha256', JSON.stringify(columns.map(column => row[column])), 'buffer')
        for (const index of sums.keys()) sums[index] = (sums[index] ?? 0) + bytes.readUInt32LE(index * 4)
      }
    },
    read: (): Digest => ({ rows, sum: sums.join('-') }),
  }
}

/** Reads every row of a store, hands it on, and says what there was. */
export async function readAll(
  side: Side,
  tables: readonly MovedTable[],
  progress: Progress,
  take: Side['put'] = async () => {},
): Promise<ReadonlyMap<string, Digest>> {
  const digests = new Map<string, Digest>()
  let done = 0
  for (const table of tables) {
    const digest = createDigest(table)
    for await (const page of side.pages(table)) {
      digest.add(page)
      await take(table, page)
      done += page.length
      progress(done)
    }
    digests.set(table.name, digest.read())
  }
  return digests
}

/** The tables whose rows differ. Pure. */
export const differing = (
  one: ReadonlyMap<string, Digest>,
  other: ReadonlyMap<string, Digest>,
): readonly string[] =>
  [...one].flatMap(([name, { rows, sum }]) => {
    const found = other.get(name)
    return found?.rows === rows && found.sum === sum ? [] : [name]
  })
