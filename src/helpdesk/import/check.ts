import { setImmediate as turn } from 'node:timers/promises'
import type { Store } from '../../store/store.ts'
import type { Scope } from '../scope.ts'
import { type CheckedRow, checkInFile, checkTaken, indexOf, type PersonRow, placeRow } from './rules.ts'
import { knownEmails, openPlaces, takenUsernames } from './store.ts'

/** Rows that are checked before others get their turn. */
const slice = 100

export type Progress = (done: number) => void

/** Checks every row against the file, the store and the agent's limit; writes nothing. */
export async function checkPeople(
  store: Store,
  rows: readonly PersonRow[],
  scope: Scope,
  progress: Progress = () => {},
): Promise<readonly CheckedRow[]> {
  const open = await openPlaces(store, scope)
  const index = indexOf(rows)
  const checked: CheckedRow[] = []
  for (let from = 0; from < rows.length; from += slice) {
    const some = rows.slice(from, from + slice)
    const taken = {
      usernames: await takenUsernames(store.read, some),
      emails: await knownEmails(store.read, some, scope),
    }
    for (const row of some) {
      const placed = placeRow(row, open)
      checked.push({
        ...placed,
        problems: [...placed.problems, ...checkInFile(row, index), ...checkTaken(row, taken)],
      })
    }
    progress(checked.length)
    await turn()
  }
  return checked
}
