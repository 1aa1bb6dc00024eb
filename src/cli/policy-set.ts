import { isReasonTooLong } from '../administration/act.ts'
import { putPolicy } from '../administration/change-policy.ts'
import { fromField, isDangerousChange, isPolicyName, toField } from '../helpdesk/policy/rules.ts'
import { countConcerned } from '../helpdesk/policy/store.ts'
import { wordsFor } from '../helpdesk/policy/words.ts'
import { checkChange, readPolicyState } from '../policy/policy.ts'
import type { PolicyCode } from '../policy/rules.ts'
import { policyTable } from '../policy/table.ts'
import type { Refusal } from '../refusals.ts'
import { reasonHelp, reasonOption } from './account.ts'
import { type Answer, answer, type Command, isOn, refused, textOf } from './command.ts'
import { withServices } from './open.ts'
import { operator } from './owner.ts'

export const command: Command = {
  usage: 'policy set NAME VALUE [--reason TEXT] [--sure] [--json]',
  about: [
    'Changes one policy, from the next request on, by the rules of the console.',
    'A change that can lock people out, or weakens a lock, needs a reason; without --sure it only says whom it concerns.',
    '',
    reasonHelp,
    '--sure           Do it.',
  ],
  options: { ...reasonOption, sure: { type: 'boolean' } },
  words: 2,
  async run(input) {
    const [name = '', text = ''] = input.positionals
    if (!isPolicyName(name)) return refused(`There is no policy "${name}". "lintel policy list" names them.`)
    if (name === 'agencyLogo') return refused('A picture is chosen in the console.')
    return withServices(input, async ({ store, audit, now }) => {
      const { policy, version } = await readPolicyState(store)
      const checked = checkChange(policy, name, fromField(name, text))
      if (!checked.ok) return inWords(checked.refusals, policyTable[name].range)
      const reason = (textOf(input.values, 'reason') ?? '').normalize('NFC').trim()
      const isDangerous = isDangerousChange(policy, name, checked.value)
      if (isDangerous && reason === '') return inWords([{ code: 'policy.no-reason' }])
      if (isReasonTooLong(reason)) return inWords([{ code: 'policy.reason-too-long' }])
      if (isDangerous && !isOn(input.values, 'sure')) {
        const count = await countConcerned(store, name, checked.value, now())
        return refused(
          'This change can lock people out, or weakens a lock. Nothing was changed.',
          ...(count === undefined ? [] : [`It concerns ${count} active people.`]),
          'To do it, add --sure.',
        )
      }
      const entry = { value: checked.value, reason, seenVersion: version }
      const refusals = await store.write(tx => putPolicy({ audit }, tx, { actor: operator() }, name, entry))
      if (refusals.length > 0) return inWords(refusals, policyTable[name].range)
      return answer([`${name} is ${toField(checked.value)}. It was ${toField(policy[name])}.`], {
        ok: true,
        name,
        before: policy[name],
        after: checked.value,
      })
    })
  },
}

function inWords(refusals: readonly Refusal<PolicyCode>[], range = ''): Answer {
  const words = wordsFor('en').refusals
  const said = refusals.map(({ code }) => ({ code, message: words[code](range, '') }))
  return { kind: 'refused', reasons: said.map(({ message }) => message), json: { ok: false, refusals: said } }
}
