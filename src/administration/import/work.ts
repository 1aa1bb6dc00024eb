import type { Services } from '../../session/services.ts'
import type { Tx } from '../../store/store.ts'
import type { ListTable } from '../lists/table.ts'
import { type Batch, claimImport, noteFailure, putChecked, readAllParts } from './batch.ts'
import { checkPeople } from './check.ts'
import type { PeopleMapping } from './columns.ts'
import { peopleOf, updatesOf } from './csv.ts'
import { type Imported, type ImportJob, importPeople } from './make.ts'
import { type CheckedRow, inOrder, isFine, type PersonRow } from './rules.ts'
import type { Limits } from './store.ts'
import { type UpdateJob, updatePeople } from './update.ts'
import { checkUpdates } from './update-check.ts'
import { asWrittenUpdate, type UpdateRow, updatesInOrder, type WrittenUpdate } from './update-rules.ts'

/** How far the work of an agent's file has come; only for the page that shows it. */
export interface Progress {
  readonly done: number
  readonly all: number
}

/** Rows up to which the answer waits for the work; more go on behind it. */
const soonDone = 500

/** By whom a checked file is carried out, and what is said of it. */
type By = Pick<ImportJob, 'agent' | 'limits'> & Pick<UpdateJob, 'said' | 'policy'>

/** The work on files in this process. */
export interface Works {
  check(batch: Batch, file: { table: ListTable; mapping: PeopleMapping }, limits: Limits): Promise<void>
  make(batch: Batch, by: By): Promise<void>
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

  async function checkNew(
    batch: Batch,
    rows: readonly PersonRow[],
    limits: Limits,
    trouble: Batch['trouble'],
  ): Promise<void> {
    const checked_at = now()
    const checked = await checkPeople(store, rows, limits, stepOf(batch, rows.length))
    const rows_refused = checked.filter(row => !isFine(row)).length
    const rows_untrained = checked.filter(row => row.isUntrained).length
    const counts = { rows_refused, rows_untrained, rows_same: 0 }
    await putChecked(services, batch, inOrder(checked), { trouble, checked_at, ...counts }, now())
  }

  async function checkUpdate(
    batch: Batch,
    rows: readonly WrittenUpdate[],
    limits: Limits,
    trouble: Batch['trouble'],
  ): Promise<void> {
    const checked_at = now()
    const checked = await checkUpdates(store, rows, limits, stepOf(batch, rows.length))
    const rows_refused = checked.filter(row => !isFine(row)).length
    const rows_same = checked.filter(row => isFine(row) && row.changes.length === 0).length
    const counts = { rows_refused, rows_untrained: 0, rows_same }
    await putChecked(services, batch, updatesInOrder(checked), { trouble, checked_at, ...counts }, now())
  }

  const jobOf = (batch: Batch, { agent }: By) => ({
    agent,
    sha256: batch.sha256,
    fileName: batch.file_name,
    now: now(),
    progress: stepOf(batch, batch.rows_all),
    claim: (tx: Tx) => claimImport(tx, batch, now()),
  })

  async function makeNew(batch: Batch, by: By): Promise<void> {
    const rows = await readAllParts<CheckedRow>(services, batch)
    const { limits } = by
    const job = { ...jobOf(batch, by), rows, limits, checkedAt: batch.checked_at }
    await end(batch, await importPeople(services, job), () =>
      checkNew(batch, rows.map(asWritten), limits, 'changed'),
    )
  }

  async function makeUpdate(batch: Batch, by: By): Promise<void> {
    const rows = await readAllParts<UpdateRow>(services, batch)
    const { limits, said, policy } = by
    const job = { ...jobOf(batch, by), rows, said, policy, many: batch.id }
    await end(batch, await updatePeople(services, job), () =>
      checkUpdate(batch, rows.map(asWrittenUpdate), limits, 'changed'),
    )
  }

  async function end(batch: Batch, outcome: Imported, checkAgain: () => Promise<void>): Promise<void> {
    if (outcome === 'not-theirs') await noteFailure(services, batch, now())
    if (outcome === 'changed') await checkAgain()
  }

  return {
    check: (batch, { table, mapping }, limits) =>
      run(batch, table.rows.length, async () =>
        batch.kind === 'new'
          ? checkNew(batch, await peopleOf(table, mapping), limits, null)
          : checkUpdate(batch, await updatesOf(table, mapping), limits, null),
      ),
    make: (batch, by) =>
      run(batch, batch.rows_all, () => (batch.kind === 'new' ? makeNew(batch, by) : makeUpdate(batch, by))),
    progress: accountId => under.get(accountId),
  }
}

/** A row that had no problem, as it was before the check. */
const asWritten = (row: PersonRow): PersonRow => ({ ...row, problems: [] })
