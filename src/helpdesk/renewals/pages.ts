import type { Place } from '../../administration/places.ts'
import type { NewRenewal, RenewalProgress } from '../../agency/renewals.ts'
import type { Refusal } from '../../refusals.ts'
import type { RenewalTable } from '../../store/schema.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  checkbox,
  checkboxGroup,
  errorSummary,
  form,
  hidden,
  linkButton,
  problemFor,
  radioGroup,
  table,
  tag,
  textField,
} from '../../web/parts.ts'
import type { Form } from '../../web/request.ts'
import { dayInWords } from '../../web/time.ts'
import type { RenewalCode } from './rules.ts'
import { wordsFor } from './words.ts'

export const renewalsBase = '/helpdesk/renewals'

type Row = Pick<RenewalTable, 'opened_at' | 'closed_at'>

const stateOf = ({ opened_at, closed_at }: Row) =>
  closed_at !== null ? 'closed' : opened_at === null ? 'planned' : 'open'

/** The renewals, the newest first. */
export function renewalsPage(
  frame: Frame,
  view: {
    readonly renewals: readonly RenewalTable[]
    readonly mayStart: boolean
    readonly timeZone: string
  },
): Html {
  const words = wordsFor(frame.language)
  const day = (at: number) => dayInWords(at, view.timeZone, frame.language)
  return page(
    frame,
    { title: words.title, kind: 'console' },
    html`<h1>${words.title}</h1><p>${words.lead}</p>${
      view.mayStart && html`<p>${linkButton(`${renewalsBase}/new`, words.start)}</p>`
    }${table({
      caption: words.title,
      captionHidden: true,
      columns: words.columns.map(text => ({ text })),
      rows: view.renewals.map(renewal => {
        const state = stateOf(renewal)
        return [
          html`<a href="${renewalsBase}/${renewal.id}">${renewal.name}</a>`,
          day(renewal.starts_at),
          day(renewal.ends_at - 1),
          state === 'open' ? tag(words.states.open, 'good') : tag(words.states[state]),
        ]
      }),
      empty: words.none,
    })}`,
  )
}

export interface NewView {
  readonly form: Form
  readonly organizations: readonly Place[]
  readonly workgroups: readonly Place[]
  readonly courses: readonly Place[]
  readonly refusals: readonly Refusal<RenewalCode>[]
}

const choicesOf = (places: readonly Place[]) => places.map(({ id, name }) => ({ value: id, label: name }))

