import { sql } from 'kysely'
import { type Agent, traceOf } from '../../administration/act.ts'
import type { Audit } from '../../audit/audit.ts'
import { done, type Outcome, type Refusal, refuse } from '../../refusals.ts'
import type { Store, Tx } from '../../store/store.ts'
import { momentOf } from '../../web/moment.ts'
import type { Form } from '../../web/request.ts'
import type { PlaceAct, PlaceCode } from './change.ts'

/** What an agency has bought and signed, and what it is. */
export interface Standing {
  /** How many accounts it has bought; null: nobody counts. */
  readonly licenses: number | null
  /** As `2026-09-01`; '': not known. */
  readonly agreementOn: string
  /** Whom to ask, and what to know for the bill. */
  readonly billing: string
  readonly isVictimService: boolean
}

/** What the form says; the number as it was typed. */
export interface StandingEntry extends Omit<Standing, 'licenses'> {
  readonly licenses: string
}

const longestBilling = 600

export const readStandingEntry = (form: Form): StandingEntry => ({
  licenses: form.get('licenses').trim(),
  agreementOn: form.get('agreementOn').trim(),
  billing: form.get('billing').normalize('NFC').trim(),
  isVictimService: form.get('isVictimService') === 'yes',
})

export const entryOfStanding = ({ licenses, ...others }: Standing): StandingEntry => ({
  ...others,
  licenses: licenses === null ? '' : String(licenses),
})

/** Everything that is wrong with an entry, each with its field. */
export function checkStanding({
  licenses,
  agreementOn,
  billing,
}: StandingEntry): readonly Refusal<PlaceCode>[] {
  const list: Refusal<PlaceCode>[] = []
  if (!/^\d{0,6}$/.test(licenses)) list.push({ code: 'place.licenses', field: 'licenses' })
  if (agreementOn !== '' && momentOf(agreementOn, '00:00', 'UTC') === undefined)
    list.push({ code: 'place.agreement-day', field: 'agreementOn' })
  if ([...billing].length > longestBilling) list.push({ code: 'place.allows-too-long', field: 'billing' })
  return list
}

/** How an organization stands; undefined: there is none. */
export async function readStanding(db: Store['read'] | Tx['db'], id: string): Promise<Standing | undefined> {
  const row = await db
    .selectFrom('organization')
    .select(['licenses', 'agreement_on', 'billing', 'is_victim_service'])
    .where('id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      licenses: row.licenses === null ? null : Number(row.licenses),
      agreementOn: row.agreement_on,
      billing: row.billing,
      isVictimService: row.is_victim_service === 1,
    }
  )
}

/** Says anew how an organization stands; who its people are open to holds from the next page of everyone. */
export async function putStanding(
  { audit }: { readonly audit: Audit },
  tx: Tx,
  { agent, id, seenVersion }: Omit<PlaceAct, 'kind' | 'now'> & { readonly agent: Agent },
  entry: StandingEntry,
): Promise<Outcome<undefined, PlaceCode>> {
  const before = await readStanding(tx.db, id)
  if (before === undefined) return refuse({ code: 'place.changed-meanwhile' })
  const licenses = entry.licenses === '' ? null : Number(entry.licenses)
  const changed = await tx.db
    .updateTable('organization')
    .set({
      ...{ licenses, agreement_on: entry.agreementOn, billing: entry.billing },
      is_victim_service: entry.isVictimService ? 1 : 0,
      version: sql<number>`version + 1`,
    })
    .where('id', '=', id)
    .where('version', '=', seenVersion)
    .returning('name')
    .executeTakeFirst()
  if (changed === undefined) return refuse({ code: 'place.changed-meanwhile' })
  await audit.record(tx, {
    event: 'sensitive_update',
    ...traceOf(agent, id),
    args: {
      ...{ what: 'organization', change: 'standing', name: changed.name },
      before: { ...before },
      after: { ...entry, licenses },
    },
  })
  return done(undefined)
}

/** Licenses bought, used and left; undefined: nobody counts them. */
export const licensesLeft = (
  licenses: number | null,
  used: number,
): { readonly bought: number; readonly used: number; readonly left: number } | undefined =>
  licenses === null ? undefined : { bought: licenses, used, left: licenses - used }
