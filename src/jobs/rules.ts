import type { Policy } from '../policy/table.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** Milliseconds by which the believed time moves on in one run at most; a run comes each minute. */
export const mostBelief = 60 * minute

/**
 * The time that the jobs believe, from the one believed before and what the clock says: a clock that leaps ahead is
 * followed an hour for each run, so that a wrong one does little before somebody sees it; one that goes back is followed
 * at once.
 */
export const believe = (before: number | undefined, clock: number): number =>
  before === undefined ? clock : Math.min(clock, before + mostBelief)

export interface DormancyTimes {
  /** Anyone who has not used the account since this time is told. */
  readonly noticeQuietSince: number
  /** Anyone who has not used it since this time, and was told in time, becomes dormant. */
  readonly quietSince: number
  /** The notice must have gone out by this time… */
  readonly toldBy: number
  /** …and so many daily runs ago: a leap of the clock is one run, however far it goes. */
  readonly toldByRun: number
}

export function dormancyTimes(
  { dormantDays, dormancyNoticeDays }: Pick<Policy, 'dormantDays' | 'dormancyNoticeDays'>,
  now: number,
  run: number,
): DormancyTimes {
  return {
    noticeQuietSince: now - Math.max(1, dormantDays - dormancyNoticeDays) * day,
    quietSince: now - dormantDays * day,
    toldBy: now - dormancyNoticeDays * day,
    toldByRun: run - dormancyNoticeDays,
  }
}

/** When an account becomes dormant whose notice goes out now. */
export const dormantFrom = (
  { dormantDays, dormancyNoticeDays }: Pick<Policy, 'dormantDays' | 'dormancyNoticeDays'>,
  activeSince: number,
  now: number,
): number => Math.max(activeSince + dormantDays * day, now + dormancyNoticeDays * day)
