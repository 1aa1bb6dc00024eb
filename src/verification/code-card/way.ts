import type { TypedWay } from '../common/way.ts'
import { parseCardCode } from './code.ts'
import { removeCard, takeCardCode } from './store.ts'

/** The code under the number that is asked for, on a printed card. */
export const cardCode: TypedWay = {
  name: 'code-card',
  counter: accountId => `card ${accountId}`,
  parse: parseCardCode,
  take: takeCardCode,
  async remove(tx, accountId) {
    await removeCard(tx, accountId)
  },
  refusals: {
    empty: 'verification.card-empty',
    misshapen: 'verification.not-a-card-code',
    wrong: 'verification.card-wrong',
    used: 'verification.card-used',
    waiting: 'verification.card-waiting',
  },
}
