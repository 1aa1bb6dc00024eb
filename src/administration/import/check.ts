import { setImmediate as turn } from 'node:timers/promises'
import { foldName } from '../../account/names.ts'
import type { Policy } from '../../policy/table.ts'
import type { Services } from '../../session/services.ts'
import type { Store } from '../../store/store.ts'
import { proposeUsernames } from './propose.ts'
import { type CheckedRow, checkInFile, checkTaken, indexOf, type PersonRow, placeRow } from './rules.ts'
import {
  isClosed,
  knownEmails,
  type Limits,
  openPlaces,
  type TrainingAsked,
  takenUsernames,
  trainedEmails,
} from './store.ts'

/** Problems of one row that are kept; more help nobody, and a hostile file has millions. */
const mostProblems = 10
/** Rows that are checked before others get their turn. */
const slice = 100

export type Progress = (done: number) => void

/**
 * Where policy asks for finished training, an import asks for it too; where it only warns and no Moodle is set, there is
 * nothing to warn of. `override`: why it goes on all the same.
 */
export function trainingAsked(
  { settings, now }: Pick<Services, 'settings' | 'now'>,
  { trainingGate: gate, trainingMonths }: Policy,
  override: string,
): TrainingAsked | undefined {
  const isSilent = gate === 'off' || (gate === 'warn' && settings.MOODLE_URL === undefined)
  return isSilent ? undefined : { gate, override: override.trim(), trainingMonths, now: now() }
}

/** Checks every row against the file, the store and the agent's limit; writes nothing. */
export async function checkPeople(
  store: Store,
  written: readonly PersonRow[],
  limits: Limits,
  progress: Progress = () => {},
): Promise<readonly CheckedRow[]> {
  const { reach, training } = limits
  const open = await openPlaces(store, limits)
  const rows = await proposeUsernames(store, written)
  const index = indexOf(rows)
  const checked: CheckedRow[] = []
  for (let from = 0; from < rows.length; from += slice) {
    const some = rows.slice(from, from + slice)
    const taken = {
      usernames: await takenUsernames(store.read, some),
      emails: await knownEmails(store.read, some, reach),
    }
    const trained = training && (await trainedEmails(store.read, some, training))
    for (const row of some) {
      const placed = placeRow(row, open)
      const isUntrained = trained?.has(foldName(row.email)) === false
      const isHeldUp = isUntrained && training !== undefined && isClosed(training)
      checked.push({
        ...placed,
        isUntrained,
        problems: [
          ...placed.problems,
          ...checkInFile(row, index),
          ...checkTaken(row, taken),
          ...(isHeldUp ? [{ code: 'import.training-open' as const }] : []),
        ].slice(0, mostProblems),
      })
    }
    progress(checked.length)
    await turn()
  }
  return checked
}
