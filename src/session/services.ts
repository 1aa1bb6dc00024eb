import type { Logger } from 'pino'
import type { Audit } from '../audit/audit.ts'
import type { Settings } from '../settings.ts'
import type { Keyring } from '../store/keyring.ts'
import type { Store } from '../store/store.ts'
import type { EndListener } from './ending.ts'

/** The services that every feature is given; made once in `main.ts`. */
export interface Services {
  readonly settings: Settings
  readonly store: Store
  readonly keyring: Keyring
  readonly audit: Audit
  /** The listeners that are told of each end of a session, in the transaction that ends it. */
  readonly onEnd: readonly EndListener[]
  readonly log: Logger
  /** Milliseconds since 1970. */
  readonly now: () => number
}
