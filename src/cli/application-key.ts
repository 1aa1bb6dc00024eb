import { ensureKeys, rotateKeys } from '../openid/keys.ts'
import { answer, type Command, usage } from './command.ts'
import { withServices } from './open.ts'
import { operator } from './owner.ts'

export const command: Command = {
  usage: 'application key rotate [--json]',
  about: [
    'Signs with the next key from now on and makes another one. Applications fetch keys by themselves;',
    'what the former key signed can be verified for one more day.',
  ],
  words: 1,
  async run(input) {
    if (input.positionals[0] !== 'rotate')
      return usage('The only thing to do with keys is: application key rotate.')
    return withServices(input, async services => {
      const { store, keyring, audit, now } = services
      await ensureKeys(services, now())
      const id = await store.write(async tx => {
        const made = await rotateKeys(tx, keyring, now())
        await audit.record(tx, {
          event: 'sensitive_update',
          actor: operator(),
          args: { what: 'signing key', key: made },
        })
        return made
      })
      return answer([`The next key was made: ${id}.`], { ok: true, next: id })
    })
  },
}
