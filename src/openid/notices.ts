import type { Client } from 'oidc-provider'
import type { Logger } from 'pino'
import { createLanes } from '../mail/lanes.ts'
import type { Store } from '../store/store.ts'
import type { Engine } from './engine.ts'
import { pairwiseSubject, sidOf, subjectOf } from './subjects.ts'
import { during } from './work.ts'

/** Milliseconds that a try may take before another process takes it over. */
const lease = 30_000
/** Milliseconds between looks: what ends a session may be another process. */
const lookEvery = 500
const batch = 10
/** Milliseconds to the next try, by the number of tries; after the last the notice is given up. */
const waits = [2_000, 10_000, 60_000, 300_000, 1_800_000, 3_600_000]

interface Notice {
  readonly id: string
  readonly application_id: string
  readonly account_id: string
  readonly session_id: string
  readonly tries: number
}

/** What the engine's own types leave out. */
interface Listening {
  backchannelLogout(subject: string, sid: string): Promise<void>
}

const isListening = (client: Client): client is Client & Listening =>
  client.backchannelLogoutUri !== undefined && typeof client['backchannelLogout'] === 'function'

interface NoticeParts {
  readonly store: Store
  readonly engine: () => Promise<Engine>
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
  readonly now: () => number
}

export interface NoticeSender {
  /** Looks at the queue from now on. */
  start(): void
  /** Sends what is due; resolves when nothing is left that could be sent now. */
  deliver(): Promise<void>
  stop(): Promise<void>
}

/** Tells applications that a session ended (OpenID Connect Back-Channel Logout 1.0), each notice by one process. */
export function createNoticeSender({ store, engine, log, now }: NoticeParts): NoticeSender {
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  const due = () =>
    store.read
      .selectFrom('logout_notice')
      .select('id')
      .where('next_try_at', '<=', now())
      .orderBy('next_try_at')
      .limit(batch)
      .execute()

  const claim = (id: string): Promise<Notice | undefined> =>
    store.writeOne(db =>
      db
        .updateTable('logout_notice')
        .set(eb => ({ tries: eb('tries', '+', 1), next_try_at: now() + lease }))
        .where('id', '=', id)
        .where('next_try_at', '<=', now())
        .returning(['id', 'application_id', 'account_id', 'session_id', 'tries'])
        .executeTakeFirst(),
    )

  const mark = (notice: Notice, error: string | null, next: number | null) =>
    store.writeOne(db =>
      db
        .updateTable('logout_notice')
        .set({ last_error: error, next_try_at: next, sent_at: error === null ? now() : null })
        .where('id', '=', notice.id)
        .where('tries', '=', notice.tries)
        .execute(),
    )

  async function tell(notice: Notice): Promise<void> {
    const provider = await engine()
    const work = { now: now(), session: undefined, changes: [], isNotice: true }
    await during(work, async () => {
      const client = await provider.Client.find(notice.application_id)
      if (client === undefined || !isListening(client)) return
      const subject =
        client.subjectType === 'pairwise'
          ? await pairwiseSubject(store, client.clientId, notice.account_id)
          : subjectOf(notice.account_id)
      await client.backchannelLogout(subject, sidOf(notice.session_id, notice.application_id))
    })
  }

  async function handle(id: string): Promise<void> {
    const notice = await claim(id)
    if (notice === undefined) return
    try {
      await tell(notice)
      await mark(notice, null, null)
    } catch (error) {
      const wait = waits[notice.tries - 1]
      const said = error instanceof Error ? error.message.slice(0, 200) : 'no answer'
      log.warn(
        { notice: id, application: notice.application_id, tries: notice.tries, said },
        'a sign-out notice failed',
      )
      await mark(notice, said, wait === undefined ? null : now() + wait)
    }
  }

  const lanes = createLanes({
    most: batch,
    due,
    handle: ({ id }) => handle(id),
    failed: error => log.error({ err: error }, 'sign-out notices could not be read'),
  })

  function look(): void {
    clearTimeout(timer)
    if (stopped) return
    timer = setTimeout(look, lookEvery).unref()
    void lanes.run()
  }

  return {
    start: look,
    deliver: lanes.run,
    async stop() {
      stopped = true
      clearTimeout(timer)
      lanes.stop()
      await lanes.run()
    },
  }
}
