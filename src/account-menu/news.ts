import type { Store } from '../store/store.ts'

export interface NewsItem {
  readonly title: string
  readonly text: string
  /** Milliseconds since 1970. */
  readonly shown_from: number
}

const mostShown = 5

/** What the helpdesk tells everyone now, newest first. */
export function readNews({ read }: Store, now: number): Promise<readonly NewsItem[]> {
  return read
    .selectFrom('news')
    .select(['title', 'text', 'shown_from'])
    .where('shown_from', '<=', now)
    .where(eb => eb.or([eb('shown_until', 'is', null), eb('shown_until', '>', now)]))
    .orderBy('shown_from', 'desc')
    .limit(mostShown)
    .execute()
}
