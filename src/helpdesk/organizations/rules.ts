import { isId } from '../../administration/reach.ts'
import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { GivenBy } from '../../store/schema.ts'
import { tidyLine } from '../../web/line.ts'
import type { Form } from '../../web/request.ts'

/** What people work in: two independent lists with the same life. */
export type PlaceKind = 'organization' | 'workgroup'

/** Who may give a workgroup, and the organizations that it is tied to. */
export interface Giving {
  readonly givenBy: GivenBy
  readonly tiedTo: readonly string[]
}

export const givers = ['helpdesk', 'administrators'] as const satisfies readonly GivenBy[]

export interface PlaceEntry {
  readonly name: string
  /** Its purpose, in words; may be empty. */
  readonly allows: string
  /** What applications know it as, whatever its name becomes; empty: by its id. */
  readonly key: string
  /** For workgroups only. */
  readonly giving?: Giving | undefined
}

/** Code points at most. */
const longestName = 120
const longestAllows = 600
/** Short, and plain in every application's settings. */
const keyShape = /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/

/** The entry in the form in which it is kept. */
export const readPlaceEntry = (kind: PlaceKind, form: Form): PlaceEntry => ({
  name: tidyLine(form.get('name')),
  allows: tidyLine(form.get('allows')),
  key: tidyLine(form.get('key')).toLowerCase(),
  giving: kind === 'workgroup' ? readGiving(form) : undefined,
})

/** A form that does not say it leaves a workgroup to administrators. */
const readGiving = (form: Form): Giving => ({
  givenBy: form.get('givenBy') === 'helpdesk' ? 'helpdesk' : 'administrators',
  tiedTo: [...new Set(form.all('tiedTo'))].filter(isId),
})

/** Everything that is wrong with an entry, each with its field. */
export function checkPlaceEntry({ name, allows, key }: PlaceEntry): readonly Refusal<RefusalOf<'place'>>[] {
  const list: Refusal<RefusalOf<'place'>>[] = []
  if (name === '' || [...name].length > longestName) list.push({ code: 'place.name-shape', field: 'name' })
  if ([...allows].length > longestAllows) list.push({ code: 'place.allows-too-long', field: 'allows' })
  if (key !== '' && !keyShape.test(key)) list.push({ code: 'place.key-shape', field: 'key' })
  return list
}
