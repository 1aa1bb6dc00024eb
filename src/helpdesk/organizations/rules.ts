import type { Refusal, RefusalOf } from '../../refusals.ts'
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

/** The entry in the form in which it is kept: NFC, one blank between words, no blanks around it. */
export const readPlaceEntry = (form: Form): PlaceEntry => ({
  name: tidy(form.get('name')),
  allows: tidy(form.get('allows')),
})

const tidy = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ')

/** Everything that is wrong with an entry, each with its field. */
export function checkPlaceEntry({ name, allows }: PlaceEntry): readonly Refusal<RefusalOf<'place'>>[] {
  const list: Refusal<RefusalOf<'place'>>[] = []
  if (name === '' || [...name].length > longestName || !isPlain(name))
    list.push({ code: 'place.name-shape', field: 'name' })
  if ([...allows].length > longestAllows || !isPlain(allows))
    list.push({ code: 'place.allows-too-long', field: 'allows' })
  return list
}

/** No character that is not seen, or that turns the direction of the text around it. */
const isPlain = (text: string): boolean => text.isWellFormed() && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)
