import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { Form } from '../../web/request.ts'
import { type ExportForm, exportForms } from '../exports/source.ts'

/** Code points of a reason at most. */
const longestReason = 500

/** What an agent says of an export; a form that is none of ours is CSV. */
export function readRequest(form: Form): {
  readonly reason: string
  readonly form: ExportForm
  readonly refusals: readonly Refusal<RefusalOf<'helpdesk'>>[]
} {
  const reason = form.get('reason').normalize('NFC').trim()
  return {
    reason,
    form: exportForms.find(name => name === form.get('form')) ?? 'csv',
    refusals: [
      ...(reason === '' ? [{ code: 'helpdesk.no-reason', field: 'reason' } as const] : []),
      ...([...reason].length > longestReason
        ? [{ code: 'helpdesk.reason-too-long', field: 'reason' } as const]
        : []),
    ],
  }
}
