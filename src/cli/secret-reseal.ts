import { answer, type Command } from './command.ts'
import { withServices } from './open.ts'
import { resealAll, resealedInWords } from './sealed.ts'
import { recordKeys } from './secret.ts'

export const command: Command = {
  usage: 'secret reseal [--json]',
  about: [
    'Seals everything that is sealed in the store with the key in use: authenticators, mail that waits, kept forms, files for import, what applications hold. Run it after "secret use" and a restart of every process.',
    'Passwords move to the key in use as their owners sign in; it says how many have not yet.',
  ],
  words: 0,
  run: input =>
    withServices(input, async services => {
      const { keyring, store } = services
      const done = await resealAll(services)
      await recordKeys(services, 'reseal', keyring.currentId)
      const { older } = await store.read
        .selectFrom('credential')
        .select(eb => eb.fn.countAll<number>().as('older'))
        .where('pepper_id', '<>', keyring.currentId)
        .executeTakeFirstOrThrow()
      const passwordsLeft = Number(older)
      const resealed = done.reduce((sum, { sealed }) => sum + sealed, 0)
      return answer(
        [
          ...resealedInWords(done, keyring.currentId),
          `${passwordsLeft} passwords are under a former key until their owners sign in.`,
        ],
        { ok: true, key: keyring.currentId, resealed, columns: done, passwordsLeft },
      )
    }),
}
