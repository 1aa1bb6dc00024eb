import type { PlainEvent } from '../../audit/audit.ts'
import type { Facts } from '../../audit/evidence.ts'
import { type AuditedRefusal, done, type Outcome, type RefusalOf, refuse } from '../../refusals.ts'
import type { Keyring } from '../../store/keyring.ts'
import type { Tx } from '../../store/store.ts'

export type VerificationCode = RefusalOf<'verification'>

/** What became of an entry: taken now, taken before, or not right. */
export type Verdict = 'right' | 'used' | 'wrong'

/** How a person proves the second step, as the audit log names it. */
export type WayName = 'code' | 'backup-code' | 'code-card'

/** A way to prove the second step, by the name of its page at sign-in. */
export type Asked = 'app' | 'passkey' | 'code-card' | 'backup-code'

/** A way to prove the second step by something typed. */
export interface TypedWay {
  readonly name: WayName
  /** The name of its own counter of wrong entries: while one way waits, the others still work. */
  readonly counter: (accountId: string) => string
  /** The one form in which an entry is checked; undefined: it cannot be one of these. */
  readonly parse: (text: string) => string | undefined
  /** Checks an entry and uses it up. */
  readonly take: (tx: Tx, keyring: Keyring, accountId: string, entry: string, now: number) => Promise<Verdict>
  /** Something to record beside the proof itself. */
  readonly recordOfUse?: (
    tx: Tx,
    accountId: string,
  ) => Promise<{ readonly event: PlainEvent; readonly args?: Facts }>
  /** Takes all that a person has of it away. */
  readonly remove: (tx: Tx, accountId: string) => Promise<void>
  readonly refusals: Readonly<
    Record<'empty' | 'misshapen', VerificationCode> &
      Record<'waiting' | Exclude<Verdict, 'right'>, VerificationCode & AuditedRefusal>
  >
}

/** Code points beyond which nothing is looked at. */
const longestEntry = 64

/** An entry without what `ignored` matches; empty when it is too long to be any code. */
export const withoutSigns = (text: string, ignored: RegExp): string =>
  text.length > longestEntry ? '' : text.replace(ignored, '')

/** Groups of four characters, to be read out and typed. */
export const inGroups = (text: string, between: string): string => (text.match(/.{1,4}/g) ?? []).join(between)

export interface Entry {
  readonly way: TypedWay
  readonly text: string
}

/** Reads a field that takes any of these ways; what cannot be a code at all is refused before it counts as a try. */
export function readEntry(
  text: string,
  ways: readonly [TypedWay, ...TypedWay[]],
): Outcome<Entry, VerificationCode> {
  const [first] = ways
  if (text.trim() === '') return refuse({ code: first.refusals.empty })
  for (const way of ways) {
    const read = way.parse(text)
    if (read !== undefined) return done({ way, text: read })
  }
  if (ways.length === 1) return refuse({ code: first.refusals.misshapen })
  const takesCards = ways.some(({ name }) => name === 'code-card')
  return refuse({ code: takesCards ? 'verification.not-any' : 'verification.not-either' })
}
