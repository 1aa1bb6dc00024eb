import type { Keyring } from '../store/keyring.ts'
import type { Visitor } from './visitor.ts'

/** Binds a form to the browser's pre-session or to the sign-in behind it (OWASP synchroniser token). */
export interface CsrfTokens {
  forPreSession(preSession: string): string
  forHolder(csrfSecret: string): string
  /** Tells whether a token is of the sign-in with this secret, alive or over. */
  isOf(token: string, csrfSecret: string): boolean
  holds(token: string, visitor: Visitor, preSession: string | undefined, kind: TokenKind): boolean
}

/** Forms that strangers may send are bound to the pre-session, no matter who sends them; all others to the sign-in. */
export type TokenKind = 'pre-session' | 'holder'

const mostKept = 1_000

export function createCsrfTokens(keyring: Keyring): CsrfTokens {
  /** Every page of a sign-in has the same token; signing takes longer than drawing the menu. */
  const made = new Map<string, string>()
  const preText = (preSession: string) => `pre ${preSession}`
  const holderText = (csrfSecret: string) => `holder ${csrfSecret}`
  return {
    forPreSession: preSession => keyring.sign('csrf', preText(preSession)),
    forHolder(csrfSecret) {
      const known = made.get(csrfSecret)
      if (known !== undefined) return known
      const token = keyring.sign('csrf', holderText(csrfSecret))
      if (made.size >= mostKept) made.clear()
      made.set(csrfSecret, token)
      return token
    },
    isOf: (token, csrfSecret) => keyring.verify('csrf', holderText(csrfSecret), token),
    holds(token, visitor, preSession, kind) {
      if (kind === 'pre-session')
        return preSession !== undefined && keyring.verify('csrf', preText(preSession), token)
      return visitor.kind !== 'stranger' && keyring.verify('csrf', holderText(visitor.csrfSecret), token)
    },
  }
}
