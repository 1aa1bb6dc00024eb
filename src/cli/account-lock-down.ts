import { lockDown } from '../administration/credential.ts'
import { sessionsInWords, verbCommand } from './account.ts'

export const command = verbCommand({
  verb: 'lock-down',
  about:
    'For a stolen account: ends its sessions, blocks its password, and stops its emailed links and backup codes from working. "lintel account reset" lets the person back in.',
  notice: 'locked-down',
  run: lockDown,
  say: ({ ended }, username) => [
    `${username} is locked down; ${sessionsInWords(ended)}.`,
    `When the person is back in charge: lintel account reset ${username}`,
  ],
})
