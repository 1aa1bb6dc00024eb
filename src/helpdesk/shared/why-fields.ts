import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { type Problem, problemFor, textField } from '../../web/parts.ts'
import type { Form } from '../../web/request.ts'
import { wordsFor } from './words.ts'

/** Why something is done to several people: one reason for all of them, and the number of a ticket. */
export function whyForAll(frame: Frame, typed: Form, problems: readonly Problem[]): Html {
  const words = wordsFor(frame.language)
  const text = (name: 'reason' | 'ticket', hint: string) =>
    textField({
      name,
      label: words[name],
      hint,
      value: typed.get(name),
      problem: problemFor(problems, name),
      autocomplete: 'off',
    })
  return html`${text('reason', words.reasonForAll)}${text('ticket', words.ticketHint)}`
}
