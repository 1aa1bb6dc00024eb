import { foldName } from '../account/names.ts'
import type { Registrar } from '../applications/registry.ts'
import type { Application } from '../applications/rules.ts'
import { listApplications } from '../applications/store.ts'
import { registryWords } from '../applications/words.ts'
import type { Outcome, RefusalOf } from '../refusals.ts'
import type { Services } from '../session/services.ts'
import { type Answer, type Input, refused, refusedWith, textOf } from './command.ts'
import { withServices } from './open.ts'
import { operator } from './owner.ts'

export const registrarOf = (input: Input, now: number): Registrar => ({
  actor: operator(),
  reason: textOf(input.values, 'reason') ?? '',
  now,
})

/** Finds the application that the first word names, by name or client id, and does `work` to it. */
export function withApplication(
  input: Input,
  work: (services: Services, application: Application) => Promise<Answer>,
): Promise<Answer> {
  const asked = input.positionals[0] ?? ''
  return withServices(input, async services => {
    const all = await listApplications(services.store)
    const found = all.find(({ id, name }) => id === asked || foldName(name) === foldName(asked))
    return found === undefined ? refused(`There is no application "${asked}".`) : work(services, found)
  })
}

/** The answer to what a rule refused, or what `say` makes of its value. */
export const answerOf = <Value>(
  outcome: Outcome<Value, RefusalOf<'application'>>,
  say: (value: Value) => Answer,
): Answer => (outcome.ok ? say(outcome.value) : refusedWith(outcome.refusals, registryWords.refusals))

/** What a script may read of an application; never a secret. */
export const applicationJson = (application: Application) => ({
  client_id: application.id,
  name: application.name,
  purpose: application.purpose,
  preset: application.preset,
  redirect_uris: application.redirectUris,
  post_logout_redirect_uris: application.signOutUris,
  backchannel_logout_uri: application.backchannelUri ?? null,
  token_form: application.tokenForm,
  pkce_exception: application.pkceException ?? null,
  needs_second_step: application.needsSecondStep,
  allowed: application.allowed,
  enabled: application.disabledAt === null,
  last_used_at: application.lastUsedAt,
})
