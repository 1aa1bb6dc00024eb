import { reactivate } from '../administration/state.ts'
import { verbCommand } from './account.ts'

export const command = verbCommand({
  verb: 'reactivate',
  about: 'Opens an account again that was deactivated, suspended, dormant or scheduled to leave.',
  notice: 'reactivated',
  run: reactivate,
  say: ({ needsPassword }, username) => [
    `${username} is active again.`,
    ...(needsPassword ? [`The password is blocked: lintel account reset ${username}`] : []),
  ],
})
