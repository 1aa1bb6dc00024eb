import { watchTakeover } from '../account/incidents.ts'
import { forgetBrowsers } from '../account/store.ts'
import { done, refuse } from '../refusals.ts'
import { cutOff } from '../session/ending.ts'
import type { Tx } from '../store/store.ts'
import { isUsable, type OwnWay } from '../verification/common/own-way.ts'
import { siteOf } from '../verification/passkeys/site.ts'
import { keepers, listOwnWays } from '../verification/ways.ts'
import { type Act, recordOf, takeWhole, touch, type VerbOutcome } from './act.ts'
import { forgetWaits } from './credential.ts'
import type { WelcomeParts } from './welcome.ts'

/** Remove this way: the others still prove the second step. The last one goes by Reset 2-step only. */
export async function removeOneWay(
  parts: WelcomeParts,
  tx: Tx,
  act: Act,
  wayId: string | undefined,
): Promise<VerbOutcome<OwnWay>> {
  const subject = await takeWhole(tx, act)
  if (!subject.ok) return subject
  const ways = await listOwnWays(tx.db, act.subjectId)
  const way = ways.find(({ id }) => id === wayId)
  if (way === undefined) return refuse({ code: 'account.no-such-way', field: 'way' })
  const here = siteOf(parts.settings.LINTEL_ORIGIN)?.rpId
  if (!ways.some(other => other !== way && isUsable(other, here)))
    return refuse({ code: 'account.last-way', field: 'way' })
  await keepers[way.kind].removeOne(tx, act.subjectId, way.id)
  await touch(tx, act, { security_changed_at: act.now })
  await forgetBrowsers(tx, act.subjectId)
  await cutOff(parts, tx, act.subjectId, 'credential', act.now)
  await forgetWaits(parts, tx, subject.value, ['code'])
  await parts.audit.record(tx, recordOf(act, 'authn_mfa_remove', { by: way.kind }))
  await watchTakeover(tx, act.subjectId, 'two-step', act.now)
  return done(way)
}
