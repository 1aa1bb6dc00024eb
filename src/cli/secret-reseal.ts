import { resealAuthenticators } from '../verification/app/reseal.ts'
import { answer, type Command } from './command.ts'
import { withServices } from './open.ts'
import { recordKeys } from './secret.ts'

export const command: Command = {
  usage: 'secret reseal [--json]',
  about: [
    'Seals what is kept of authenticator apps with the key in use. Run it after "secret use" and a restart of every process.',
    'Passwords move to the key in use as their owners sign in; it says how many have not yet.',
  ],
  words: 0,
  run: input =>
    withServices(input, async services => {
      const { keyring, store } = services
      const resealed = await resealAuthenticators(services)
      await recordKeys(services, 'reseal', keyring.currentId)
      const { older } = await store.read
        .selectFrom('credential')
        .select(eb => eb.fn.countAll<number>().as('older'))
        .where('pepper_id', '<>', keyring.currentId)
        .executeTakeFirstOrThrow()
      const passwordsLeft = Number(older)
      return answer(
        [
          `${resealed} authenticators were sealed with key ${keyring.currentId}.`,
          `${passwordsLeft} passwords are under a former key until their owners sign in.`,
        ],
        { ok: true, key: keyring.currentId, resealed, passwordsLeft },
      )
    }),
}
