import type { Registrar, RegistryCode } from '../../applications/registry.ts'
import type { Application } from '../../applications/rules.ts'
import { findApplication } from '../../applications/store.ts'
import { registryWords } from '../../applications/words.ts'
import { isCodeOf, type Outcome, type Refusal, refuse } from '../../refusals.ts'
import type { Subject, Visit } from '../../session/visit.ts'
import type { Session } from '../../session/visitor.ts'
import { isTaken } from '../../store/store.ts'
import type { Problem } from '../../web/parts.ts'
import type { HelpdeskParts } from '../shared/console.ts'
import type { ReasonCode } from '../shared/reason.ts'
import { refusalInWords } from '../shared/refusal-words.ts'

export type Refusals = readonly Refusal<RegistryCode | ReasonCode>[]

/** The application that an address names. */
export const applicationOfAddress = ({ services: { store } }: HelpdeskParts): Subject<Application> => ({
  async find({ c }) {
    const id = c.req.param('id') ?? ''
    return /^[0-9a-f]{32}$/.test(id) ? findApplication(store, id) : undefined
  },
})

export const registrarOf = (visit: Visit<Session>, reason: string): Registrar => ({
  ...visit.trace(),
  reason,
  now: visit.now,
})

/** When two requests with the same name arrive at once, the second is told that it is taken. */
export async function unlessTaken<Value>(
  work: () => Promise<Outcome<Value, RegistryCode>>,
): Promise<Outcome<Value, RegistryCode>> {
  try {
    return await work()
  } catch (error) {
    if (isTaken(error)) return refuse({ code: 'application.name-taken', field: 'name' })
    throw error
  }
}

export const problemsOf = (list: Refusals): readonly Problem[] =>
  list.map(refusal => ({
    field: refusal.field,
    text: isCodeOf('application', refusal.code)
      ? registryWords.refusals[refusal.code]
      : refusalInWords({ ...refusal, code: refusal.code }, 'en'),
  }))
