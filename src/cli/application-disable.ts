import { switchApplication } from '../applications/registry.ts'
import { reasonHelp, reasonOption } from './account.ts'
import { answerOf, registrarOf, withApplication } from './application.ts'
import { answer, type Command } from './command.ts'

export const command: Command = {
  usage: 'application disable NAME [--reason TEXT] [--json]',
  about: ['Shuts an application for everybody; what came from it stops working at once.', '', reasonHelp],
  options: reasonOption,
  words: 1,
  run: input =>
    withApplication(input, async ({ store, audit, now }, { id, name }) => {
      const outcome = await store.write(tx =>
        switchApplication(audit, tx, registrarOf(input, now()), id, false),
      )
      return answerOf(outcome, () => answer([`${name} was disabled.`], { ok: true }))
    }),
}
