import { addKey } from '../store/secret-file.ts'
import { answer, type Command } from './command.ts'
import { withServices } from './open.ts'
import { copyReminder, recordKeys, secretFileOf } from './secret.ts'

export const command: Command = {
  usage: 'secret add [--json]',
  about: [
    'Adds a key to the secret file. It can be read from the next start on, and is not used yet.',
    'The way to a new key: "secret add"; copy the file to every process and restart each; "secret use KEY"; copy and restart again; "secret reseal".',
  ],
  words: 0,
  run: input =>
    withServices(input, async services => {
      const path = secretFileOf(services)
      const key = addKey(path)
      await recordKeys(services, 'add', key)
      return answer(
        [`Key ${key} was added.`, copyReminder(path), `Restart Lintel, then run "lintel secret use ${key}".`],
        { ok: true, key },
      )
    }),
}
