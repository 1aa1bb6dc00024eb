import { setImmediate as turn } from 'node:timers/promises'
import { indexWordsInTurns } from '../../account/index-words.ts'
import { holdSignInEmails } from '../../account/sign-in-emails.ts'
import { putUsers, type UserRows, userRows } from '../../account/store.ts'
import { createdThen } from '../../audit/access-then.ts'
import type { AuditEvent } from '../../audit/audit.ts'
import type { AccessThen, NamesThen } from '../../audit/evidence.ts'
import type { Services } from '../../session/services.ts'
import { isTaken, type Tx } from '../../store/store.ts'
import { type Agent, actorOf, mayStill, traceOf } from '../act.ts'
import type { Progress } from './check.ts'
import { type CheckedRow, isFine } from './rules.ts'
import { type FirstLook, hasChanged, type Limits, lookFirst } from './store.ts'

export interface ImportJob {
  /** Every one without a problem. */
  readonly rows: readonly CheckedRow[]
  readonly agent: Agent
  readonly limits: Limits
  /** The file's hash, for the audit log. */
  readonly sha256: string
  readonly fileName: string
  /** When the rows were checked. Milliseconds since 1970. */
  readonly checkedAt: number
  readonly now: number
  readonly progress?: Progress
  /** Takes the import in the same transaction; false when another request has done it already. */
  readonly claim?: (tx: Tx) => Promise<boolean>
}

/**
 * `changed`: the store moved on since the check, nothing was made; `taken`: another request has made these accounts;
 * `not-theirs`: the agent may do no such thing any more.
 */
export type Imported = 'made' | 'changed' | 'taken' | 'not-theirs'

type Parts = Pick<Services, 'store' | 'audit' | 'log'>

/** Accounts after which who only reads gets a turn. */
const slice = 500

interface Slice {
  readonly rows: readonly CheckedRow[]
  readonly users: UserRows
}

/**
 * Makes all accounts of a checked file, without a credential, or none: in one transaction, after a look at what changed
 * since the check. Anyone who writes to SQLite waits for it, so all that can be done before or afterwards is: the words by
 * which people are found follow in short transactions, and clean-up writes what a crash left out.
 */
export async function importPeople(parts: Parts, job: ImportJob): Promise<Imported> {
  if (!job.rows.every(isFine)) return 'changed'
  const slices = await makeReady(job)
  const look = await lookFirst(parts.store, job.rows, job.checkedAt)
  if (look === undefined) return 'changed'
  const outcome = await makeAll(parts, job, slices, look).catch(error => {
    if (isTaken(error)) return 'changed' as const
    throw error
  })
  if (outcome === 'made')
    await indexWordsInTurns(
      parts.store,
      slices.flatMap(({ users }) => users.ids),
    ).catch(error => parts.log.error({ err: error }, 'the words of an import are left to clean-up'))
  return outcome
}

async function makeReady({ rows, now }: ImportJob): Promise<readonly Slice[]> {
  const slices: Slice[] = []
  for (let from = 0; from < rows.length; from += slice) {
    const some = rows.slice(from, from + slice)
    slices.push({ rows: some, users: userRows(some, now) })
    await turn()
  }
  return slices
}

function makeAll(
  { store, audit }: Parts,
  job: ImportJob,
  slices: readonly Slice[],
  look: FirstLook,
): Promise<Imported> {
  return store.write(async tx => {
    if (!(await mayStill(tx, job.agent, job.now))) return 'not-theirs'
    await holdSignInEmails(tx)
    if (await hasChanged(tx, job.rows, job.limits, job.checkedAt, look)) return 'changed'
    if (job.claim !== undefined && !(await job.claim(tx))) return 'taken'
    let done = 0
    for (const { rows, users } of slices) {
      await putUsers(tx, users)
      const facts = await createdThen(tx, users.ids)
      const [first, ...rest] = users.ids.flatMap((id, index) =>
        recordsOf(job, rows[index]?.isUntrained === true, id, facts(id)),
      )
      if (first !== undefined) await audit.record(tx, first, ...rest)
      done += rows.length
      job.progress?.(done)
      await turn()
    }
    await audit.record(tx, {
      event: 'sensitive_create',
      ...actorOf(job.agent),
      args: { what: 'import', import: job.sha256, file: job.fileName, accounts: job.rows.length },
    })
    return 'made'
  })
}

/** The records of a new account: that it was made, and why without training where a reason was given. */
function recordsOf(
  { agent, limits, sha256 }: ImportJob,
  isUntrained: boolean,
  subject: string,
  facts: NamesThen & AccessThen,
): readonly AuditEvent[] {
  const made: AuditEvent = {
    event: 'user_created',
    ...traceOf(agent, subject),
    args: { ...facts, import: sha256 },
  }
  const reason = limits.training?.override ?? ''
  if (!isUntrained || reason === '') return [made]
  return [
    made,
    { event: 'user_updated', ...traceOf(agent, subject), args: { change: 'training-override', reason } },
  ]
}
