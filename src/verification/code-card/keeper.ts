import type { Keeper } from '../common/own-way.ts'
import { readCard, removeCard } from './store.ts'

/** The code card of a person: one at a time, known by its number, so that a newer one is never meant. */
export const keptCard: Keeper = {
  async list(db, accountId) {
    const card = await readCard(db, accountId)
    if (card === undefined) return []
    const { serial, letter, number, left, madeAt, lastUsedAt } = card
    return [
      {
        id: `card-${serial}`,
        kind: 'code-card',
        name: null,
        addedAt: madeAt,
        lastUsedAt,
        card: { letter, number, left },
      },
    ]
  },
  removeOne: (tx, accountId, id) => removeCard(tx, accountId, Number(id.replace('card-', ''))),
}
