import type { Act } from '../administration/act.ts'
import {
  issueTemporaryPassword,
  type PreparedPassword,
  preparePassword,
  resetQuestion,
  resetTwoStep,
} from '../administration/credential.ts'
import { verbWords } from '../administration/words.ts'
import type { DeskNoticeKind } from '../mail/desk-notices.ts'
import { readPolicy } from '../policy/policy.ts'
import type { Policy } from '../policy/table.ts'
import { done, type Outcome } from '../refusals.ts'
import { openHasher } from '../services.ts'
import type { Services } from '../session/services.ts'
import type { Tx } from '../store/store.ts'
import { timeInWords } from '../web/time.ts'
import { reasonHelp, reasonOption, tellPerson, withAccount } from './account.ts'
import { answer, type Command, type Input, isOn, refused, refusedWith } from './command.ts'

export const command: Command = {
  usage: 'account reset USERNAME [--password] [--two-step] [--question] [--reason TEXT] [--json]',
  about: [
    'Lets anyone back in, even the only administrator. Sessions and emailed links stop working. The person is told by email.',
    '',
    '--password    Issue a temporary password and print it (also when no option is given). Unlocks the account and lifts a lock-down.',
    '--two-step    Remove the authenticator and its backup codes.',
    '--question    Remove the security question.',
    reasonHelp,
  ],
  options: {
    password: { type: 'boolean' },
    'two-step': { type: 'boolean' },
    question: { type: 'boolean' },
    ...reasonOption,
  },
  words: 1,
  run: input =>
    withAccount(input, async (services, act) => {
      const wanted = wantedOf(input)
      const policy = await readPolicy(services.store)
      const prepared = wanted.password ? await preparePassword(openHasher(services.keyring)) : undefined
      if (prepared?.busy) return refused('The password could not be hashed in time. Run this again.')
      const outcome = await services.store.write(tx =>
        resetAll(services, tx, act, { ...wanted, prepared: prepared?.value, policy }),
      )
      if (!outcome.ok) return refusedWith(outcome.refusals, verbWords.refusals)
      return answer(outcome.value.lines, {
        ok: true,
        username: input.positionals[0],
        ...outcome.value.facts,
      })
    }),
}

interface Wanted {
  readonly password: boolean
  readonly twoStep: boolean
  readonly question: boolean
}

function wantedOf({ values }: Input): Wanted {
  const [twoStep, question] = [isOn(values, 'two-step'), isOn(values, 'question')]
  return { password: isOn(values, 'password') || !(twoStep || question), twoStep, question }
}

interface Said {
  readonly lines: readonly string[]
  readonly facts: Readonly<Record<string, unknown>>
}

/** All that was asked for, in one transaction. What was not there to be removed is said, and is no failure. */
async function resetAll(
  services: Services,
  tx: Tx,
  act: Act,
  given: Wanted & { readonly prepared: PreparedPassword | undefined; readonly policy: Policy },
): Promise<Outcome<Said, keyof typeof verbWords.refusals>> {
  const lines: string[] = []
  const facts: Record<string, unknown> = {}
  const changed: DeskNoticeKind[] = []
  if (given.twoStep) {
    const outcome = await resetTwoStep(services, tx, act)
    if (!outcome.ok && outcome.refusals[0]?.code !== 'account.two-step-off') return outcome
    lines.push(outcome.ok ? '2-step verification was removed.' : '2-step verification was not on.')
    facts['twoStepRemoved'] = outcome.ok
    if (outcome.ok) changed.push('two-step-reset')
  }
  if (given.question) {
    const outcome = await resetQuestion(services, tx, act)
    if (!outcome.ok && outcome.refusals[0]?.code !== 'account.question-not-set') return outcome
    lines.push(outcome.ok ? 'The security question was removed.' : 'No security question was set.')
    facts['questionRemoved'] = outcome.ok
    if (outcome.ok) changed.push('question-reset')
  }
  if (given.prepared !== undefined) {
    const outcome = await issueTemporaryPassword(services, tx, act, given.prepared.hash, given.policy)
    if (!outcome.ok) return outcome
    const { expiresAt, bar } = outcome.value
    lines.push(
      `Temporary password: ${given.prepared.text}`,
      `It works until ${timeInWords(expiresAt, given.policy.timeZone, 'en')} and cannot be shown again.`,
      ...(bar === undefined ? [] : [verbWords.bars[bar]]),
    )
    Object.assign(facts, { temporaryPassword: given.prepared.text, expiresAt, bar: bar ?? null })
    changed.push('temporary-password')
  }
  for (const kind of changed) await tellPerson(services, tx, kind, act, given.policy)
  return done({ lines, facts })
}
