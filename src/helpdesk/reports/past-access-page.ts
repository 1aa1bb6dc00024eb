import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, button, buttonGroup, errorSummary, form, problemFor, textField } from '../../web/parts.ts'
import type { Form } from '../../web/request.ts'
import { refusalInWords } from '../shared/refusal-words.ts'
import { wordsFor } from './words.ts'

export const pastReports = ['access', 'ended'] as const
/** Reports that are read from the audit log: who had access at the end of a day, and what ended between two. */
export type PastReport = (typeof pastReports)[number]

/** The days, why it is wanted, and the buttons that export it. */
export function pastReportPage(
  frame: Frame,
  view: {
    readonly report: PastReport
    /** As typed. */
    readonly form: Form
    readonly refusals: readonly Refusal<RefusalOf<'helpdesk'>>[]
  },
): Html {
  const words = wordsFor(frame.language)
  const title = words.pastTitles[view.report]
  const problems = view.refusals.map(refusal => ({
    field: refusal.field,
    text: refusalInWords(refusal, frame.language),
  }))
  const field = (name: 'from' | 'to' | 'reason', label: string, hint?: string) =>
    textField({
      name,
      label,
      ...(hint !== undefined && { hint }),
      ...(name !== 'reason' && { type: 'date' as const }),
      value: view.form.get(name),
      autocomplete: 'off',
      problem: problemFor(problems, name),
      language: frame.language,
    })
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1><p>${words.pastAbout[view.report]} ${words.pastLimits}</p>${alert(
      'info',
      words.careful,
    )}${form(
      { action: `/helpdesk/reports/${view.report}`, csrf: frame.csrf },
      html`${field('from', view.report === 'access' ? words.day : words.firstDay)}${
        view.report === 'ended' && field('to', words.lastDay)
      }${field('reason', words.reason, words.reasonHint)}${buttonGroup(
        button(words.csv, { name: 'form', value: 'csv' }),
        button(words.jsonl, { name: 'form', value: 'jsonl', kind: 'secondary' }),
      )}`,
    )}<p class="after-form"><a href="/helpdesk/reports">${words.back}</a></p>`,
  )
}
