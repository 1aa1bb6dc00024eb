import { isPreset, presets } from '../../applications/presets.ts'
import type { Application } from '../../applications/rules.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  checkbox,
  checkboxGroup,
  details,
  errorSummary,
  form,
  hidden,
  type Problem,
  problemFor,
  radioGroup,
  selectField,
  table,
  textArea,
  textField,
} from '../../web/parts.ts'
import { wordsFor as consoleWords } from '../shared/words.ts'
import { type Entry, roles, wayNames, ways } from './entry.ts'
import { applicationsBase } from './page.ts'
import type { Known } from './store.ts'
import { type ApplicationsWords, wordsFor } from './words.ts'

interface FormView {
  /** Absent: a new one is registered. */
  readonly application: Application | undefined
  readonly entry: Entry
  readonly known: Known
  readonly reason: string
  readonly problems: readonly Problem[]
  /** Somebody else has saved since this form was shown. */
  readonly isLate: boolean
}

/** Registers an application, or changes one. */
export function applicationFormPage(frame: Frame, view: FormView): Html {
  const words = wordsFor(frame.language)
  const { application, problems } = view
  const isNew = application === undefined
  const title = isNew ? words.register : words.editTitle(application.name)
  const back = isNew ? applicationsBase : `${applicationsBase}/${application.id}`
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${view.isLate && alert('info', words.changed)}${form(
      { action: isNew ? `${applicationsBase}/new` : `${back}/edit`, csrf: frame.csrf },
      html`${isNew ? presetField(view, words) : hidden('version', String(application.version))}${mainFields(
        view,
        words,
      )}${whoFields(frame, view, words)}${homeFields(view, words)}${signOutFields(view, words)}${moreFields(
        view,
        words,
      )}${textArea({
        name: 'reason',
        label: isNew ? words.reasonOptional : words.reason,
        hint: words.reasonHint,
        value: view.reason,
        rows: 2,
        problem: problemFor(problems, 'reason'),
      })}${button(isNew ? words.registerButton : words.save)}`,
    )}<p class="after-form"><a href="${back}">${words.cancel}</a></p>`,
  )
}

const presetField = ({ entry }: FormView, words: ApplicationsWords): Html =>
  html`${selectField({
    name: 'preset',
    label: words.preset,
    hint: words.presetHint,
    value: entry.given.preset,
    choices: Object.entries(presets).map(([value, { name }]) => ({ value, label: name })),
    autocomplete: 'off',
  })}`

function mainFields(
  { entry: { given }, problems, application }: FormView,
  words: ApplicationsWords,
): Content {
  const shown = Object.entries(presets).filter(([name]) => application === undefined || name === given.preset)
  return html`${textField({
    name: 'name',
    label: words.name,
    hint: words.nameHint,
    value: given.name,
    problem: problemFor(problems, 'name'),
    autocomplete: 'off',
    typing: 'name',
  })}${textArea({
    name: 'redirectUris',
    label: words.redirectUris,
    hint: words.redirectHint,
    value: given.redirectUris.join('\n'),
    rows: 3,
    spellcheck: false,
    problem: problemFor(problems, 'redirectUris'),
  })}${
    isPreset(given.preset) &&
    details(
      words.redirectOf,
      table({
        caption: words.redirectOf,
        captionHidden: true,
        columns: [words.preset, words.redirectUris].map(text => ({ text })),
        rows: shown.map(([, { name, callback }]) => [name, html`<code>https://…${callback}</code>`]),
      }),
    )
  }`
}

function whoFields(frame: Frame, { entry, known, problems }: FormView, words: ApplicationsWords): Content {
  const { allowed } = entry.given
  const named = consoleWords(frame.language).roles
  const places = (
    name: 'workgroup' | 'organization',
    label: string,
    list: Known['workgroups'],
    has: readonly string[],
  ) =>
    list.length > 0 &&
    details(
      label,
      checkboxGroup({
        name,
        label,
        values: has,
        choices: list.map(({ id, name }) => ({ value: id, label: name })),
      }),
      has.length > 0,
    )
  return html`${radioGroup({
    name: 'who',
    label: words.who,
    hint: words.whoHint,
    value: entry.who,
    choices: (['everyone', 'some'] as const).map(value => ({ value, label: words.whoChoices[value] })),
    problem: problemFor(problems, 'who'),
  })}${details(
    words.roles,
    checkboxGroup({
      name: 'role',
      label: words.roles,
      values: allowed.roles,
      choices: roles.map(value => ({ value, label: named[value] })),
    }),
    allowed.roles.length > 0,
  )}${places('workgroup', words.workgroups, known.workgroups, allowed.workgroups)}${places(
    'organization',
    words.organizations,
    known.organizations,
    allowed.organizations,
  )}${checkbox({
    name: 'needsSecondStep',
    label: words.second,
    checked: entry.given.needsSecondStep,
  })}`
}

const homeFields = ({ entry: { given }, problems }: FormView, words: ApplicationsWords): Content =>
  html`<h2>${words.onHome}</h2>${textField({
    name: 'purpose',
    label: words.purpose,
    hint: words.purposeHint,
    value: given.purpose,
    problem: problemFor(problems, 'purpose'),
    autocomplete: 'off',
  })}${textField({
    name: 'launchUrl',
    label: words.launchUrl,
    hint: words.launchHint,
    type: 'url',
    value: given.launchUrl ?? '',
    problem: problemFor(problems, 'launchUrl'),
    autocomplete: 'off',
    typing: 'signs',
  })}`

const signOutFields = ({ entry: { given }, problems }: FormView, words: ApplicationsWords): Content =>
  html`<h2>${words.signingOut}</h2>${textField({
    name: 'backchannelUri',
    label: words.backchannelUri,
    hint: words.backchannelHint,
    type: 'url',
    value: given.backchannelUri ?? '',
    problem: problemFor(problems, 'backchannelUri'),
    autocomplete: 'off',
    typing: 'signs',
  })}${textArea({
    name: 'signOutUris',
    label: words.signOutUris,
    hint: words.signOutHint,
    value: given.signOutUris.join('\n'),
    rows: 2,
    spellcheck: false,
    problem: problemFor(problems, 'signOutUris'),
  })}`

function moreFields({ entry: { given }, problems }: FormView, words: ApplicationsWords): Content {
  const values = wayNames.filter(way => ways[way](given))
  const problem = problemFor(problems, 'pkceException')
  return details(
    words.more,
    html`${textField({
      name: 'pkceException',
      label: words.pkceException,
      hint: words.pkceHint,
      value: given.pkceException ?? '',
      problem,
      autocomplete: 'off',
    })}${checkboxGroup({
      name: 'ways',
      label: words.waysLabel,
      values,
      choices: wayNames.map(value => ({ value, label: words.ways[value] })),
    })}`,
    values.length > 0 || given.pkceException !== undefined || problem !== undefined,
  )
}
