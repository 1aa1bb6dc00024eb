import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { Form } from '../../web/request.ts'
import { readReason } from '../shared/reason.ts'
import { type ExportForm, exportForms } from './exports/source.ts'

/** An agent's entry for an export; a form that is none of ours is CSV. */
export function readRequest(form: Form): {
  readonly reason: string
  readonly form: ExportForm
  readonly refusals: readonly Refusal<RefusalOf<'helpdesk'>>[]
} {
  return { ...readReason(form), form: exportForms.find(name => name === form.get('form')) ?? 'csv' }
}
