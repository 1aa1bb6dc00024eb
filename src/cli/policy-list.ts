import { policyNames, toField } from '../helpdesk/policy/rules.ts'
import { readPolicyState } from '../policy/policy.ts'
import { policyTable } from '../policy/table.ts'
import { answer, type Command } from './command.ts'
import { withServices } from './open.ts'

export const command: Command = {
  usage: 'policy list [--json]',
  about: ['Lists every policy with its value; a star marks what differs from the default.'],
  words: 0,
  run: input =>
    withServices(input, async ({ store }) => {
      const { policy, changed } = await readPolicyState(store)
      const width = Math.max(...policyNames.map(name => name.length))
      const shown = (name: (typeof policyNames)[number]) =>
        name === 'agencyLogo' && policy.agencyLogo !== '' ? 'a picture' : toField(policy[name])
      return answer(
        policyNames.map(name => `${changed.has(name) ? '*' : ' '} ${name.padEnd(width)}  ${shown(name)}`),
        policyNames.map(name => ({
          name,
          value: policy[name],
          default: policyTable[name].default,
          range: policyTable[name].range,
        })),
      )
    }),
}
