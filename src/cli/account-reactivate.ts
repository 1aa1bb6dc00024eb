import { reactivate } from '../administration/state.ts'
import { verbCommand } from './account.ts'

export const command = verbCommand({
  verb: 'reactivate',
  about: 'Makes an account active again that was deactivated, suspended or inactive, or has a leaving date.',
  notice: 'reactivated',
  run: reactivate,
  say: ({ needsPassword, needsTraining }, username) => [
    `${username} is active again.`,
    ...(needsTraining
      ? ['After so long training comes first: they finish their courses, then they can sign in.']
      : []),
    ...(needsPassword ? [`The password is blocked: lintel account reset ${username}`] : []),
  ],
})
