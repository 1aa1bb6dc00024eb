import type { TypedWay } from '../common/way.ts'
import { parseCode } from './code.ts'
import { removeApps, takeCode } from './store.ts'

/** The code that an authenticator app shows. */
export const appCode: TypedWay = {
  name: 'code',
  counter: accountId => accountId,
  parse: parseCode,
  take: takeCode,
  remove: removeApps,
  refusals: {
    empty: 'verification.empty',
    misshapen: 'verification.not-a-code',
    wrong: 'verification.wrong',
    used: 'verification.used',
    waiting: 'verification.waiting',
  },
}
