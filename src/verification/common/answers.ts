import { type Refusal, type RefusalCode, statusOf } from '../../refusals.ts'
import type { Cookies } from '../../session/cookies.ts'
import type { Door } from '../../session/door.ts'
import { sayWhenAgain, send, type Visit } from '../../session/visit.ts'
import type { Holder } from '../../session/visitor.ts'
import type { Frame } from '../../web/frame.ts'
import type { Html } from '../../web/html.ts'
import type { ChangeParts } from './change.ts'
import type { Refused } from './pages.ts'
import type { VerificationCode } from './way.ts'

export interface VerificationParts extends ChangeParts {
  readonly cookies: Cookies
  readonly door: Pick<Door, 'advance' | 'fail'>
}

/** A page with what was refused on it; a wait is told to programs too. */
export async function show<Code extends RefusalCode = VerificationCode>(
  visit: Visit<Holder>,
  page: (frame: Frame, refused: Refused<Code>) => Html,
  refusals: readonly Refusal<Code>[] = [],
): Promise<Response> {
  const until = refusals[0]?.until
  sayWhenAgain(visit, until)
  const body = page(await visit.frame(), { refusals, now: visit.now })
  return send(visit, body, refusals.length > 0 ? statusOf(refusals) : 200)
}
