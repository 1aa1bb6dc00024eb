import type { Refusal } from '../../refusals.ts'
import type { Visit } from '../../session/visit.ts'
import { type Holder, policyOf } from '../../session/visitor.ts'
import { printsCards } from '../code-card/print.ts'
import { show, type VerificationParts } from '../common/answers.ts'
import type { NewAppFor } from '../common/kept.ts'
import type { VerificationCode } from '../common/way.ts'
import { type PairingForm, pairingPage } from './pages.ts'
import { keepSecret } from './pairing.ts'
import { pairingUri } from './totp.ts'

/** Pairing an app: the same picture and key until it is on. */
export async function showPairing(
  { services }: Pick<VerificationParts, 'services'>,
  visit: Visit<Holder>,
  wanted: NewAppFor,
  form: PairingForm,
  refusals: readonly Refusal<VerificationCode>[] = [],
): Promise<Response> {
  const { visitor } = visit
  const secret = await keepSecret(services, visitor, wanted)
  const card = printsCards(policyOf(visitor)) ? form.card : undefined
  const { siteName, siteBanner } = policyOf(visitor)
  const site = { siteName, siteBanner, origin: services.settings.LINTEL_ORIGIN }
  const uri = pairingUri(secret, site, visitor.person.username)
  return show(
    visit,
    (frame, refused) => pairingPage(frame, { ...refused, ...form, card, kind: wanted.kind, secret, uri }),
    refusals,
  )
}
