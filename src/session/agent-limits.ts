import type { Context } from 'hono'
import { openIncident } from '../account/incidents.ts'
import { agentCredentialShare, agentLookupShare, agentSheetsShare, type Share } from '../throttle/rules.ts'
import { claimShare, counterName, giveBackTry } from '../throttle/store.ts'
import type { Services } from './services.ts'
import type { AgentUse, Visit } from './visit.ts'
import type { Session } from './visitor.ts'

const shares: Readonly<Record<AgentUse, Share>> = {
  credential: agentCredentialShare,
  sheets: agentSheetsShare,
  'look-up': agentLookupShare,
}

const counterOf = (
  { keyring }: Pick<Services, 'keyring'>,
  { visitor }: Visit<Session>,
  use: AgentUse,
): string => counterName(keyring, 'agent', `${use} ${visitor.person.id}`)

/**
 * Takes one of an agent's share. At the first refusal the log says so and an incident tells the administrators: it is
 * what a stolen console does (ASVS V2.4.1).
 * @returns until when the agent waits, in milliseconds since 1970; undefined: go on.
 */
export async function waitOfAgent(
  { store, keyring, audit }: Services,
  visit: Visit<Session>,
  use: AgentUse,
): Promise<number | undefined> {
  const { id } = visit.visitor.person
  const counter = counterOf({ keyring }, visit, use)
  return store.write(async tx => {
    const claim = await claimShare(tx.db, counter, shares[use], visit.now)
    if (claim.ok) return undefined
    if (claim.first) {
      await openIncident(tx, id, 'agent-limit', visit.now)
      await audit.record(tx, {
        event: 'excess_rate_limit_exceeded',
        ...visit.trace(),
        subject: id,
        args: { what: `agent-${use}`, until: claim.until },
      })
    }
    return claim.until
  })
}

interface BusyParts {
  readonly services: Services
  readonly fail: (c: Context, status: 503) => Promise<Response>
}

/** The answer of a server that is too busy for the hash: what the agent took of the share is given back. */
export async function answerBusy(
  { services, fail }: BusyParts,
  visit: Visit<Session>,
  use: AgentUse,
): Promise<Response> {
  const counter = counterOf(services, visit, use)
  await services.store.writeOne(db => giveBackTry(db, counter))
  return fail(visit.c, 503)
}
