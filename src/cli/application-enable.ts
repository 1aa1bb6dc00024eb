import { switchApplication } from '../applications/registry.ts'
import { reasonHelp, reasonOption } from './account.ts'
import { answerOf, registrarOf, withApplication } from './application.ts'
import { answer, type Command } from './command.ts'

export const command: Command = {
  usage: 'application enable NAME [--reason TEXT] [--json]',
  about: ['Opens an application again. People sign in anew.', '', reasonHelp],
  options: reasonOption,
  words: 1,
  run: input =>
    withApplication(input, async ({ store, audit, now }, { id, name }) => {
      const outcome = await store.write(tx =>
        switchApplication(audit, tx, registrarOf(input, now()), id, true),
      )
      return answerOf(outcome, () => answer([`${name} was enabled.`], { ok: true }))
    }),
}
