import { type WorkFacts, workFields } from '../../account/work.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, html } from '../../web/html.ts'
import { type Problem, problemFor, textField } from '../../web/parts.ts'
import { wordsFor } from './work-words.ts'

/** The fields of how somebody is reached at work, for Create account and Edit details. */
export function workInputs(frame: Frame, values: WorkFacts, problems: readonly Problem[]): Content {
  const words = wordsFor(frame.language)
  return html`${workFields.map(name =>
    textField({
      name,
      label: words.labels[name],
      hint: words.hints[name],
      type: name === 'workPhone' ? 'tel' : 'text',
      inputmode: name === 'workExtension' ? 'numeric' : undefined,
      width: name === 'workExtension' ? 'sm' : undefined,
      value: values[name],
      problem: problemFor(problems, name),
      autocomplete: 'off',
    }),
  )}`
}
