import { sql } from 'kysely'
import { preparedList } from '../store/prepared.ts'
import type { Flag } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { type Allowed, type Asker, entranceOf } from './rules.ts'

/** Something that Home leads to. */
export interface ShelfItem {
  readonly name: string
  /** What it is for; may be empty. */
  readonly purpose: string
  readonly address: string
}

/** What somebody may open now: applications, those that they used last first, and plain links. */
export interface Shelf {
  readonly applications: readonly ShelfItem[]
  readonly links: readonly ShelfItem[]
}

export type ShelfReader = (accountId: string, asker: Asker) => Promise<Shelf>

interface Row {
  readonly name: string
  readonly purpose: string
  readonly address: string | null
  /** Null: a plain link. */
  readonly allowed: string | null
  readonly needs_second_step: Flag
  readonly used_at: number | null
}

/** Reads both in one query: Home is asked for more than any other page. */
export function createShelf(store: Store): ShelfReader {
  const list = preparedList<'account', Row>(store, slot =>
    store.read
      .selectFrom('application')
      .select(eb => [
        'name',
        'purpose',
        'launch_url as address',
        sql<string | null>`allowed`.as('allowed'),
        'needs_second_step',
        eb
          .selectFrom('application_visit')
          .select(visit => visit.fn.max('used_at').as('at'))
          .whereRef('application_id', '=', 'application.id')
          .where('account_id', '=', slot<string>('account'))
          .as('used_at'),
      ])
      .where('disabled_at', 'is', null)
      .where('launch_url', 'is not', null)
      .unionAll(
        store.read
          .selectFrom('home_link')
          .select([
            'name',
            'purpose',
            'address',
            sql<string | null>`null`.as('allowed'),
            sql<Flag>`0`.as('needs_second_step'),
            sql<number | null>`cast(null as bigint)`.as('used_at'),
          ]),
      ),
  )
  return async (account, asker) => shelfOf(await list({ account }), asker)
}

/** Sorts what was read; a second step that is still to be shown keeps nobody from trying. Pure. */
function shelfOf(rows: readonly Row[], asker: Asker): Shelf {
  const mayOpen = ({ allowed, needs_second_step }: Row): boolean =>
    allowed !== null &&
    ['open', 'second-step'].includes(
      entranceOf(
        {
          allowed: JSON.parse(allowed) as Allowed,
          disabledAt: null,
          needsSecondStep: needs_second_step === 1,
        },
        asker,
      ),
    )
  const inOrder = rows.toSorted(
    (a, b) => (b.used_at ?? 0) - (a.used_at ?? 0) || a.name.localeCompare(b.name, 'en'),
  )
  const item = ({ name, purpose, address }: Row): ShelfItem => ({ name, purpose, address: address ?? '' })
  return {
    applications: inOrder.filter(mayOpen).map(item),
    links: inOrder.filter(({ allowed }) => allowed === null).map(item),
  }
}
