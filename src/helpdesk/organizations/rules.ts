import type { Refusal, RefusalOf } from '../../refusals.ts'
import { tidyLine } from '../../web/line.ts'
import type { Form } from '../../web/request.ts'

/** What people work in: two independent lists with the same life. */
export type PlaceKind = 'organization' | 'workgroup'

export interface PlaceEntry {
  readonly name: string
  /** Its purpose, in words; may be empty. */
  readonly allows: string
}

/** Code points at most. */
const longestName = 120
const longestAllows = 600

/** The entry in the form in which it is kept. */
export const readPlaceEntry = (form: Form): PlaceEntry => ({
  name: tidyLine(form.get('name')),
  allows: tidyLine(form.get('allows')),
})

/** Everything that is wrong with an entry, each with its field. */
export function checkPlaceEntry({ name, allows }: PlaceEntry): readonly Refusal<RefusalOf<'place'>>[] {
  const list: Refusal<RefusalOf<'place'>>[] = []
  if (name === '' || [...name].length > longestName) list.push({ code: 'place.name-shape', field: 'name' })
  if ([...allows].length > longestAllows) list.push({ code: 'place.allows-too-long', field: 'allows' })
  return list
}
