import { isId } from '../../administration/reach.ts'
import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { Form } from '../../web/request.ts'
import { readReason } from '../shared/reason.ts'

/** People on one page, and so in one go. */
export const mostPeople = 50

/** Somebody chosen, with the version of the account that the page showed. */
export interface Chosen {
  readonly id: string
  readonly version: number
}

export interface SheetsEntry {
  readonly chosen: readonly Chosen[]
  readonly how: 'print' | 'mail'
  readonly reason: string
}

export type SheetsCode = RefusalOf<'sheets'> | RefusalOf<'helpdesk'>

/** How a person stands in the form: one box says who is meant and which version was seen. */
export const boxValue = ({ id, version }: Chosen): string => `${id}:${version}`

function chosenOf(value: string): readonly Chosen[] {
  const [id = '', version = ''] = value.split(':')
  return isId(id) && /^\d{1,9}$/.test(version) ? [{ id, version: Number(version) }] : []
}

/** An agent's selection and entry, with everything that is missing. */
export function readSheets(form: Form): {
  readonly entry: SheetsEntry
  readonly refusals: readonly Refusal<SheetsCode>[]
} {
  const byId = new Map(
    form
      .all('person')
      .flatMap(chosenOf)
      .map(one => [one.id, one]),
  )
  const { reason, refusals: reasonRefusals } = readReason(form)
  const entry: SheetsEntry = {
    chosen: [...byId.values()],
    how: form.get('how') === 'mail' ? 'mail' : 'print',
    reason,
  }
  const refusals: Refusal<SheetsCode>[] = []
  if (entry.chosen.length === 0) refusals.push({ code: 'sheets.nobody', field: 'person' })
  if (entry.chosen.length > mostPeople) refusals.push({ code: 'sheets.too-many', field: 'person' })
  refusals.push(...reasonRefusals)
  return { entry, refusals }
}
