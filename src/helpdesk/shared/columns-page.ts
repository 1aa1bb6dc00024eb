import { type Mapping, pick } from '../../administration/lists/mapping.ts'
import type { ListTable } from '../../administration/lists/table.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { tidyLine } from '../../web/line.ts'
import {
  button,
  errorSummary,
  form,
  hidden,
  type Problem,
  problemFor,
  selectField,
  table,
  textField,
} from '../../web/parts.ts'
import type { Form } from '../../web/request.ts'
import { wordsFor } from './columns-words.ts'

/** Characters of a mapping's name at most. */
const longestName = 80

export interface ColumnsView<Field extends string> {
  readonly action: string
  readonly id: string
  readonly fileName: string
  readonly table: ListTable
  /** What a column may be, with its label. */
  readonly fields: readonly (readonly [field: Field, label: string])[]
  readonly mapping: Mapping<Field>
  readonly name: string
  readonly problems: readonly Problem[]
  readonly button: string
  readonly another: { readonly href: string; readonly text: string }
}

/** Which column of a file is which. The table shows what is in them. */
export function columnsPage<Field extends string>(frame: Frame, view: ColumnsView<Field>): Html {
  const words = wordsFor(frame.language)
  const { mapping, problems } = view
  const { header, rows } = view.table
  const choices = [...new Set(header)]
    .filter(title => title !== '')
    .map(title => ({ value: title, label: title }))
  return page(
    frame,
    { title: words.title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.title}</h1><p>${words.lead(view.fileName)}</p>${form(
      { action: view.action, csrf: frame.csrf },
      html`${hidden('list', view.id)}${view.fields.map(([field, label]) =>
        selectField({
          name: field,
          label,
          value: mapping[field],
          choices,
          empty: words.notThere,
          autocomplete: 'off',
          problem: problemFor(problems, field),
          language: frame.language,
        }),
      )}${textField({
        name: 'remember',
        label: words.remember,
        hint: words.rememberHint,
        value: view.name,
        autocomplete: 'off',
        language: frame.language,
      })}${button(view.button)}`,
    )}<h2>${words.samples}</h2>${table({
      caption: words.samples,
      captionHidden: true,
      columns: words.sampleHeads.map(text => ({ text })),
      rows: header.map((title, index) => [title, ...[0, 1, 2].map(row => rows[row]?.cells[index] ?? '')]),
      language: frame.language,
    })}<p class="after-form"><a href="${view.another.href}">${view.another.text}</a></p>`,
  )
}

/** The columns that the form chose, of those that the file has, and the name to remember them under. */
export function readColumns<Field extends string>(
  form: Form,
  fields: readonly Field[],
  { header }: ListTable,
): { readonly mapping: Mapping<Field>; readonly name: string } {
  const titleOf = (field: Field) => header.find(title => title !== '' && title === form.get(field))
  return { mapping: pick(fields, titleOf), name: tidyLine(form.get('remember').slice(0, longestName)) }
}
