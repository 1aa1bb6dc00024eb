import type { Frame } from '../../web/frame.ts'
import { type Content, html } from '../../web/html.ts'
import { checkboxGroup, details, radioGroup, type SummaryRow } from '../../web/parts.ts'
import { type Giving, givers } from './rules.ts'
import { wordsFor } from './words.ts'

type Named = readonly { readonly id: string; readonly name: string }[]

/** Who may give a workgroup, and the organizations that it is tied to. */
export function givingFields(frame: Frame, { givenBy, tiedTo }: Giving, ties: Named): Content {
  const words = wordsFor(frame.language)
  return html`${radioGroup({
    name: 'givenBy',
    label: words.givenBy,
    hint: words.givenByHint,
    value: givenBy,
    choices: givers.map(value => ({ value, label: words.givers[value] })),
  })}${
    ties.length > 0 &&
    details(
      words.tiedTo,
      checkboxGroup({
        name: 'tiedTo',
        label: words.tiedTo,
        hint: words.tiedToHint,
        values: tiedTo,
        choices: ties.map(({ id, name }) => ({ value: id, label: name })),
      }),
      tiedTo.length > 0,
    )
  }`
}

/** The same on the page of a workgroup. */
export function givingRows(frame: Frame, { givenBy, tiedTo }: Giving, ties: Named): readonly SummaryRow[] {
  const words = wordsFor(frame.language)
  const names = ties.filter(({ id }) => tiedTo.includes(id)).map(({ name }) => name)
  return [
    { key: words.givenBy, value: words.givers[givenBy] },
    {
      key: words.tiedTo,
      value: names.length === 0 ? words.tiedToNone : new Intl.ListFormat(frame.language).format(names),
    },
  ]
}
