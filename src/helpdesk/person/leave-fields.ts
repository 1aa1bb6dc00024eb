import { dayOf } from '../../administration/last-day.ts'
import type { Places } from '../../administration/places.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, html } from '../../web/html.ts'
import { checkboxGroup, type Problem, problemFor, selectField, textField } from '../../web/parts.ts'
import type { Form } from '../../web/request.ts'
import type { PersonFacts } from './store.ts'
import { needsOf, type VerbName } from './verb-rules.ts'
import { wordsFor } from './verb-words.ts'

interface Given {
  readonly action: VerbName
  readonly person: Pick<PersonFacts, 'organizations'>
  readonly places: Places | undefined
  readonly form: Form
  readonly timeZone: string
  readonly now: number
}

const choicesOf = (list: readonly { readonly id: string; readonly name: string }[]) =>
  list.map(({ id, name }) => ({ value: id, label: name }))

/** The organization that somebody left, their last day there, and where they go. */
export function leaveFields(
  frame: Frame,
  { action, person, places, form, timeZone, now }: Given,
  problems: readonly Problem[],
): Content {
  const words = wordsFor(frame.language)
  const theirs = person.organizations.filter(({ is_active }) => is_active === 1)
  const only = theirs.length === 1 ? theirs[0]?.id : undefined
  const workgroups = places?.workgroups ?? []
  return html`${selectField({
    name: 'left',
    label: words.leftWhich,
    value: form.has('left') ? form.get('left') : only,
    empty: words.choose,
    choices: choicesOf(theirs),
    problem: problemFor(problems, 'left'),
    autocomplete: 'off',
  })}${
    needsOf(action).move &&
    html`${selectField({
      name: 'movedTo',
      label: words.movedTo,
      value: form.get('movedTo'),
      empty: words.choose,
      choices: choicesOf((places?.organizations ?? []).filter(({ id }) => id !== only)),
      problem: problemFor(problems, 'movedTo'),
      autocomplete: 'off',
    })}${
      workgroups.length > 0 &&
      checkboxGroup({
        name: 'workgroup',
        label: words.movedWorkgroups,
        values: form.all('workgroup'),
        choices: choicesOf(workgroups),
        problem: problemFor(problems, 'workgroup'),
      })
    }`
  }${textField({
    name: 'lastDay',
    label: words.lastDay,
    hint: words.lastDayHint,
    type: 'date',
    value: form.has('lastDay') ? form.get('lastDay') : dayOf(now, timeZone),
    problem: problemFor(problems, 'lastDay'),
    autocomplete: 'off',
    width: 'md',
  })}`
}
