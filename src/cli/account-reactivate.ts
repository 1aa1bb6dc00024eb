import { reactivate } from '../administration/state.ts'
import { verbCommand } from './account.ts'

export const command = verbCommand({
  verb: 'reactivate',
  about: 'Makes an account active again that was deactivated, suspended or inactive, or has a leaving date.',
  notice: 'reactivated',
  run: reactivate,
  say: ({ needsPassword }, username) => [
    `${username} is active again.`,
    ...(needsPassword ? [`The password is blocked: lintel account reset ${username}`] : []),
  ],
})
