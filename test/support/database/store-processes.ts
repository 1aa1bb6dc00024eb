import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Place } from './store.ts'

/** What a second process answers. */
export type Answer = { readonly result: string } | { readonly error: string }

/** Starts real processes on one store; all are told to go once the last is ready. */
export async function together(place: Place, words: readonly ('start' | 'write')[]): Promise<Answer[]> {
  const children = words.map(() =>
    fork(join(import.meta.dirname, 'store-process.ts'), {
      env: {
        ...process.env,
        LINTEL_DATA: place.folder,
        ...(place.options.databaseUrl !== undefined && { DATABASE_URL: place.options.databaseUrl }),
      },
    }),
  )
  await Promise.all(children.map(child => once(child, 'message')))
  return Promise.all(
    children.map(async (child, index) => {
      const answered = once(child, 'message')
      const ended = once(child, 'exit')
      child.send(words[index] ?? 'start')
      const [answer] = (await answered) as [Answer]
      await ended
      return answer
    }),
  )
}
