import { listApplications } from '../applications/store.ts'
import { applicationJson } from './application.ts'
import { answer, type Command } from './command.ts'
import { withServices } from './open.ts'

export const command: Command = {
  usage: 'application list [--json]',
  about: ['Lists the applications: client id, name, and whether it is disabled.'],
  words: 0,
  run: input =>
    withServices(input, async ({ store }) => {
      const all = await listApplications(store)
      const lines = all.map(
        ({ id, name, disabledAt }) => `${id}  ${name}${disabledAt === null ? '' : '  (disabled)'}`,
      )
      return answer(lines.length === 0 ? ['No application is registered.'] : lines, all.map(applicationJson))
    }),
}
