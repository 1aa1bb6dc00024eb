import { newId } from '../../store/ids.ts'
import type { Store, Tx } from '../../store/store.ts'
import type { ManyEntry, ManyVerb } from './rules.ts'

/** People whom an agent selected, and what is to be done to them; its id is what the records of all of them share. */
export interface Many {
  readonly id: string
  readonly people: readonly string[]
  readonly verb: ManyVerb | undefined
  readonly entry: ManyEntry | undefined
  /** How many it was done to; undefined: not done. */
  readonly changed: number | undefined
}

export async function createMany(
  { db }: Tx,
  agentId: string,
  people: readonly string[],
  now: number,
): Promise<string> {
  const id = newId(now)
  await db
    .insertInto('many_act')
    .values({ id, agent_id: agentId, people: JSON.stringify(people), created_at: now })
    .execute()
  return id
}

/** An agent's own selection. */
export async function readMany({ read }: Store, agentId: string, id: string): Promise<Many | undefined> {
  const row = await read
    .selectFrom('many_act')
    .selectAll()
    .where('id', '=', id)
    .where('agent_id', '=', agentId)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      people: JSON.parse(row.people) as readonly string[],
      verb: (row.verb ?? undefined) as ManyVerb | undefined,
      entry: row.entry === null ? undefined : (JSON.parse(row.entry) as ManyEntry),
      changed: row.changed ?? undefined,
    }
  )
}

/** Keeps what is to be done, until it is done. */
export const putEntry = ({ db }: Tx, id: string, verb: ManyVerb, entry: ManyEntry) =>
  db
    .updateTable('many_act')
    .set({ verb, entry: JSON.stringify(entry) })
    .where('id', '=', id)
    .where('changed', 'is', null)
    .execute()

/** Takes what is to be done, once. @returns false when it was done. */
export async function claimMany({ db }: Tx, id: string, changed: number): Promise<boolean> {
  const claimed = await db
    .updateTable('many_act')
    .set({ changed })
    .where('id', '=', id)
    .where('changed', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return claimed !== undefined
}
