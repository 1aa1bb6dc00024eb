import type { KeptList, Remembered } from '../../administration/lists/store.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  checkboxGroup,
  errorSummary,
  form,
  type Problem,
  problemFor,
} from '../../web/parts.ts'
import { compareAddress, removeAddress } from './pages.ts'
import { wordsFor } from './words.ts'

/** Values of the checkboxes. */
export const listKey = ({ id }: Pick<KeptList, 'id'>): string => `list ${id}`
export const mappingKey = ({ purpose, name }: Remembered): string => `columns ${purpose} ${name}`

/** What is kept of an agent's lists: they choose what is removed. */
export function removalPage(
  frame: Frame,
  {
    list,
    mappings,
    problems,
  }: {
    readonly list: KeptList | undefined
    readonly mappings: readonly Remembered[]
    readonly problems: readonly Problem[]
  },
): Html {
  const words = wordsFor(frame.language)
  const choices = [
    ...(list === undefined ? [] : [{ value: listKey(list), label: words.list(list.file_name) }]),
    ...mappings.map(each => ({ value: mappingKey(each), label: words.mapping[each.purpose](each.name) })),
  ]
  return page(
    frame,
    { title: words.removeTitle, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.removeTitle}</h1>${
      choices.length === 0
        ? alert('info', words.nothingKept)
        : html`<p>${words.removeLead}</p>${form(
            { action: removeAddress, csrf: frame.csrf },
            html`${checkboxGroup({
              name: 'what',
              label: words.kept,
              values: [],
              choices,
              problem: problemFor(problems, 'what'),
            })}${button(words.removeChosen, { kind: 'danger' })}`,
          )}`
    }<p class="after-form"><a href="${compareAddress}">${words.back}</a></p>`,
  )
}
