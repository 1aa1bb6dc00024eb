import type { Services } from '../../session/services.ts'
import type { Agent } from '../act.ts'
import { type Batch, claimImport, noteFailure, putChecked, readAllParts } from './batch.ts'
import { checkPeople } from './check.ts'
import { importPeople } from './make.ts'
import type { PersonRow } from './rules.ts'
import type { Limits } from './store.ts'

/** How far the work of an agent's file has come; only for the page that shows it. */
export interface Progress {
  readonly done: number
  readonly all: number
}

/** Rows up to which the answer waits for the work; more go on behind it. */
const soonDone = 500

/** The work on files in this process. */
export interface Works {
  check(batch: Batch, rows: readonly PersonRow[], limits: Limits): Promise<void>
  make(batch: Batch, limits: Limits, agent: Agent): Promise<void>
  progress(accountId: string): Progress | undefined
}

export function createWorks(services: Services): Works {
  const { store, log, now } = services
  const under = new Map<string, Progress>()

  /** Does it in the background unless it is short. What fails leaves nothing half done, and the page says so. */
  async function run(batch: Batch, all: number, work: () => Promise<void>): Promise<void> {
    under.set(batch.account_id, { done: 0, all })
    const ended = work()
      .catch(async error => {
        log.error({ err: error }, 'an import broke off')
        await noteFailure(services, batch, now())
      })
      .catch(error => log.error({ err: error }, 'the end of an import could not be noted'))
      .finally(() => under.delete(batch.account_id))
    if (all <= soonDone) await ended
  }

  const stepOf = (batch: Batch, all: number) => (done: number) =>
    void under.set(batch.account_id, { done, all })

  async function checkAgain(
    batch: Batch,
    rows: readonly PersonRow[],
    limits: Limits,
    trouble: Batch['trouble'],
  ): Promise<void> {
    const checked_at = now()
    const checked = await checkPeople(store, rows, limits, stepOf(batch, rows.length))
    await putChecked(services, batch, checked, { trouble, checked_at }, now())
  }

  return {
    check: (batch, rows, limits) => run(batch, rows.length, () => checkAgain(batch, rows, limits, null)),
    make: (batch, limits, agent) =>
      run(batch, batch.rows_all, async () => {
        const rows = await readAllParts(services, batch)
        const outcome = await importPeople(services, {
          rows,
          agent,
          limits,
          sha256: batch.sha256,
          fileName: batch.file_name,
          checkedAt: batch.checked_at,
          now: now(),
          progress: stepOf(batch, rows.length),
          claim: tx => claimImport(tx, batch, now()),
        })
        if (outcome === 'not-theirs') await noteFailure(services, batch, now())
        if (outcome === 'changed') await checkAgain(batch, rows.map(asWritten), limits, 'changed')
      }),
    progress: accountId => under.get(accountId),
  }
}

/** A row that had no problem, as it was before the check. */
const asWritten = (row: PersonRow): PersonRow => ({ ...row, problems: [] })
