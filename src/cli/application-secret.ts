import { issueSecret, withdrawSecret } from '../applications/registry.ts'
import { secretsOf } from '../applications/store.ts'
import { reasonHelp, reasonOption } from './account.ts'
import { answerOf, registrarOf, withApplication } from './application.ts'
import { answer, type Command, isOn } from './command.ts'

export const command: Command = {
  usage: 'application secret NAME [--remove-older] [--reason TEXT] [--json]',
  about: [
    'Adds a second secret and prints it this once. Both work until the older one is removed.',
    '',
    '--remove-older  Removes the older of two secrets instead.',
    reasonHelp,
  ],
  options: { 'remove-older': { type: 'boolean' }, ...reasonOption },
  words: 1,
  run: input =>
    withApplication(input, async ({ store, audit, now }, { id, name }) => {
      const registrar = registrarOf(input, now())
      if (!isOn(input.values, 'remove-older')) {
        const outcome = await store.write(tx => issueSecret(audit, tx, registrar, id))
        return answerOf(outcome, secret =>
          answer([`Client secret: ${secret}`], { ok: true, client_secret: secret }),
        )
      }
      const [older] = await secretsOf(store, id)
      const outcome = await store.write(tx => withdrawSecret(audit, tx, registrar, id, older?.id ?? ''))
      return answerOf(outcome, () => answer([`The older secret of ${name} was removed.`], { ok: true }))
    }),
}
