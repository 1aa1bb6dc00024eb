const day = 24 * 3_600_000
/** Milliseconds in which a report can be taken back after it took effect. */
export const takeBackTime = day

/** Tells whether a report may be taken back: at any time before it takes effect, and for a day after. */
export const canTakeBack = (
  report: { readonly done_at: number | null; readonly taken_back_at: number | null },
  now: number,
): boolean =>
  report.taken_back_at === null && (report.done_at === null || now < report.done_at + takeBackTime)
