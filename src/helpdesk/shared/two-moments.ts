import type { Frame } from '../../web/frame.ts'
import type { Content } from '../../web/html.ts'
import { momentsOf } from '../../web/moment.ts'
import { radioGroup } from '../../web/parts.ts'
import { timeInWords } from '../../web/time.ts'

/** Which of the two moments is meant that the clocks show twice. */
export const clocks = ['first', 'second']

/** The moment that a date and time mean; undefined if there are two and none was chosen. */
export function chosenMoment(moments: readonly number[], clock: string): number | undefined {
  return moments.length < 2 ? moments[0] : moments[clocks.indexOf(clock)]
}

/** What was chosen for this moment, for a form that shows it again; '' when its time comes once. */
export function clockChosen(at: number, moments: readonly number[]): string {
  return moments.length < 2 ? '' : (clocks[moments.indexOf(at)] ?? '')
}

/** Asks, for a time in the hour that the clocks repeat, whether it is before or after they go back. */
export function clockField(
  frame: Frame,
  field: {
    readonly name: string
    readonly label: string
    readonly date: string
    readonly time: string
    readonly value: string
    readonly timeZone: string
    readonly problem: string | undefined
  },
): Content {
  const moments = momentsOf(field.date, field.time, field.timeZone)
  if (moments.length < 2) return ''
  return radioGroup({
    name: field.name,
    label: field.label,
    value: field.value,
    choices: clocks.map((value, index) => ({
      value,
      label: timeInWords(moments[index], field.timeZone, frame.language),
    })),
    problem: field.problem,
  })
}
