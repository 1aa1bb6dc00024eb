import { sweepVisits } from '../openid/visits.ts'
import { createVisitorReader } from '../session/current.ts'
import type { Services } from '../session/services.ts'

/** Ends what sessions that timed out still have open in applications, and has these told. */
export async function endSilentVisits(
  { store, audit }: Services,
  now: number,
  stopping: AbortSignal,
): Promise<string> {
  const ended = await sweepVisits({ store, audit, visitors: createVisitorReader(store) }, now, stopping)
  return JSON.stringify({ ended })
}
