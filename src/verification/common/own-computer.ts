import { computerDays } from '../../session/own-computer.ts'
import type { Visit } from '../../session/visit.ts'
import { type Holder, policyOf } from '../../session/visitor.ts'
import type { Frame } from '../../web/frame.ts'
import type { Content } from '../../web/html.ts'
import { checkbox } from '../../web/parts.ts'
import { computerForm } from './fields.ts'
import { wordsFor } from './words.ts'

const daysFor = (visitor: Holder): number => computerDays(visitor.row, policyOf(visitor))

/** Offers not to ask for a code on this computer, where policy allows it to this person. */
export function computerOffer(frame: Frame, { visitor }: Visit<Holder>): Content {
  const days = daysFor(visitor)
  if (days === 0) return undefined
  const words = wordsFor(frame.language)
  return checkbox({
    name: computerForm.name.own,
    label: words.ownComputer(days),
    hint: words.ownComputerHint,
  })
}

/** Tells whether this computer is to be remembered once the sign-in is full. */
export const keepsComputer = ({ form, visitor }: Visit<Holder>): boolean =>
  daysFor(visitor) > 0 && computerForm.read(form).own === 'yes'
