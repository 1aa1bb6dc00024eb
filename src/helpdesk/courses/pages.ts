import type { Place } from '../../administration/places.ts'
import type { Refusal } from '../../refusals.ts'
import type { CourseTable } from '../../store/schema.ts'
import { idsIn } from '../../training/courses.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  checkboxGroup,
  errorSummary,
  form,
  hidden,
  linkButton,
  problemFor,
  table,
  tag,
  textField,
} from '../../web/parts.ts'
import type { CourseCode, CourseEntry } from './change.ts'
import { wordsFor } from './words.ts'

export const coursesBase = '/helpdesk/courses'

/** The courses, retired ones too. */
export function coursesPage(
  frame: Frame,
  view: {
    readonly courses: readonly CourseTable[]
    readonly workgroups: readonly Place[]
    readonly message: string | undefined
  },
): Html {
  const words = wordsFor(frame.language)
  const namesOf = (json: string) => {
    const ids = idsIn(json)
    const names = view.workgroups.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
    return ids.length === 0 ? words.everyone : new Intl.ListFormat(frame.language).format(names)
  }
  return page(
    frame,
    { title: words.title, kind: 'console' },
    html`${view.message && alert('success', view.message)}<h1>${words.title}</h1><p>${words.lead}</p>${table({
      caption: words.title,
      captionHidden: true,
      columns: words.columns.map((text, index) => ({ text, numeric: index === 1 })),
      rows: view.courses.map(course => [
        html`<a href="${coursesBase}/${course.id}">${course.name}</a>`,
        course.moodle_id,
        namesOf(course.workgroups),
        course.retired_at === null ? tag(words.active, 'good') : tag(words.retired),
      ]),
      empty: words.none,
    })}<p>${linkButton(`${coursesBase}/new`, words.add)}</p>`,
  )
}

/** One course, or a new one: its name, its number, and whom it is for. */
export function coursePage(
  frame: Frame,
  view: {
    readonly course: CourseTable | undefined
    readonly entry: CourseEntry
    readonly workgroups: readonly Place[]
    readonly refusals: readonly Refusal<CourseCode>[]
  },
): Html {
  const words = wordsFor(frame.language)
  const { course, entry } = view
  const title = course?.name ?? words.add
  const action = course === undefined ? `${coursesBase}/new` : `${coursesBase}/${course.id}`
  const problems = view.refusals.map(({ code, field }) => ({ field, text: words.refusals[code] }))
  const version = course && hidden('version', String(course.version))
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${form(
      { action, csrf: frame.csrf },
      html`${version}${textField({
        name: 'name',
        label: words.name,
        hint: words.nameHint,
        value: entry.name,
        problem: problemFor(problems, 'name'),
        autocomplete: 'off',
      })}${textField({
        name: 'number',
        label: words.number,
        hint: words.numberHint,
        value: entry.number,
        problem: problemFor(problems, 'number'),
        autocomplete: 'off',
        typing: 'signs',
        width: 'md',
      })}${
        view.workgroups.length > 0 &&
        checkboxGroup({
          name: 'workgroup',
          label: words.workgroups,
          hint: words.workgroupsHint,
          values: entry.workgroups,
          choices: view.workgroups.map(({ id, name }) => ({ value: id, label: name })),
        })
      }${button(course === undefined ? words.add : words.save)}`,
    )}${
      course !== undefined &&
      html`<p class="after-form">${words.retireAbout}</p>${form(
        { action, csrf: frame.csrf },
        html`${version}${
          course.retired_at === null
            ? button(words.retire, { kind: 'danger', name: 'do', value: 'retire' })
            : button(words.bringBack, { kind: 'secondary', name: 'do', value: 'bring-back' })
        }`,
      )}`
    }<p class="after-form"><a href="${coursesBase}">${words.back}</a></p>`,
  )
}
