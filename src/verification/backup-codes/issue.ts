import type { Services } from '../../session/services.ts'
import type { Visit } from '../../session/visit.ts'
import type { Holder } from '../../session/visitor.ts'
import type { Tx } from '../../store/store.ts'
import { happened } from '../common/change.ts'
import { type KeptCodes, keep } from '../common/kept.ts'
import { replaceBackupCodes } from './store.ts'

/** Milliseconds in which fresh backup codes can still be seen and downloaded. */
const showingTime = 10 * 60_000

/** Makes new backup codes and keeps them in this sign-in for their page; the old ones stop working. */
export async function issueCodes(
  services: Services,
  tx: Tx,
  visit: Visit<Holder>,
  made: Pick<KeptCodes, 'first' | 'savedAction'>,
): Promise<readonly string[]> {
  const { visitor, now } = visit
  const codes = await replaceBackupCodes(tx, services.keyring, visitor.person.id, now)
  await keep(services, tx, visitor, { kind: 'codes', codes, until: now + showingTime, ...made })
  await services.audit.record(tx, happened(visit, 'authn_recovery_codes_issued'))
  return codes
}
