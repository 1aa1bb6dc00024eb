import type { Facts } from '../audit/evidence.ts'
import type { Services } from '../session/services.ts'
import { operator } from './owner.ts'

/** Notes that the operator reads about people, before it is written out; `subject` is the one person whom it is about. */
export const noteRead = ({ store, audit }: Services, args: Facts, subject?: string): Promise<void> =>
  store.write(tx =>
    audit.record(tx, {
      event: 'sensitive_read',
      actor: operator(),
      ...(subject !== undefined && { subject }),
      args,
    }),
  )

/** The people whom one part of an export is about; nothing when it is about none. */
export async function noteSubjects(
  services: Services,
  what: string,
  ids: readonly (string | number | null | undefined)[],
): Promise<void> {
  const subjects = [...new Set(ids)].filter(id => typeof id === 'string')
  if (subjects.length > 0) await noteRead(services, { what, subjects })
}
