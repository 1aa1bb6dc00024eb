import { setImmediate as turn } from 'node:timers/promises'
import type { Policy } from '../../policy/table.ts'
import type { Store } from '../../store/store.ts'
import type { Scope } from '../scope.ts'
import { type CheckedRow, checkInFile, checkTaken, indexOf, type PersonRow, placeRow } from './rules.ts'
import { knownEmails, openPlaces, type TrainingAsked, takenUsernames, trainedEmails } from './store.ts'

/** Rows that are checked before others get their turn. */
const slice = 100

export type Progress = (done: number) => void

/** What an agent's import is held to. */
export interface Limits {
  readonly scope: Scope
  /** Undefined: nobody's training is asked for. */
  readonly training: TrainingAsked | undefined
}

/** Where policy makes finished training a condition, an import asks for it too. */
export const trainingAsked = (
  { trainingGate, trainingMonths }: Policy,
  now: number,
): TrainingAsked | undefined => (trainingGate === 'required' ? { trainingMonths, now } : undefined)

/** Checks every row against the file, the store and the agent's limit; writes nothing. */
export async function checkPeople(
  store: Store,
  rows: readonly PersonRow[],
  { scope, training }: Limits,
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
      trained: training && (await trainedEmails(store.read, some, training)),
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
