import { deactivate } from '../administration/state.ts'
import { sessionsInWords, verbCommand } from './account.ts'

export const command = verbCommand({
  verb: 'deactivate',
  about:
    'Deactivates an account: nobody can sign in to it until it is reactivated. Nothing is deleted. The last active administrator cannot be deactivated.',
  notice: 'deactivated',
  run: deactivate,
  say: ({ ended }, username) => [`${username} is deactivated; ${sessionsInWords(ended)}.`],
})
