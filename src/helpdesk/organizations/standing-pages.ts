import type { Refusal } from '../../refusals.ts'
import type { Frame } from '../../web/frame.ts'
import { type Html, html } from '../../web/html.ts'
import { page } from '../../web/layout.ts'
import { momentOf } from '../../web/moment.ts'
import {
  button,
  checkbox,
  errorSummary,
  form,
  hidden,
  problemFor,
  type SummaryRow,
  textArea,
  textField,
} from '../../web/parts.ts'
import { dayInWords } from '../../web/time.ts'
import type { PlaceCode } from './change.ts'
import { licensesLeft, type Standing, type StandingEntry } from './standing.ts'
import { wordsFor } from './standing-words.ts'
import type { PlaceFacts } from './store.ts'
import { wordsFor as placeWords } from './words.ts'

/** How an organization stands, on its page. `used`: active people, as this agent may know of them. */
export function standingRows(
  frame: Frame,
  { licenses, agreementOn, billing, isVictimService }: Standing,
  used: number,
): readonly SummaryRow[] {
  const words = wordsFor(frame.language)
  const counted = licensesLeft(licenses, used)
  const signedAt = momentOf(agreementOn, '00:00', 'UTC')
  return [
    { key: words.licenses, value: counted === undefined ? words.notCounted : words.licensesNow(counted) },
    {
      key: words.agreement,
      value: signedAt === undefined ? words.unknown : dayInWords(signedAt, 'UTC', frame.language),
    },
    { key: words.billing, value: billing || words.unknown },
    { key: words.victimService, value: isVictimService ? words.isOne : words.isNone },
  ]
}

/** Says anew how an organization stands. */
export function standingPage(
  frame: Frame,
  base: string,
  view: {
    readonly place: PlaceFacts
    readonly entry: StandingEntry
    readonly refusals: readonly Refusal<PlaceCode>[]
  },
): Html {
  const words = wordsFor(frame.language)
  const { place, entry } = view
  const title = words.title(place.name)
  const { refusals, cancel } = placeWords(frame.language)
  const problems = view.refusals.map(({ code, field }) => ({ field, text: refusals[code] }))
  return page(
    frame,
    { title, kind: 'console', refused: problems.length > 0 },
    html`${errorSummary(problems, frame.language)}<h1>${title}</h1>${form(
      { action: `${base}/${place.id}/standing`, csrf: frame.csrf },
      html`${hidden('version', String(place.version))}${textField({
        name: 'licenses',
        label: words.licenses,
        hint: words.licensesHint,
        value: entry.licenses,
        problem: problemFor(problems, 'licenses'),
        autocomplete: 'off',
        typing: 'signs',
        width: 'md',
      })}${textField({
        name: 'agreementOn',
        label: words.agreement,
        type: 'date',
        value: entry.agreementOn,
        problem: problemFor(problems, 'agreementOn'),
        autocomplete: 'off',
        width: 'md',
      })}${textArea({
        name: 'billing',
        label: words.billing,
        hint: words.billingHint,
        value: entry.billing,
        rows: 3,
        problem: problemFor(problems, 'billing'),
      })}${checkbox({
        name: 'isVictimService',
        label: words.victimService,
        value: 'yes',
        hint: words.victimServiceHint,
        checked: entry.isVictimService,
      })}${button(words.save)}`,
    )}<p class="after-form"><a href="${base}/${place.id}">${cancel}</a></p>`,
  )
}