/** Start a renewal: for whom, from when to when, and what is asked. */
export function newRenewalPage(frame: Frame, view: NewView): Html {
  const words = wordsFor(frame.language)
  const typed = view.form
  const problems = view.refusals.map(({ code, field }) => ({ field, text: words.refusals[code] }))
  const dayField = (name: 'from' | 'to' | 'joinedBefore', hint?: string) =>
    textField({
      ...{ name, label: words[name], type: 'date' as const, value: typed.get(name) },
      ...(hint !== undefined && { hint }),
      ...{ problem: problemFor(problems, name), autocomplete: 'off' as const, width: 'md' as const },
    })
  const group = (name: 'organization' | 'workgroup', places: readonly Place[]) =>
    places.length > 0 &&
    checkboxGroup({
      ...{ name, label: words[`${name}s`], hint: words.allHint },
      ...{ values: typed.all(name), choices: choicesOf(places) },
    })
  return page(
    frame,
    { title: words.start, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.start}</h1>${form(
      { action: `${renewalsBase}/new`, csrf: frame.csrf },
      html`${textField({
        ...{ name: 'name', label: words.name, hint: words.nameHint, value: typed.get('name') },
        ...{ problem: problemFor(problems, 'name'), autocomplete: 'off' },
      })}${dayField('from', words.fromHint)}${dayField('to')}${dayField('joinedBefore', words.joinedBeforeHint)}${group(
        'organization',
        view.organizations,
      )}${group('workgroup', view.workgroups)}${checkboxGroup({
        ...{ name: 'course', label: words.courses, hint: words.coursesHint },
        ...{ values: typed.all('course'), choices: choicesOf(view.courses) },
        problem: problemFor(problems, 'course'),
      })}${checkbox({ name: 'terms', label: words.terms, value: 'yes', checked: typed.get('terms') === 'yes' })}${textField(
        {
          ...{ name: 'reminders', label: words.reminders, hint: words.remindersHint },
          value: typed.has('reminders') ? typed.get('reminders') : '14, 7, 1',
          ...{ problem: problemFor(problems, 'reminders'), autocomplete: 'off', width: 'md' },
        },
      )}${radioGroup({
        ...{ name: 'after', label: words.after, value: typed.get('after') },
        choices: (['nothing', 'keep-out'] as const).map(value => ({ value, label: words.afters[value] })),
        problem: problemFor(problems, 'after'),
      })}${button(words.check)}`,
    )}<p class="after-form"><a href="${renewalsBase}">${words.back}</a></p>`,
  )
}

const kept = ['name', 'from', 'to', 'joinedBefore', 'reminders', 'terms', 'after'] as const
const keptLists = ['organization', 'workgroup', 'course'] as const

/** How many it is for and what will happen, before it is started. */
export function checkRenewalPage(
  frame: Frame,
  view: {
    readonly form: Form
    readonly renewal: NewRenewal
    readonly people: number
    readonly now: number
    readonly timeZone: string
  },
): Html {
  const words = wordsFor(frame.language)
  const { renewal, form: typed } = view
  const day = (at: number) => dayInWords(at, view.timeZone, frame.language)
  const effects = [
    ...words.effects(view.people, day(renewal.startsAt), renewal.startsAt <= view.now),
    renewal.keepsOut ? words.keepsOut : words.keepsNobodyOut,
  ]
  return page(
    frame,
    { title: renewal.name, kind: 'console' },
    html`<h1>${renewal.name}</h1><p>${words.period(day(renewal.startsAt), day(renewal.endsAt - 1))}</p><h2>${
      words.willHappen
    }</h2><ul class="usa-list">${effects.map(effect => html`<li>${effect}</li>`)}</ul>${form(
      { action: `${renewalsBase}/new`, csrf: frame.csrf },
      html`${kept.map(name => hidden(name, typed.get(name)))}${keptLists.map(name =>
        typed.all(name).map(id => hidden(name, id)),
      )}${buttonGroup(
        button(words.start, { name: 'do', value: 'start' }),
        button(words.change, { name: 'do', value: 'change', kind: 'secondary' }),
      )}`,
    )}`,
  )
}

/** One renewal: how far each organization is, and its end. */
export function renewalPage(
  frame: Frame,
  view: {
    readonly renewal: RenewalTable
    readonly progress: readonly RenewalProgress[]
    readonly total: Pick<RenewalProgress, 'people' | 'open'>
    readonly message: string | undefined
    readonly mayClose: boolean
    readonly timeZone: string
  },
): Html {
  const words = wordsFor(frame.language)
  const { renewal } = view
  const day = (at: number) => dayInWords(at, view.timeZone, frame.language)
  const at = `${renewalsBase}/${renewal.id}`
  const state = stateOf(renewal)
  return page(
    frame,
    { title: renewal.name, kind: 'console' },
    html`${view.message && alert('success', view.message)}<h1>${renewal.name}</h1><p>${words.period(
      day(renewal.starts_at),
      day(renewal.ends_at - 1),
    )} ${renewal.keeps_out === 1 ? words.keepsOut : words.keepsNobodyOut}</p>${
      state === 'planned'
        ? html`<p>${words.notOpen}</p>`
        : html`<h2>${words.progress}</h2><p>${words.total(view.total.people - view.total.open, view.total.people)} ${words.progressHint}</p>${table(
            {
              caption: words.progress,
              captionHidden: true,
              columns: words.progressColumns.map((text, index) => ({ text, numeric: index > 0 })),
              rows: view.progress.map(({ name, people, open }) => [name, people, people - open, open]),
              empty: words.none,
            },
          )}<p><a href="${at}/export">${words.export}</a></p>`
    }${
      state !== 'closed'
        ? view.mayClose &&
          html`<h2>${words.close}</h2><p>${words.closeLead}</p>${form({ action: `${at}/close`, csrf: frame.csrf }, button(words.close, { kind: 'danger' }))}`
        : renewal.sha256 !== null && html`<p>${words.sealed(renewal.sha256)}</p>`
    }<p class="after-form"><a href="${renewalsBase}">${words.back}</a></p>`,
  )
}
