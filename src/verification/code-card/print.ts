import type { Policy } from '../../policy/table.ts'
import { done, type Outcome, refuse } from '../../refusals.ts'
import type { Services } from '../../session/services.ts'
import type { Visit } from '../../session/visit.ts'
import type { Holder } from '../../session/visitor.ts'
import type { Tx } from '../../store/store.ts'
import {
  type ChangeOutcome,
  type ChangeParts,
  endOthers,
  happened,
  keepSignIn,
  Overtaken,
  unlessOvertaken,
} from '../common/change.ts'
import { cardForm } from '../common/fields.ts'
import { type Kept, keep, keepOnce, readKept } from '../common/kept.ts'
import type { VerificationCode } from '../common/way.ts'
import { newCardCodes, parseCardCode } from './code.ts'
import { nextSerial, prepareCard, putCard, readCard } from './store.ts'

type NewCard = Extract<Kept, { kind: 'card' }>

/** Tells whether people may print a card themselves. */
export const printsCards = ({ codeCards }: Pick<Policy, 'codeCards'>): boolean => codeCards === 'everyone'

/** The card that this sign-in is about to put in force: made once, and shown again until it is. */
export const keepCard = (services: Pick<Services, 'keyring' | 'store'>, holder: Holder): Promise<NewCard> =>
  keepOnce(
    services,
    holder,
    (kept): kept is NewCard => kept.kind === 'card',
    async () => ({
      kind: 'card',
      serial: await nextSerial(services.store.read, holder.person.id),
      codes: newCardCodes(),
    }),
  )

/** The kept card, when its first code was typed. No guess is worth anything here: the page shows the card. */
function provenCard(visit: Visit<Holder>, kept: Kept | undefined): Outcome<NewCard, VerificationCode> {
  const text = cardForm.read(visit.form).card
  if (text.trim() === '') return refuse({ code: 'verification.card-empty' })
  const code = parseCardCode(text)
  if (code === undefined) return refuse({ code: 'verification.not-a-card-code' })
  return kept?.kind === 'card' && code === kept.codes[0]
    ? done(kept)
    : refuse({ code: 'verification.card-first-wrong' })
}

/**
 * Puts the printed card in force; the one before is dead. `issueCodes` makes the backup codes that are shown when it is the
 * person's first way.
 */
export async function confirmCard(
  { services, notify }: ChangeParts,
  visit: Visit<Holder>,
  issueCodes: (tx: Tx) => Promise<readonly string[]>,
): Promise<ChangeOutcome> {
  const { visitor, now } = visit
  const { id } = visitor.person
  const proven = provenCard(visit, await readKept(services, visitor))
  if (!proven.ok) return proven
  const { serial, codes } = proven.value
  const prepared = await prepareCard(services.keyring, id, codes)
  const isFirst = !visitor.facts.hasSecondStep
  return unlessOvertaken(() =>
    services.store.write(async tx => {
      const epoch = await endOthers(services, tx, visit)
      if ((await nextSerial(tx.db, id)) !== serial) throw new Overtaken()
      const replaced = (await readCard(tx.db, id)) !== undefined
      await putCard(tx, prepared, now, true)
      await keep(services, tx, visitor, undefined)
      await services.audit.record(tx, happened(visit, 'authn_mfa_enroll', { by: 'code-card', replaced }))
      await notify(tx, isFirst ? 'two-step-on' : 'card-printed', id, visit)
      const shown = isFirst ? await issueCodes(tx) : []
      return done({ cookie: await keepSignIn(tx, visit, epoch, 'code-card'), codes: shown })
    }),
  )
}
