import { type WorkFacts, workFrom } from '../account/work.ts'
import type { Refusal, RefusalOf } from '../refusals.ts'

/** Code points of a job title or supervisor at most. */
const longestFact = 120
/** A number as people write it: at least three digits, with what stands between them. */
const phoneShape = /^(?=(?:[^0-9]*[0-9]){3})[0-9+(][0-9 ()./+-]{2,39}$/
const extensionShape = /^[0-9]{1,8}$/

/** The facts in the form in which they are kept: composed, one blank between words. */
export const tidyWork = (work: WorkFacts): WorkFacts => workFrom(field => tidy(work[field]))

const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim()

/** Everything that is wrong with tidied facts, each with its field. All of them may be empty. */
export function checkWork(work: WorkFacts): readonly Refusal<RefusalOf<'account'>>[] {
  const list: Refusal<RefusalOf<'account'>>[] = []
  const { workPhone, workExtension } = work
  if (workPhone !== '' && !phoneShape.test(workPhone))
    list.push({ code: 'account.phone-shape', field: 'workPhone' })
  if (workExtension !== '' && !extensionShape.test(workExtension))
    list.push({ code: 'account.extension-shape', field: 'workExtension' })
  else if (workExtension !== '' && workPhone === '')
    list.push({ code: 'account.extension-alone', field: 'workPhone' })
  for (const field of ['jobTitle', 'supervisor'] as const)
    if (!isLine(work[field])) list.push({ code: 'account.work-shape', field })
  return list
}

const isLine = (text: string): boolean =>
  [...text].length <= longestFact && text.isWellFormed() && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)
