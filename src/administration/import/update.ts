import { setImmediate as turn } from 'node:timers/promises'
import { holdSignInEmails } from '../../account/sign-in-emails.ts'
import { noticeFromDesk } from '../../mail/desk-notices.ts'
import type { Policy } from '../../policy/table.ts'
import type { Services } from '../../session/services.ts'
import { isTaken, type Tx } from '../../store/store.ts'
import { type Act, type Agent, actorOf, mayStill } from '../act.ts'
import { type Details, editDetails } from '../details.ts'
import { NotAllError } from '../many/do.ts'
import type { Progress } from './check.ts'
import type { Imported } from './make.ts'
import type { UpdateRow } from './update-rules.ts'

export interface UpdateJob {
  /** As the preview showed them, each without a problem. */
  readonly rows: readonly UpdateRow[]
  readonly agent: Agent
  readonly said: Pick<Act, 'reason' | 'identified' | 'ticket'>
  readonly policy: Policy
  /** What the records of all accounts share. */
  readonly many: string
  /** The file's hash, for the audit log. */
  readonly sha256: string
  readonly fileName: string
  readonly now: number
  readonly progress?: Progress
  /** Takes the update in the same transaction; false when another request has done it already. */
  readonly claim?: (tx: Tx) => Promise<boolean>
}

type Parts = Pick<Services, 'store' | 'audit' | 'keyring' | 'settings' | 'onEnd'>

/** Accounts after which who only reads gets a turn. */
const slice = 50

/**
 * Edits the details of every account that a file changes, as the single verb does, or of none: in one transaction, and only
 * while each account is as the preview showed it.
 */
export async function updatePeople(parts: Parts, job: UpdateJob): Promise<Imported> {
  if (job.rows.some(({ problems }) => problems.length > 0)) return 'changed'
  return parts.store
    .write(tx => updateAll(parts, tx, job))
    .catch(error => {
      if (error instanceof NotAllError || isTaken(error)) return 'changed' as const
      throw error
    })
}

async function updateAll(parts: Parts, tx: Tx, job: UpdateJob): Promise<Imported> {
  const { agent, many, now } = job
  if (!(await mayStill(tx, agent, now))) return 'not-theirs'
  await holdSignInEmails(tx)
  if (job.claim !== undefined && !(await job.claim(tx))) return 'taken'
  let done = 0
  for (const { account, after } of inOneOrder(job.rows)) {
    const act = { agent, ...job.said, many, now, subjectId: account.id, seenVersion: account.version }
    await updateOne(parts, tx, act, after, job.policy)
    job.progress?.(++done)
    if (done % slice === 0) await turn()
  }
  await parts.audit.record(tx, {
    event: 'sensitive_update',
    ...actorOf(agent),
    args: { what: 'import', import: job.sha256, file: job.fileName, accounts: done, many },
  })
  return 'made'
}

type Wanted = UpdateRow & { readonly [Part in 'account' | 'after']: NonNullable<UpdateRow[Part]> }

/** What changes, in an order in which two updates at once do not wait for each other. */
const inOneOrder = (rows: readonly UpdateRow[]): readonly Wanted[] =>
  rows
    .filter((row): row is Wanted => row.after !== undefined && row.changes.length > 0)
    .toSorted((one, other) => (one.account.id < other.account.id ? -1 : 1))

async function updateOne(parts: Parts, tx: Tx, act: Act, details: Details, policy: Policy): Promise<void> {
  const { keyring, settings } = parts
  const mail = { keyring, origin: settings.LINTEL_ORIGIN }
  const { subjectId: id, now } = act
  const outcome = await editDetails(parts, tx, act, details, () =>
    noticeFromDesk(mail, tx, 'email-changed', id, { policy, now }),
  )
  if (!outcome.ok) throw new NotAllError(outcome.refusals.map(({ code }) => code).join())
  const { changed } = outcome.value
  if (changed.length > 0)
    await noticeFromDesk(mail, tx, 'record-changed', id, { policy, now, parts: changed })
}
