import { redirect, type Visit } from '../../session/visit.ts'
import { type Holder, policyOf } from '../../session/visitor.ts'
import { show, type VerificationParts } from '../common/answers.ts'
import type { ChangeOutcome } from '../common/change.ts'
import { readKept } from '../common/kept.ts'
import { wordsFor } from '../common/words.ts'
import { codesPage } from './pages.ts'

/** Where the codes just made are a file. */
export const downloadPath = '/two-step/backup-codes.txt'

/** The answer to a change that made codes: the only page that ever shows them. */
export async function showCodes(
  { cookies }: Pick<VerificationParts, 'cookies'>,
  visit: Visit<Holder>,
  outcome: Extract<ChangeOutcome, { ok: true }>,
  given: { readonly first: boolean; readonly savedAction: string },
): Promise<Response> {
  const changed = outcome.value
  if (changed === undefined) return redirect(visit, '/')
  if (changed.cookie !== undefined) cookies.setHolder(visit.c, changed.cookie)
  const { username } = visit.visitor.person
  return show(visit, frame =>
    codesPage(frame, { ...given, codes: changed.codes, username, download: downloadPath }),
  )
}

/**
 * The codes as a file, for the sign-in that made them, while its password was given minutes ago and until it says that they
 * are saved. Works without scripts.
 */
export async function download(
  { services, door }: VerificationParts,
  visit: Visit<Holder>,
): Promise<Response> {
  const kept = await readKept(services, visit.visitor)
  if (kept?.kind !== 'codes' || kept.until <= visit.now) return door.fail(visit.c, 404)
  const words = wordsFor(visit.language)
  const title = words.codesFor(policyOf(visit.visitor).siteName, visit.visitor.person.username)
  visit.c.header('content-disposition', 'attachment; filename="backup-codes.txt"')
  return visit.c.text([words.codesTitle, title, '', ...kept.codes, '', words.fileNote, ''].join('\r\n'))
}
