import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import {
  alert,
  button,
  buttonGroup,
  details,
  errorSummary,
  form,
  hidden,
  problemFor,
  summaryList,
  table,
  textField,
} from '../../web/parts.ts'
import { type AuditQuestion, addressOf, pairsOf } from '../audit/rules.ts'
import { eventInWords } from '../shared/event-words.ts'
import { refusalInWords } from '../shared/refusal-words.ts'
import { pastReports } from './past-access-page.ts'
import { type ReportsWords, wordsFor } from './words.ts'

export const reportNames = ['people', 'acceptances', 'audit'] as const
export type ReportName = (typeof reportNames)[number]

/** All reports that an agent may export. */
export function reportsPage(
  frame: Frame,
  view: { readonly isScoped: boolean; readonly isAllAudit: boolean },
): Html {
  const words = wordsFor(frame.language)
  return page(
    frame,
    { title: words.title, kind: 'console' },
    html`<h1>${words.title}</h1><p>${words.intro}${view.isScoped && ` ${words.scoped}`}</p>${table({
      caption: words.listCaption,
      captionHidden: true,
      columns: words.columns.map(text => ({ text })),
      rows: [
        ...reportNames.map(name => [
          html`<a href="/helpdesk/reports/${name}">${words.names[name]}</a>`,
          name === 'audit' && !view.isAllAudit ? words.aboutOwn : words.about[name],
        ]),
        ...(view.isScoped ? [] : pastReports).map(name => [
          html`<a href="/helpdesk/reports/${name}">${words.pastNames[name]}</a>`,
          words.pastAbout[name],
        ]),
        ...(view.isScoped
          ? []
          : [[html`<a href="/helpdesk/reports/board">${words.board.title}</a>`, words.board.about]]),
      ],
      language: frame.language,
    })}`,
  )
}

export interface ReportView {
  readonly report: ReportName
  /** As typed. */
  readonly reason: string
  /** Which records of the audit log are meant. */
  readonly question: AuditQuestion | undefined
  /** Nothing can be made of the question. */
  readonly isUnclear: boolean
  readonly refusals: readonly Refusal<RefusalOf<'helpdesk'>>[]
}

/** One report: what is in it, why it is wanted, and the buttons that export it. */
export function reportPage(frame: Frame, view: ReportView): Html {
  const words = wordsFor(frame.language)
  const title = words.titles[view.report]
  const problems = view.refusals.map(refusal => ({
    field: refusal.field,
    text: refusalInWords(refusal, frame.language),
  }))
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 || view.isUnclear },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1><p>${words.about[view.report]} ${words.neverInIt}</p>${filter(
      frame,
      view,
      words,
    )}${alert('info', words.careful)}${
      view.isUnclear
        ? alert('error', words.unclear)
        : form(
            { action: `/helpdesk/reports/${view.report}`, csrf: frame.csrf },
            html`${view.question && pairsOf(view.question).map(([name, value]) => hidden(name, value))}${textField(
              {
                name: 'reason',
                label: words.reason,
                hint: words.reasonHint,
                value: view.reason,
                autocomplete: 'off',
                problem: problemFor(problems, 'reason'),
                language: frame.language,
              },
            )}${buttonGroup(
              button(words.csv, { name: 'form', value: 'csv' }),
              button(words.jsonl, { name: 'form', value: 'jsonl', kind: 'secondary' }),
            )}`,
          )
    }${columns(frame, view.report, words)}<p class="after-form"><a href="/helpdesk/reports">${words.back}</a></p>`,
  )
}

function filter(frame: Frame, { question }: ReportView, words: ReportsWords): Html | undefined {
  const pairs = question === undefined ? [] : pairsOf(question)
  if (question === undefined || pairs.length === 0) return undefined
  const keys: Readonly<Record<string, string>> = words.filterKeys
  return html`<h2>${words.filter}</h2>${summaryList(
    pairs.map(([name, value]) => ({
      key: keys[name] ?? name,
      value: name === 'event' ? eventInWords(value, {}, frame.language) : value,
    })),
  )}<p class="after-form"><a href="${addressOf('/helpdesk/audit', question)}">${words.changeFilter}</a></p>`
}

function columns(frame: Frame, report: ReportName, words: ReportsWords): Html {
  return details(
    words.columnsTitle,
    html`<p>${words.times} ${words.apostrophe}</p>${table({
      caption: words.columnsCaption,
      captionHidden: true,
      columns: words.columnsHead.map(text => ({ text })),
      rows: Object.entries(words.meanings[report]).map(([name, meaning]) => [
        html`<code>${name}</code>`,
        meaning,
      ]),
      language: frame.language,
    })}`,
  )
}
