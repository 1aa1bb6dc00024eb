/** A finding: `bad` stops people or the start, `warn` will hurt one day. */
export interface Finding {
  readonly what: string
  readonly state: 'good' | 'warn' | 'bad'
  readonly says: string
}
