import { secretsOf } from '../applications/store.ts'
import { applicationJson, withApplication } from './application.ts'
import { answer, type Command } from './command.ts'

const day = (at: number | null): string => (at === null ? 'never' : new Date(at).toISOString())

export const command: Command = {
  usage: 'application show NAME [--json]',
  about: ['Says how an application is registered; NAME is its name or client id. Secrets are never shown.'],
  words: 1,
  run: input =>
    withApplication(input, async ({ store, settings }, application) => {
      const secrets = await secretsOf(store, application.id)
      const facts = applicationJson(application)
      const lines = [
        `issuer: ${settings.LINTEL_ORIGIN}`,
        ...Object.entries(facts).map(([name, value]) => `${name}: ${text(value)}`),
        ...secrets.map(
          ({ id, createdAt, lastUsedAt }) =>
            `secret ${id}: made ${day(createdAt)}, last used ${day(lastUsedAt)}`,
        ),
      ]
      return answer(lines, {
        issuer: settings.LINTEL_ORIGIN,
        ...facts,
        secrets: secrets.map(({ id, createdAt, lastUsedAt }) => ({
          id,
          created_at: createdAt,
          last_used_at: lastUsedAt,
        })),
      })
    }),
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
