import type { Answered } from '../support/pages/answered.ts'
import type { Pages } from './state.ts'
import type { Seen, World } from './world.ts'

/** A state that has been reached, ready to be shown. */
export interface Reached extends Answered {
  readonly name: string
  /** The first state that its page is listed with. */
  readonly isFirst: boolean
}

const answered = ({ lintel }: Pick<World, 'lintel'>, { path, answer }: Seen): Answered => ({
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
    for (const [index, { name, show }] of states.entries()) {
      try {
        const seen = answered(world, await show(world))
        reached.push({ ...seen, name: `${path}, ${name}`, isFirst: index === 0 })
      } catch (error) {
        throw new Error(`${path}, ${name} cannot be reached`, { cause: error })
      }
    }
  }
  return reached
}
