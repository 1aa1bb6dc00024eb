import { isReasonTooLong } from '../../administration/act.ts'
import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { Form } from '../../web/request.ts'

/** A ticket as help desks number them. */
const ticketShape = /^[\p{L}\p{N}#][\p{L}\p{N} #/._-]{0,39}$/u

/** The number of the ticket; undefined when the field was left blank. */
export function readTicket(form: Form): {
  readonly ticket: string | undefined
  readonly refusals: readonly Refusal<'helpdesk.ticket-shape'>[]
} {
  const ticket = form.get('ticket').normalize('NFC').trim()
  if (ticket === '') return { ticket: undefined, refusals: [] }
  return {
    ticket,
    refusals: ticketShape.test(ticket) ? [] : [{ code: 'helpdesk.ticket-shape', field: 'ticket' }],
  }
}

export type ReasonCode = Extract<RefusalOf<'helpdesk'>, 'helpdesk.no-reason' | 'helpdesk.reason-too-long'>

/** What an agent typed into the field, tidied, and what is wrong with it. `needed`: an empty one is refused. */
export function readReason(
  form: Form,
  { field = 'reason', needed = true } = {},
): { readonly reason: string; readonly refusals: readonly Refusal<ReasonCode>[] } {
  const reason = form.get(field).normalize('NFC').trim()
  if (needed && reason === '') return { reason, refusals: [{ code: 'helpdesk.no-reason', field }] }
  return { reason, refusals: isReasonTooLong(reason) ? [{ code: 'helpdesk.reason-too-long', field }] : [] }
}
