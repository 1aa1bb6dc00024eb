import { sql } from 'kysely'
import type { Store } from '../store/store.ts'
import { remedyOf } from './remedy.ts'

/** The mail server takes nothing: how many messages wait, what it said last, and what somebody can do. */
export interface MailTrouble {
  readonly waiting: number
  readonly said: string
  readonly remedy: string
}

/**
 * The mail server takes nothing when messages wait after a try and none was taken since they were written. One that is put
 * off while others go is no trouble of the server's.
 */
export async function readMailTrouble({ read }: Pick<Store, 'read'>): Promise<MailTrouble | undefined> {
  const tried = await read
    .selectFrom('mail')
    .select(['last_error', 'server_said', 'created_at'])
    .where('state', '=', 'waiting')
    .where('recipient', '<>', '')
    .where('last_error', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (tried === undefined) return undefined
  const facts = await read
    .selectFrom('mail')
    .where('recipient', '<>', '')
    .select([
      sql<number | null>`max(sent_at)`.as('lastSent'),
      sql<number>`sum(case when state = 'waiting' then 1 else 0 end)`.as('waiting'),
    ])
    .executeTakeFirstOrThrow()
  if (facts.lastSent !== null && Number(facts.lastSent) >= tried.created_at) return undefined
  return {
    waiting: Number(facts.waiting),
    said: tried.server_said ?? '',
    remedy: remedyOf({ code: tried.last_error ?? '' }),
  }
}
