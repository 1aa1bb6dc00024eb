import { type Agent, mayStill } from '../administration/act.ts'
import { isId, readReachIn } from '../administration/reach.ts'
import type { Tx } from '../store/store.ts'

const day = 24 * 3_600_000

/** Somebody who starts or closes a review or a renewal: who looks after everyone. */
export interface CampaignAct {
  readonly agent: Agent
  readonly now: number
}

/** Tells, as it is written, whether an agent may still do what is for who looks after everyone. */
export const looksAfterAll = async (tx: Tx, agent: Agent, now: number): Promise<boolean> =>
  (await mayStill(tx, agent, now)) &&
  (!isId(agent.actor) || (await readReachIn(tx.db, { id: agent.actor, role: agent.role })) === undefined)

/** How many of the reminders are due, so many days before the end. Milliseconds since 1970. */
export const remindersDue = (daysBefore: readonly number[], dueAt: number, now: number): number =>
  daysBefore.filter(days => dueAt - days * day <= now).length

/** Days before the end as they are typed: "14, 7, 1", the earliest first. Undefined: something else. */
export function readReminders(text: string): readonly number[] | undefined {
  const parts = text.split(/[\s,;]+/).filter(part => part !== '')
  if (parts.length > 10 || !parts.every(part => /^\d{1,3}$/.test(part))) return undefined
  return [...new Set(parts.map(Number))].toSorted((a, b) => b - a)
}
