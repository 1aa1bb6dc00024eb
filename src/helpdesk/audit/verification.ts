import type { AuditEvent } from '../../audit/audit.ts'
import { type Verdict, verifyAudit } from '../../audit/verify.ts'
import type { Services } from '../../session/services.ts'

interface Progress {
  readonly startedAt: number
  readonly checked: number
  /** Records there were at the start. */
  readonly of: number
}

type Running = Progress & { readonly state: 'running' }
interface Done {
  readonly state: 'done'
  readonly endedAt: number
  readonly verdict: Verdict
}

/** How far the check of the whole log is, or what came of the last one. Times are milliseconds since 1970. */
export type Verification =
  | { readonly state: 'never' }
  | Running
  | (Progress & { readonly state: 'stopped' })
  | Done

type Given = Pick<Services, 'store' | 'keyring' | 'audit' | 'log' | 'now'>
type Trace = Pick<AuditEvent, 'actor' | 'address' | 'requestId'>

/** The row that says of all processes that one of them checks. */
const name = 'audit-verification'
/** Milliseconds without news after which a check counts as stopped, its process gone. */
const patience = 60_000
/** Records between two notes of how far it is. */
const noteEvery = 20_000

/** Known facts about the check of the log, whichever process runs it. */
export async function readVerification({ store, now }: Given): Promise<Verification> {
  const row = await store.read
    .selectFrom('job')
    .select(['last_result', 'next_run_at'])
    .where('name', '=', name)
    .executeTakeFirst()
  if (row === undefined || row.last_result === null) return { state: 'never' }
  const kept = JSON.parse(row.last_result) as Running | Done
  return kept.state === 'running' && row.next_run_at <= now() ? { ...kept, state: 'stopped' } : kept
}

/** A check that this process may run. */
interface Claim {
  readonly start: Running
  /** By when the others count it as stopped, unless there is news. */
  readonly until: number
}

/**
 * Begins to check the whole log in the background, unless a check is under way in any process; `write` takes the right to
 * it as the one who asked. @returns when it has
 * ended; undefined when one was under way.
 */
export async function startVerification(
  given: Given,
  trace: Trace,
  write = given.store.write,
): Promise<{ readonly ended: Promise<void> } | undefined> {
  const claim = await claimVerification(given, trace, write)
  if (claim === undefined) return undefined
  const ended = check(given, trace, claim).catch(error => {
    if (!(error instanceof Overtaken)) given.log.error({ err: error }, 'the audit log could not be checked')
  })
  return { ended }
}

/** Takes the right to check, for one of all who ask at once; undefined while somebody has it. */
export async function claimVerification(
  { store, audit, now }: Given,
  trace: Trace,
  write = store.write,
): Promise<Claim | undefined> {
  const chains = await store.read.selectFrom('audit_chain').select('length').execute()
  const of = chains.reduce((sum, { length }) => sum + length, 0)
  const start: Running = { state: 'running', startedAt: now(), checked: 0, of }
  const until = now() + patience
  return write(async tx => {
    const claimed = await tx.db
      .insertInto('job')
      .values({ name, next_run_at: until, last_result: JSON.stringify(start) })
      .onConflict(conflict =>
        conflict
          .column('name')
          .doUpdateSet({ next_run_at: until, last_result: JSON.stringify(start) })
          .where('job.next_run_at', '<=', now()),
      )
      .returning('name')
      .executeTakeFirst()
    if (claimed === undefined) return undefined
    await audit.record(tx, { event: 'sensitive_read', ...trace, args: { what: name, records: of } })
    return { start, until }
  })
}

/** Another process counted this check as stopped and began anew. */
class Overtaken extends Error {}

async function check(given: Given, trace: Trace, claim: Claim): Promise<void> {
  const { store, keyring, audit, now } = given
  let { until } = claim
  let noted = 0
  const verdict = await verifyAudit(store, keyring, [], async checked => {
    if (checked - noted < noteEvery) return
    noted = checked
    until = await store.writeOne(db => keep(db, { ...claim.start, checked }, until, now() + patience))
  })
  await store.write(async tx => {
    await keep(tx.db, { state: 'done', endedAt: now(), verdict }, until, now())
    await audit.record(tx, {
      event: 'sensitive_read',
      ...trace,
      args: verdict.whole
        ? { what: name, rows: verdict.records, whole: true }
        : { what: name, rows: verdict.position, whole: false, chain: verdict.chain, why: verdict.why },
    })
  })
}

/** Keeps the news and the time by which the next are due; both only while nobody else has taken over. */
async function keep(
  db: Parameters<Parameters<Services['store']['writeOne']>[0]>[0],
  news: Running | Done,
  until: number,
  next: number,
): Promise<number> {
  const kept = await db
    .updateTable('job')
    .set({ next_run_at: next, last_result: JSON.stringify(news) })
    .where('name', '=', name)
    .where('next_run_at', '=', until)
    .executeTakeFirst()
  if (kept.numUpdatedRows !== 1n) throw new Overtaken()
  return next
}
