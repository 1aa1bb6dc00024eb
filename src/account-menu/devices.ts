import { endSession } from '../session/ending.ts'
import { expiryOf } from '../session/limits.ts'
import { computerDays, endComputer, type OwnComputer, readComputers } from '../session/own-computer.ts'
import type { Services } from '../session/services.ts'
import { redirect, redirectSaying, type Visit } from '../session/visit.ts'
import { policyOf, type Session } from '../session/visitor.ts'

/** One of a person's sessions. Times are milliseconds since 1970. */
export interface OpenSession {
  readonly id: string
  readonly userAgent: string
  readonly createdAt: number
  readonly lastSeenAt: number
  /** The one that asks. */
  readonly isThis: boolean
}

export interface Devices {
  readonly sessions: readonly OpenSession[]
  readonly computers: readonly OwnComputer[]
}

/** Where a person is signed in, and the computers on which no code is asked. */
export async function readDevices(
  { store }: Pick<Services, 'store'>,
  { visitor, now }: Visit<Session>,
): Promise<Devices> {
  const policy = policyOf(visitor)
  const { id } = visitor.person
  const rows = await store.read
    .selectFrom('session')
    .select(['id', 'user_agent as userAgent', 'created_at as createdAt', 'last_seen_at as lastSeenAt'])
    .where('account_id', '=', id)
    .where('ended_at', 'is', null)
    .where('epoch', '=', visitor.person.epoch)
    .orderBy('created_at', 'desc')
    .execute()
  const sessions = rows
    .filter(row => expiryOf(row, policy, now) === undefined)
    .map(row => ({ ...row, isThis: row.id === visitor.id }))
  return {
    sessions,
    computers: await readComputers({ read: store.read }, id, now, computerDays(visitor.row, policy)),
  }
}

/** Ends one of the person's other sessions. Needs no fresh password: who ends a session takes nothing. */
export async function postEndSession(services: Services, visit: Visit<Session>): Promise<Response> {
  const id = visit.form.get('id')
  if (id === visit.visitor.id || id === '') return redirect(visit, '/security')
  const session = { id, accountId: visit.visitor.person.id }
  const trace = { address: visit.address, requestId: visit.requestId }
  await services.store.write(tx => endSession(services, tx, session, 'ended-by-person', visit.now, trace))
  return redirectSaying(visit, '/security', 'session-ended')
}

/** From then on a code is asked for on that computer again. */
export async function postEndComputer(services: Services, visit: Visit<Session>): Promise<Response> {
  const { id } = visit.visitor.person
  await services.store.write(async tx => {
    if (!(await endComputer(tx, id, visit.form.get('id')))) return
    await services.audit.record(tx, {
      event: 'authn_token_revoked',
      ...visit.trace(),
      subject: id,
      args: { what: 'own-computer' },
    })
  })
  return redirectSaying(visit, '/security', 'computer-ended')
}
