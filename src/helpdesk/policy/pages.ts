import type { PolicyState } from '../../policy/policy.ts'
import type { PolicyCode } from '../../policy/rules.ts'
import { type Policy, type PolicyName, policyTable } from '../../policy/table.ts'
import type { Refusal } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { alert, button, errorSummary, form, table, tag } from '../../web/parts.ts'
import { whenInWords } from '../../web/time.ts'
import { controlOf, groups, isPolicyName, policyNames, unitOf } from './rules.ts'
import type { PolicyRecord } from './store.ts'
import { type PolicyWords, type TestOutcome, wordsFor } from './words.ts'

interface PolicyView {
  readonly state: PolicyState
  readonly history: readonly PolicyRecord[]
  /** The value that was just changed. */
  readonly did: PolicyName | undefined
  /** What came of the test message just asked for. */
  readonly tested: TestOutcome | undefined
  /** The administrator who looks. */
  readonly personId: string
}

/** A value as people say it. */
export function valueInWords(name: PolicyName, value: unknown, words: PolicyWords): string {
  if (typeof value === 'boolean') return value ? words.on : words.off
  if (name === 'agencyLogo') return value === '' ? words.noPicture : words.picture
  if (value === '') return words.empty
  if (typeof value === 'number') return [value, unitOf(name)].filter(part => part !== undefined).join(' ')
  return controlOf(name).kind === 'choice' ? (words.values[String(value)] ?? String(value)) : String(value)
}

/** Policy: every value by group, and the last changes. */
export function policyPage(frame: Frame, { state, history, did, tested, personId }: PolicyView): Html {
  const words = wordsFor(frame.language)
  const { policy } = state
  return page(
    frame,
    { title: words.title, kind: 'console' },
    html`<h1>${words.title}</h1>${
      did && alert('success', words.did(words.labels[did], valueInWords(did, policy[did], words)))
    }${tested && alert(tested === 'test-queued' ? 'success' : 'warning', words.tested[tested])}<p>${words.lead}</p>${groups.map(
      group =>
        html`<h2>${group}</h2>${groupTable(frame, group, state)}${
          group === '2-step verification' &&
          html`<p><a href="/helpdesk/policy/two-step-duties">${words.twoStepForSome}</a></p>`
        }`,
    )}<h2>${words.testTitle}</h2><p>${words.testLead} <a href="/helpdesk/people/${personId}">${
      words.testWhere
    }</a></p>${form(
      { action: '/helpdesk/policy/test-message', csrf: frame.csrf },
      button(words.testPress, { kind: 'secondary' }),
    )}<h2>${words.history}</h2>${historyTable(frame, history)}`,
  )
}

function groupTable(frame: Frame, group: string, { policy, changed }: PolicyState): Html {
  const words = wordsFor(frame.language)
  return table({
    caption: group,
    captionHidden: true,
    aligned: true,
    columns: words.columns.map(text => ({ text })),
    rows: policyNames
      .filter(name => policyTable[name].group === group)
      .map(name => [
        html`<a href="/helpdesk/policy/${name}">${words.labels[name]}</a>`,
        nowCell(name, policy, changed.has(name), words),
        html`${policyTable[name].meaning}<br><span class="usa-hint">${words.details(
          policyTable[name].range,
          policyTable[name].source,
        )}</span>`,
      ]),
    language: frame.language,
  })
}

/** The value that holds; its default only where it is another. */
function nowCell(name: PolicyName, policy: Policy, isChanged: boolean, words: PolicyWords): Html {
  const now = valueInWords(name, policy[name], words)
  if (!isChanged) return html`${now}<br><span class="usa-hint">${words.isDefault}</span>`
  const before = words.defaultIs(valueInWords(name, policyTable[name].default, words))
  return html`${now} ${tag(words.changedTag, 'warning')}<br><span class="usa-hint">${before}</span>`
}

/** The last changes as a table. */
export function historyTable(frame: Frame, history: readonly PolicyRecord[]): Html {
  const words = wordsFor(frame.language)
  return table({
    caption: words.history,
    captionHidden: true,
    columns: words.historyColumns.map(text => ({ text })),
    rows: history.map(record => [
      whenInWords(record.at, frame.clock, frame.language),
      nameInWords(record, words),
      partInWords(record, record.before, words),
      partInWords(record, record.after, words),
      html`${byInWords(record, words)}${record.reason !== undefined && html`<br>${words.reasonLine(record.reason)}`}`,
    ]),
    empty: words.noHistory,
    language: frame.language,
  })
}

const byInWords = ({ by }: PolicyRecord, words: PolicyWords): string => (by === 'system' ? words.system : by)

/** Names of values that this program no longer knows stand as they were recorded. */
const nameInWords = ({ name }: PolicyRecord, words: PolicyWords): string =>
  isPolicyName(name) ? words.labels[name] : name

const partInWords = ({ name }: PolicyRecord, value: unknown, words: PolicyWords): string =>
  isPolicyName(name) ? valueInWords(name, value, words) : String(value)

/** Changes since a form was shown, for who sent it too late. */
export function changesSince(frame: Frame, history: readonly PolicyRecord[], since: number): Content {
  const words = wordsFor(frame.language)
  const recent = history.filter(({ at }) => at >= since)
  if (recent.length === 0) return undefined
  return html`<h2>${words.whatChanged}</h2><ul class="usa-list">${recent.map(
    record =>
      html`<li>${words.changeLine(
        whenInWords(record.at, frame.clock, frame.language),
        byInWords(record, words),
        nameInWords(record, words),
        partInWords(record, record.before, words),
        partInWords(record, record.after, words),
      )}</li>`,
  )}</ul>`
}

/** The refusals, as problems of the form. */
export const problemsOf = (
  name: PolicyName,
  refusals: readonly Refusal<PolicyCode>[],
  words: PolicyWords,
): readonly { readonly field?: string | undefined; readonly text: string }[] =>
  refusals.map(({ code, field, detail }) => ({
    field,
    text: words.refusals[code](policyTable[name].range, detail ?? ''),
  }))

/** The top of a page that shows a refused form. */
export const summaryOf = (
  frame: Frame,
  name: PolicyName,
  refusals: readonly Refusal<PolicyCode>[],
): Content => errorSummary(problemsOf(name, refusals, wordsFor(frame.language)), frame.language)
