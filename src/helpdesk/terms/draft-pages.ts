import { publishWords } from '../../administration/words.ts'
import type { Refusal } from '../../refusals.ts'
import type { Draft } from '../../terms/drafts.ts'
import type { PublishCode } from '../../terms/rules.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  details,
  errorSummary,
  form,
  hidden,
  linkButton,
  type Problem,
  problemFor,
  summaryList,
  textArea,
  textField,
} from '../../web/parts.ts'
import { momentInWords, zoneInWords } from '../../web/time.ts'
import { clockField } from '../shared/two-moments.ts'
import { wordsFor as consoleWords } from '../shared/words.ts'
import type { LocalMoment } from './rules.ts'
import { wordsFor } from './words.ts'

const problemsOf = (refusals: readonly Refusal<PublishCode>[]): readonly Problem[] =>
  refusals.map(({ code, field }) => ({ field, text: publishWords.refusals[code] }))

interface DraftView {
  /** Undefined: it is not saved yet. */
  readonly draft: Draft | undefined
  readonly typed: string
  readonly refusals: readonly Refusal<PublishCode>[]
  /** The person who saved the draft last, when that is why the form was refused. */
  readonly savedBy: string | undefined
  readonly did: string | undefined
  readonly timeZone: string
}

/** A draft: its text, and what can be done with it. */
export function draftPage(frame: Frame, view: DraftView): Html {
  const words = wordsFor(frame.language)
  const { draft } = view
  const title = draft === undefined ? words.newTitle : words.draftTitle
  const problems = problemsOf(view.refusals)
  const address = `/helpdesk/terms/drafts/${draft?.id ?? 'new'}`
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${
      view.did !== undefined && alert('success', view.did)
    }${otherText(frame, view)}${form(
      { action: address, csrf: frame.csrf },
      html`${draft && hidden('version', String(draft.version))}${textArea({
        name: 'text',
        label: words.text,
        hint: words.textHint,
        value: view.typed,
        rows: 22,
        problem: problemFor(problems, 'text'),
      })}${button(words.save)}`,
    )}${draft && nextSteps(frame, draft, address)}<p class="after-form"><a href="/helpdesk/terms">${words.back}</a></p>`,
  )
}

function nextSteps(frame: Frame, draft: Draft, address: string): Html {
  const words = wordsFor(frame.language)
  return html`${buttonGroup(
    linkButton(`${address}/preview`, words.preview, 'secondary'),
    linkButton(`${address}/publish`, words.toPublish, 'secondary'),
  )}<p class="usa-hint">${words.savedFirst}</p>${details(
    words.deleteHeading,
    form(
      { action: `${address}/delete`, csrf: frame.csrf },
      html`<p>${words.deleteLead}</p>${hidden('version', String(draft.version))}${button(words.delete, {
        kind: 'danger',
      })}`,
    ),
  )}`
}

/** The text that someone else saved meanwhile, beside what was typed. */
function otherText(frame: Frame, { draft, savedBy, timeZone }: DraftView): Content {
  if (draft === undefined || savedBy === undefined) return undefined
  const words = wordsFor(frame.language)
  return textArea({
    name: 'saved',
    label: words.otherText,
    hint: words.otherBy(savedBy, momentInWords(draft.changed_at, timeZone, frame.language)),
    value: draft.text,
    rows: 12,
  })
}

interface PublishView {
  readonly draft: Draft
  readonly moment: LocalMoment
  readonly refusals: readonly Refusal<PublishCode>[]
  readonly timeZone: string
}

/** Publish, first page: from when. */
export function publishPage(frame: Frame, { draft, moment, refusals, timeZone }: PublishView): Html {
  const words = wordsFor(frame.language)
  const problems = problemsOf(refusals)
  return page(
    frame,
    { title: words.publishTitle, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${words.publishTitle}</h1><p>${words.publishLead}</p>${form(
      { action: `/helpdesk/terms/drafts/${draft.id}/publish`, csrf: frame.csrf },
      html`${hidden('version', String(draft.version))}${textField({
        name: 'date',
        label: words.date,
        type: 'date',
        value: moment.date,
        problem: problemFor(problems, 'date'),
        autocomplete: 'off',
        width: 'md',
      })}${textField({
        name: 'time',
        label: words.time,
        hint: words.timeHint(zoneInWords(timeZone, frame.language)),
        type: 'time',
        value: moment.time,
        autocomplete: 'off',
        width: 'md',
      })}${clockField(frame, {
        name: 'clock',
        label: consoleWords(frame.language).clock,
        date: moment.date,
        time: moment.time,
        value: moment.clock ?? '',
        timeZone,
        problem: problemFor(problems, 'clock'),
      })}${button(words.next)}`,
    )}${backToDraft(frame, draft)}`,
  )
}

const backToDraft = (frame: Frame, draft: Draft): Html =>
  html`<p class="after-form"><a href="/helpdesk/terms/drafts/${draft.id}">${wordsFor(frame.language).backToDraft}</a></p>`

interface CheckView {
  readonly draft: Draft
  readonly moment: LocalMoment
  /** Milliseconds since 1970. */
  readonly effectiveAt: number
  /** The number that the version will have. */
  readonly number: number
  readonly sha256: string
  /** How many people can sign in now. */
  readonly active: number
  readonly timeZone: string
}

/** Publish, second page: what will happen. */
export function checkPublishPage(frame: Frame, view: CheckView): Html {
  const words = wordsFor(frame.language)
  const { draft, moment } = view
  const when = momentInWords(view.effectiveAt, view.timeZone, frame.language)
  return page(
    frame,
    { title: words.checkTitle, kind: 'console' },
    html`<h1>${words.checkTitle}</h1>${alert(
      'warning',
      html`<ul class="usa-list">${words
        .effects(view.number, when, view.active)
        .map(effect => html`<li>${effect}</li>`)}</ul>`,
      words.willHappen,
    )}${summaryList([
      { key: words.holdsFrom, value: when },
      {
        key: words.length,
        value: words.words(draft.text.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word)).length),
      },
      { key: words.hash, value: html`<code>${view.sha256}</code>` },
    ])}${form(
      { action: `/helpdesk/terms/drafts/${draft.id}/publish`, csrf: frame.csrf },
      html`${hidden('version', String(draft.version))}${hidden('date', moment.date)}${hidden(
        'time',
        moment.time,
      )}${hidden('clock', moment.clock ?? '')}${hidden('step', 'sure')}${buttonGroup(
        button(words.publish),
        linkButton(`/helpdesk/terms/drafts/${draft.id}/preview`, words.preview, 'secondary'),
      )}`,
    )}${backToDraft(frame, draft)}`,
  )
}
