import type { Refusal } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { button, errorSummary, form, hidden, problemFor, textArea, textField } from '../../web/parts.ts'
import { whenInWords } from '../../web/time.ts'
import type { ActivityRow } from '../shared/activity.ts'
import type { PlaceCode } from './change.ts'
import { givingFields } from './giving-fields.ts'
import { changeInWords, type Kind, type Words } from './pages.ts'
import type { PlaceEntry } from './rules.ts'
import type { PlaceFacts } from './store.ts'
import { wordsFor } from './words.ts'

/** The reasons a form was refused, and what happened since it was shown. */
export interface Refused {
  readonly refusals: readonly Refusal<PlaceCode>[]
  readonly history: readonly ActivityRow[]
}

const problemsOf = ({ refusals }: Refused, words: Words) =>
  refusals.map(({ code, field }) => ({ field, text: words.refusals[code] }))

function changesOf(frame: Frame, { history }: Refused, place: PlaceFacts | undefined, words: Words): Content {
  if (history.length === 0 || place === undefined) return ''
  return html`<h2>${words.changed}</h2><ul class="usa-list">${history.map(
    row =>
      html`<li>${whenInWords(row.at, frame.clock, frame.language)}, ${row.agent ?? words.system}: ${changeInWords(row, words, frame.language)}</li>`,
  )}</ul><p>${words.nowIs(place.name, place.allows)}</p>`
}

/** Makes one (without `place`), or renames one and says anew what it allows. */
export function placeFormPage(
  frame: Frame,
  kind: Kind,
  view: Refused & {
    readonly place: PlaceFacts | undefined
    readonly entry: PlaceEntry
    /** Organizations that a workgroup can be tied to. */
    readonly ties: readonly { readonly id: string; readonly name: string }[] | undefined
    readonly now: number
  },
): Html {
  const words = wordsFor(frame.language)
  const own = kind.words(frame.language)
  const { place, entry } = view
  const title = place === undefined ? own.create : own.editTitle(place.name)
  const problems = problemsOf(view, words)
  const back = place === undefined ? kind.base : `${kind.base}/${place.id}`
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${changesOf(frame, view, place, words)}${form(
      { action: place === undefined ? `${kind.base}/new` : `${back}/edit`, csrf: frame.csrf },
      html`${place && versionFields(place, view.now)}${textField({
        name: 'name',
        label: words.name,
        value: entry.name,
        problem: problemFor(problems, 'name'),
        autocomplete: 'off',
        typing: 'name',
      })}${textArea({
        name: 'allows',
        label: words.allows,
        hint: words.allowsHint,
        value: entry.allows,
        rows: 3,
        problem: problemFor(problems, 'allows'),
      })}${textField({
        name: 'key',
        label: words.key,
        hint: words.keyHint,
        value: entry.key,
        problem: problemFor(problems, 'key'),
        autocomplete: 'off',
        typing: 'signs',
        width: 'md',
      })}${entry.giving && givingFields(frame, entry.giving, view.ties ?? [])}${button(place === undefined ? own.create : words.save)}`,
    )}<p class="after-form"><a href="${back}">${words.cancel}</a></p>`,
  )
}

const versionFields = (place: PlaceFacts, now: number): Html =>
  html`${hidden('version', String(place.version))}${hidden('seen', String(now))}`

/** Retire, or bring back: what happens to whom is said before it is done. */
export function retirePage(
  frame: Frame,
  kind: Kind,
  view: Refused & {
    readonly place: PlaceFacts & { readonly people: number }
    readonly retire: boolean
    /** People who can work nowhere else. */
    readonly onlyHere: number
    readonly now: number
  },
): Html {
  const words = wordsFor(frame.language)
  const own = kind.words(frame.language)
  const { place, retire } = view
  const title = (retire ? own.retireTitle : own.bringBackTitle)(place.name)
  const problems = problemsOf(view, words)
  const effects = retire ? own.retireEffects(place.people, view.onlyHere) : own.bringBackEffects(place.people)
  const address = `${kind.base}/${place.id}`
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${changesOf(frame, view, place, words)}<h2>${
      words.willHappen
    }</h2><ul class="usa-list">${effects.map(effect => html`<li>${effect}</li>`)}</ul>${form(
      { action: `${address}/${retire ? 'retire' : 'bring-back'}`, csrf: frame.csrf },
      html`${versionFields(place, view.now)}${button(retire ? words.retire : words.bringBack, { kind: retire ? 'danger' : 'primary' })}`,
    )}<p class="after-form"><a href="${address}">${words.cancel}</a></p>`,
  )
}
