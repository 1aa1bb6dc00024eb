import { useKey } from '../store/secret-file.ts'
import { answer, type Command, refused } from './command.ts'
import { withServices } from './open.ts'
import { copyReminder, recordKeys, secretFileOf } from './secret.ts'

export const command: Command = {
  usage: 'secret use KEY [--json]',
  about: [
    'Makes a key of the secret file the one that seals, signs and seasons passwords from the next start on. Former keys stay in the file and are only read.',
    'Every process must have been restarted since the key was added.',
  ],
  words: 1,
  run: input =>
    withServices(input, async services => {
      const path = secretFileOf(services)
      const key = input.positionals[0] ?? ''
      if (services.keyring.endsOf(key) !== undefined)
        return refused(`Key ${key} is retired, and stays so. Use another one.`)
      if (!useKey(path, key))
        return refused(`${path} has no key "${key}". It has: ${services.keyring.ids.join(', ')}.`)
      await recordKeys(services, 'use', key)
      return answer(
        [
          `Key ${key} is used from the next start on.`,
          copyReminder(path),
          'Restart Lintel, then run "lintel secret reseal".',
        ],
        { ok: true, key },
      )
    }),
}
