import type { Language } from '../web/language.ts'

/** What an application that sends a person here says of them (OpenID Connect Core 1.0, 3.1.2.1); both are guesses of its. */
export interface Hints {
  /** As whom they may sign in; empty: it does not say. */
  readonly username: string
  /** In which language. */
  readonly language: Language | undefined
}

export const noHints: Hints = { username: '', language: undefined }

/** Reads them from the address that waits until the person has signed in. */
export type HintsReader = (waiting: string, now: number) => Hints
