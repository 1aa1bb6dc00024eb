import type { RefusalOf } from '../refusals.ts'
import type { RuleId } from './rules.ts'

/** Characters that a password needs and may have. */
interface Limits {
  readonly least: number
  readonly most: number
}

export const words = {
  newTitle: 'Create a new password',
  newLead: 'Replace your temporary password with one that only you know.',
  changeTitle: 'Change your password',
  changeLead: 'All your other sessions will end when you save.',
  rulesHeading: 'Your new password needs:',
  rules: {
    'at-least-8': 'at least 8 characters',
    'at-least-15': 'at least 15 characters; a few words in a row work well',
    'a-capital': 'at least 1 capital letter',
    'a-number': 'at least 1 number',
    'a-symbol': 'at least 1 character that is neither a letter nor a number',
  } satisfies Record<RuleId, string>,
  bothSame: 'to be the same in both fields',
  newPassword: 'New password',
  confirm: 'Confirm new password',
  updateRecovery: 'Update my Recovery Information',
  updateRecoveryHint:
    'Next, you will set a security question. Without one, only the helpdesk can reset a forgotten password.',
  save: 'Save',
  conductHeading: 'Keep it to yourself',
  conduct: [
    'Never share your HMIS password with anyone. The helpdesk never asks for it.',
    'Never let your browser save your HMIS password on a shared computer.',
    'If you cannot sign in, contact the helpdesk.',
  ],
  changed: 'Your password was changed. Your other sessions were ended.',
  refusals: {
    'password.empty': () => 'Enter a new password.',
    'password.too-short': ({ least }) => `Use at least ${least} characters.`,
    'password.no-capital': () => 'Add a capital letter.',
    'password.no-number': () => 'Add a number.',
    'password.no-symbol': () =>
      'Add a character that is neither a letter nor a number, such as ! or a space.',
    'password.too-long': ({ most }) => `Use at most ${most} characters.`,
    'password.not-text': () => 'Your password contains a character that cannot be used.',
    'password.common': () =>
      'This password is easy to guess. Try three or four unrelated words with a number and a symbol.',
    'password.personal': () =>
      'This password is based on your name, your username or the name of this system. Choose one that others would not guess.',
    'password.mismatch': () => 'The passwords do not match. Enter the same one twice.',
    'password.same-as-current': () => 'This is your current password. Choose another one.',
    'password.used-before': () => 'You have used this password before. Choose another one.',
  } satisfies Record<RefusalOf<'password'>, (limits: Limits) => string>,
}

export type PasswordWords = typeof words
