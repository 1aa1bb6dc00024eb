import { unlock } from '../administration/credential.ts'
import { verbWords } from '../administration/words.ts'
import { verbCommand } from './account.ts'

export const command = verbCommand({
  verb: 'unlock',
  about: 'Ends the waits after wrong passwords, codes or answers. The password stays as it is.',
  run: unlock,
  say: ({ failures, bar }, username) => [
    `${username} need not wait any longer: ${failures} failed tries were forgotten.`,
    ...(bar === undefined ? [] : [verbWords.bars[bar]]),
  ],
})
