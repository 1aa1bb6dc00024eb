import { sql } from 'kysely'
import { preparedList } from '../store/prepared.ts'
import type { Store } from '../store/store.ts'

export interface NewsItem {
  readonly title: string
  readonly text: string
  /** Milliseconds since 1970. */
  readonly shown_from: number
}

const mostShown = 5

export type NewsReader = (now: number) => Promise<readonly NewsItem[]>

/** What the helpdesk tells everyone now, newest first. */
export function createNewsReader(store: Store): NewsReader {
  const list = preparedList<'now', NewsItem>(store, slot => {
    const now = sql<number>`cast(${slot('now')} as bigint)`
    return store.read
      .selectFrom('news')
      .select(['title', 'text', 'shown_from'])
      .where('shown_from', '<=', now)
      .where(eb => eb.or([eb('shown_until', 'is', null), eb('shown_until', '>', now)]))
      .orderBy('shown_from', 'desc')
      .limit(mostShown)
  })
  return now => list({ now })
}
