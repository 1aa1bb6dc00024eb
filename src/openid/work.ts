import { AsyncLocalStorage } from 'node:async_hooks'
import type { Application } from '../applications/rules.ts'
import type { Session } from '../session/visitor.ts'
import type { TokenKind } from '../store/schema.ts'

/** What the engine wants written once it has answered. */
export type Change =
  | {
      readonly kind: 'put'
      readonly of: TokenKind
      readonly id: string
      readonly payload: Payload
      readonly expiresIn: number
    }
  | { readonly kind: 'consume'; readonly of: TokenKind; readonly id: string; readonly family: string }
  | { readonly kind: 'drop'; readonly id: string }
  | { readonly kind: 'revoke'; readonly family: string }

/** What the engine keeps of a code or token. */
export interface Payload extends Readonly<Record<string, unknown>> {
  readonly accountId?: string
  readonly clientId?: string
  readonly grantId?: string
  readonly sessionUid?: string
}

/** A code or token that is good now, with the live session that it came from. */
export interface KnownToken {
  readonly id: string
  readonly family: string
  readonly payload: Payload
  readonly consumedAt: number | null
  readonly session: Session
  readonly application: Application
}

/** One question to the engine: who asks, what it has read, what it wants written. */
export interface Work {
  readonly now: number
  /** The session of a browser that asks; undefined for a machine, or without a session. */
  readonly session: Session | undefined
  readonly changes: Change[]
  /** The application that was looked up. */
  application?: Application
  /** The code or token that was looked up last, with the session that it came from. */
  token?: KnownToken
  /** Which of the application's secrets was right. */
  secretId?: string
  /** The browser asks to sign out: the engine is to say where that leads, for who is signed out already too. */
  readonly isLeaving?: boolean
  /** An application is told of an end, also one that is disabled. */
  readonly isNotice?: boolean
  /** The person has chosen where to work for this very request. */
  readonly hasChosenPlace?: boolean
  /** The form that takes the answer to the application. */
  posted?: Posted
}

/** An answer that goes to the application in a form (OAuth 2.0 Form Post Response Mode). */
export interface Posted {
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}

/** What a person has to do before the engine goes on. */
export type Wish = 'sign-in' | 'prove-again' | 'second-step' | 'workplace' | 'not-allowed'

const works = new AsyncLocalStorage<Work>()

export const during = <Value>(work: Work, run: () => Promise<Value>): Promise<Value> => works.run(work, run)

/** The question under way; the engine is never asked outside one. */
export function currentWork(): Work {
  const work = works.getStore()
  if (work === undefined) throw new Error('the engine was asked outside a request')
  return work
}
