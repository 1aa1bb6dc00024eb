import { setImmediate as turn } from 'node:timers/promises'
import { createUsers } from '../../account/store.ts'
import type { AuditEvent } from '../../audit/audit.ts'
import type { Services } from '../../session/services.ts'
import { isTaken, type Tx } from '../../store/store.ts'
import type { Scope } from '../scope.ts'
import type { Agent } from '../verbs/act.ts'
import type { Progress } from './check.ts'
import { type CheckedRow, isFine } from './rules.ts'
import { hasChanged, openPlaces } from './store.ts'

export interface ImportJob {
  /** Every one without a problem. */
  readonly rows: readonly CheckedRow[]
  readonly agent: Agent
  readonly scope: Scope
  /** Of the file, for the audit log. */
  readonly sha256: string
  readonly fileName: string
  /** When the rows were checked. Milliseconds since 1970. */
  readonly checkedAt: number
  readonly now: number
  readonly progress?: Progress
  /** Takes the import in the same transaction; false when another request has done it already. */
  readonly claim?: (tx: Tx) => Promise<boolean>
}

/** `changed`: the store moved on since the check, nothing was made; `taken`: another request has made these accounts. */
export type Imported = 'made' | 'changed' | 'taken'

/** Accounts that one statement makes. */
const slice = 100

/**
 * Makes all accounts of a checked file, without a credential, or none: in one transaction, after a look at what changed
 * since the check. Others who only read are let in between; whoever writes to SQLite waits until it is done.
 */
export async function importPeople(
  { store, audit }: Pick<Services, 'store' | 'audit'>,
  job: ImportJob,
): Promise<Imported> {
  if (!job.rows.every(isFine)) return 'changed'
  const { organizationNames } = await openPlaces(store, job.scope)
  try {
    return await store.write(async tx => {
      if (await hasChanged(tx, job.rows, job.scope, job.checkedAt)) return 'changed'
      if (job.claim !== undefined && !(await job.claim(tx))) return 'taken'
      for (let from = 0; from < job.rows.length; from += slice) {
        const rows = job.rows.slice(from, from + slice)
        const ids = await createUsers(tx, rows, organizationNames, job.now)
        const [first, ...rest] = rows.map((row, index) => madeRecord(job, row, ids[index] ?? ''))
        if (first !== undefined) await audit.record(tx, first, ...rest)
        job.progress?.(from + rows.length)
        await turn()
      }
      await audit.record(tx, {
        event: 'sensitive_create',
        ...traceOf(job.agent),
        args: { what: 'import', import: job.sha256, file: job.fileName, accounts: job.rows.length },
      })
      return 'made'
    })
  } catch (error) {
    if (isTaken(error)) return 'changed'
    throw error
  }
}

const madeRecord = (job: ImportJob, { username }: CheckedRow, subject: string): AuditEvent => ({
  event: 'user_created',
  ...traceOf(job.agent),
  subject,
  args: { username, role: 'user', import: job.sha256 },
})

const traceOf = ({
  actor,
  address,
  requestId,
}: Agent): Pick<AuditEvent, 'actor' | 'address' | 'requestId'> => ({
  actor,
  ...(address !== undefined && { address }),
  ...(requestId !== undefined && { requestId }),
})
