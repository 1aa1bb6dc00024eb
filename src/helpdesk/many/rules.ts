import { endOfLastDay } from '../../administration/last-day.ts'
import type { ManyEntry, ManyVerb } from '../../administration/many/rules.ts'
import type { Places } from '../../administration/places.ts'
import type { Refusal, RefusalOf } from '../../refusals.ts'
import type { Form } from '../../web/request.ts'
import { readReason, readTicket } from '../shared/reason.ts'

export type ManyCode = RefusalOf<'many'> | RefusalOf<'helpdesk'> | RefusalOf<'account'>

interface Present {
  /** What this agent may give. */
  readonly places: Places
  /** Organizations that people can be in and that this agent looks after, retired ones too. */
  readonly leavable: readonly { readonly id: string }[]
  readonly timeZone: string
  readonly now: number
}

/** Reads what is to be done to everyone selected, with all its problems. */
export function readManyEntry(
  verb: ManyVerb,
  form: Form,
  { places, leavable, timeZone, now }: Present,
): { readonly entry: ManyEntry; readonly refusals: readonly Refusal<ManyCode>[] } {
  const refusals: Refusal<ManyCode>[] = []
  const chosen = (name: string) => form.all(name).filter(id => id !== '')
  const has = (list: readonly { readonly id: string }[], ids: readonly string[]) =>
    ids.every(id => list.some(place => place.id === id))
  const { reason, refusals: reasonRefusals } = readReason(form)
  const { ticket, refusals: ticketRefusals } = readTicket(form)
  const [organizationId, aim, lastDay] = [form.get('left'), form.get('movedTo'), form.get('lastDay').trim()]
  const workgroupIds = chosen('workgroup')
  const give = { organizationIds: chosen('giveOrganization'), workgroupIds: chosen('giveWorkgroup') }
  const take = { organizationIds: chosen('takeOrganization'), workgroupIds: chosen('takeWorkgroup') }
  if (verb === 'left' || verb === 'moved') {
    if (!has(leavable, [organizationId])) refusals.push({ code: 'many.organization', field: 'left' })
    if (endOfLastDay(lastDay, timeZone, now) === undefined)
      refusals.push({ code: 'account.last-day', field: 'lastDay' })
  }
  if (verb === 'moved') {
    if (!has(places.organizations, [aim]) || aim === organizationId)
      refusals.push({ code: 'many.organization', field: 'movedTo' })
    if (!has(places.workgroups, workgroupIds))
      refusals.push({ code: 'account.no-such-workgroup', field: 'workgroup' })
  }
  if (verb === 'access') {
    if (!has(places.organizations, give.organizationIds))
      refusals.push({ code: 'many.organization', field: 'giveOrganization' })
    if (!has(leavable, take.organizationIds))
      refusals.push({ code: 'many.organization', field: 'takeOrganization' })
    if (!has(places.workgroups, [...give.workgroupIds, ...take.workgroupIds]))
      refusals.push({ code: 'account.no-such-workgroup', field: 'giveWorkgroup' })
    if ([give, take].every(ids => ids.organizationIds.length + ids.workgroupIds.length === 0))
      refusals.push({ code: 'many.no-change', field: 'giveOrganization' })
  }
  refusals.push(...reasonRefusals, ...ticketRefusals)
  const movedTo = verb === 'moved' ? { organizationId: aim, workgroupIds } : undefined
  const entry = {
    reason,
    ...(ticket !== undefined && { ticket }),
    leaving: { organizationId, lastDay, movedTo },
    give,
    take,
  }
  return { entry, refusals }
}
