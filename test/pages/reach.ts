import type { Answered } from '../support/answered.ts'
import type { Pages } from './state.ts'
import type { Seen, World } from './world.ts'

/** A state that has been reached, ready to be shown. */
export interface Reached extends Answered {
  readonly name: string
}

const answered = (name: string, { lintel }: Pick<World, 'lintel'>, { path, answer }: Seen): Reached => ({
  name,
  address: new URL(path, lintel.origin).href,
  status: answer.status,
  headers: Object.fromEntries(
    Object.entries(answer.headers).flatMap(([key, value]) =>
      typeof value === 'string' && !['content-length', 'connection', 'transfer-encoding'].includes(key)
        ? [[key, value]]
        : [],
    ),
  ),
  html: answer.text,
})

/** Reaches every state over plain HTTP, as a browser without scripts does; each is one answer kept. */
export async function reachAll(world: World, pages: Pages): Promise<readonly Reached[]> {
  const reached: Reached[] = []
  for (const [path, states] of Object.entries(pages)) {
    for (const { name, show } of states) {
      try {
        reached.push(answered(`${path}, ${name}`, world, await show(world)))
      } catch (error) {
        throw new Error(`${path}, ${name} cannot be reached`, { cause: error })
      }
    }
  }
  return reached
}
