import { isSession, redirect, redirectSaying, type Visit } from '../../session/visit.ts'
import { type Holder, policyOf } from '../../session/visitor.ts'
import { show, type VerificationParts } from '../common/answers.ts'
import type { ChangeOutcome } from '../common/change.ts'
import { readCodes } from '../common/kept.ts'
import { wordsFor } from '../common/words.ts'
import { codesPage } from './pages.ts'

/** Where the codes just made are a page, and where they are a file. */
export const codesPath = '/two-step/backup-codes'
export const downloadPath = '/two-step/backup-codes.txt'

/** The answer to a change that made codes: leads to their page, so that loading it again changes nothing. */
export function leadToCodes(
  { cookies }: Pick<VerificationParts, 'cookies'>,
  visit: Visit<Holder>,
  { value: changed }: Extract<ChangeOutcome, { ok: true }>,
): Response {
  if (changed === undefined) return redirect(visit, '/')
  if (changed.cookie !== undefined) cookies.setHolder(visit.c, changed.cookie)
  return redirect(visit, codesPath)
}

/** The codes just made, on the only page that shows them, as long as they can be downloaded. */
export async function showCodes(
  { services, door }: VerificationParts,
  visit: Visit<Holder>,
): Promise<Response> {
  const kept = await readCodes(services, visit.visitor, visit.now)
  if (kept === undefined)
    return isSession(visit) ? redirectSaying(visit, '/security/two-step', 'codes-gone') : door.advance(visit)
  const { codes, first, savedAction } = kept
  const { username } = visit.visitor.person
  return show(visit, frame =>
    codesPage(frame, { codes, first, username, savedAction, download: downloadPath }),
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
  const kept = await readCodes(services, visit.visitor, visit.now)
  if (kept === undefined) return door.fail(visit.c, 404)
  const words = wordsFor(visit.language)
  const title = words.codesFor(policyOf(visit.visitor).siteName, visit.visitor.person.username)
  visit.c.header('content-disposition', 'attachment; filename="backup-codes.txt"')
  return visit.c.text([words.codesTitle, title, '', ...kept.codes, '', words.fileNote, ''].join('\r\n'))
}
