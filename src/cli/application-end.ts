import { endApplication } from '../openid/visits.ts'
import { reasonHelp, reasonOption } from './account.ts'
import { registrarOf, withApplication } from './application.ts'
import { answer, type Command } from './command.ts'

export const command: Command = {
  usage: 'application end NAME [--reason TEXT] [--json]',
  about: [
    'Ends what everybody has open in an application. They can open it again at once; to shut it, disable it.',
    '',
    reasonHelp,
  ],
  options: reasonOption,
  words: 1,
  run: input =>
    withApplication(input, async ({ store, audit, now }, { id, name }) => {
      const ended = await store.write(tx => endApplication(audit, tx, registrarOf(input, now()), id))
      return answer([`${ended} sessions in ${name} were ended.`], { ok: true, ended })
    }),
}
